"""One spelling for the many that a name has: what the gazetteer is indexed by and what is asked for."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from records import PlaceKind

# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a", "ħ": "h"}
)
# Deleted, not turned into spaces: Yel'nya is Yelnya, Sana'a is Sanaa.
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´ʹʺ′″ʾʿˈ“”\"."))
_SEPARATORS = re.compile(r"[^\w]+|_")
_SHORTENED = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_ARABIC = ("al ", "el ", "ar ", "as ", "ad ", "an ", "at ", "az ")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """Lower case without diacritics, apostrophes, dots, hyphens or a leading "the"; St., Mt. and Ft. written out."""
    text = name.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = text.translate(_APOSTROPHES)
    words = _SEPARATORS.sub(" ", text.replace("&", " and ")).split()
    if words and words[0] == "the" and len(words) > 1:
        words = words[1:]
    # "Main St" is no saint: the last word stays.
    return " ".join([_SHORTENED.get(word, word) for word in words[:-1]] + words[-1:])


def spellings(name: str) -> list[str]:
    """Folded forms to look up, the likeliest first: as it stands, then without a possessive or an Arabic article."""
    name = name.strip()
    forms = [fold(name)]
    if _POSSESSIVE.search(name):
        forms.append(fold(_POSSESSIVE.sub("", name)))
    forms += [form[3:] for form in forms if form.startswith(_ARABIC)]
    return [form for form in dict.fromkeys(forms) if form]


def capitals(name: str) -> str:
    """The letters of a name alone, to compare "U.S." and "US" but not "us"."""
    return "".join(letter for letter in name if letter.isalpha())


_AREA = "region|oblast|province|governorate|state|district|county|prefecture|krai|voivodeship|territory|canton|emirate"
_BASE = (
    "air ?base|air force base|afb|airfield|airport|naval base|naval station|military base|army base|barracks|garrison"
    "|training (?:area|ground|range|centre|center)|military camp|camp|base|port|harbou?r|shipyard|proving ground"
)
_KIND_WORDS: tuple[tuple[re.Pattern[str], PlaceKind | None], ...] = (
    (re.compile(rf"^(?P<bare>.+?) (?:{_AREA})$", re.I), "admin1"),
    (re.compile(rf"^(?:{_AREA}) of (?P<bare>.+)$", re.I), "admin1"),
    (re.compile(rf"^(?P<bare>.+?) (?:{_BASE})$", re.I), "base"),
    (re.compile(r"^(?:port|city|town|village|capital|island) of (?P<bare>.+)$", re.I), "city"),
    (re.compile(r"^(?P<bare>.+?) (?:city|town|village|township)$", re.I), "city"),
    (re.compile(r"^(?P<bare>.+?) (?:islands?|peninsula)$", re.I), None),
)


_SIDE = re.compile(
    r"^(?:(?:north|south)[ -]?(?:east|west)?|east|west|central|mid)(?:ern)?[ -](?P<bare>[^\W\d_].+)$", re.I
)


def without_side(name: str) -> str | None:
    """The bare name in "Northeast Georgia" or "South Philadelphia"; None where no side is said."""
    found = _SIDE.match(name.strip())
    return found["bare"] if found else None


def without_kind(name: str) -> tuple[str, PlaceKind | None] | None:
    """The bare name in "Luhansk region" or "port of Odesa" and the kind that the words say; None where none is said."""
    for pattern, kind in _KIND_WORDS:
        if found := pattern.match(name.strip()):
            return found["bare"], kind
    return None
