"""Words made comparable for search: case, diacritics and punctuation left out."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart into a base letter and a mark.
_UNDIVIDED = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
# Deleted rather than split at, so that "Yel'nya" is found as "Yelnya".
_APOSTROPHES = re.compile("['’‘ʼʹ`]")
_WORD = re.compile(r"\w+")
_ASKED = re.compile(r'"([^"]+)"|(\S+)')


def fold(text: str) -> str:
    """The words of the text with a space before each: " putin s army" is found by its start, "utin" is not in it."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_UNDIVIDED)
    return "".join(f" {word}" for word in _WORD.findall(plain))


def patterns(search: str) -> list[str]:
    """What must all occur in a folded text, as LIKE patterns: each word's start, and each "quoted phrase" whole.

    A search with no word in it ("…") gives none. Underscores are word letters to a regular expression and a
    wildcard to LIKE, hence the escape character ``\\``.
    """
    asked = (fold(phrase or word) for phrase, word in _ASKED.findall(search))
    return ["%" + words.replace("_", "\\_") + "%" for words in asked if words]
