"""Numbers as the text gives them: bounds kept open where the words leave them open, never more exact than the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from text_to_num import text2num

from extract.phrases import PhraseTable
from records import Counted, Quantity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DIGITS = re.compile(r"\d{1,3}(?:[,  ]\d{3})+|\d+(?:\.\d+)?")
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "k": 1000}
_VAGUE = frozenset({"hundreds", "thousands", "dozens", "scores", "several", "many", "few", "tens", "couple", "handful"})
_JOINS_RANGE = frozenset({"-", "–", "—", "to", "or", "and"})
_LARGEST = 10_000_000  # above this a number near a force is money or a population


@dataclass(frozen=True, slots=True)
class Number:
    """A number in words or digits: tokens ``start`` to ``end`` (exclusive). None stands for a vague one ("dozens")."""

    start: int
    end: int
    value: int | None


def numbers(doc: Doc, start: int, end: int) -> list[Number]:
    """Every number among the tokens, from the left."""
    found: list[Number] = []
    at = start
    while at < end:
        number = _number_at(doc, at, end)
        if number:
            found.append(number)
        at = number.end if number else at + 1
    return found


def _number_at(doc: Doc, at: int, end: int) -> Number | None:
    token = doc[at]
    if token.lower_ in _VAGUE:
        return Number(at, _vague_end(doc, at, end), None)
    if _DIGITS.fullmatch(token.text):
        return _scaled(doc, at, end)
    if token.lower_ == "dozen":
        return Number(at, at + 1, 12)
    if not token.like_num or any(letter.isdigit() for letter in token.text):
        return None
    return _spelled(doc, at, end)


def _vague_end(doc: Doc, at: int, end: int) -> int:
    """ "Several thousand" and "tens of thousands" are one vague number."""
    last = at + 1
    while last < end and doc[last].lower_ in (*_SCALES, *_VAGUE, "of", "dozen"):
        last += 1
    while doc[last - 1].lower_ == "of":
        last -= 1
    return last


def _scaled(doc: Doc, at: int, end: int) -> Number | None:
    value = float(re.sub(r"[,  ]", "", doc[at].text))
    last = at + 1
    if last < end and doc[last].lower_ in _SCALES:
        value *= _SCALES[doc[last].lower_]
        last += 1
    return Number(at, last, round(value)) if 0 < value <= _LARGEST and value == int(value) else Number(at, last, None)


def _spelled(doc: Doc, at: int, end: int) -> Number | None:
    last = at
    while last < end and (doc[last].like_num or doc[last].text == "-" or _bridges(doc, last, end)):
        last += 1
    while last > at and not doc[last - 1].like_num:
        last -= 1
    words = doc[at:last].text.lower().replace(" - ", "-")
    dozen = last < end and doc[last].lower_ == "dozen"
    try:
        value = text2num(words, "en")
    except ValueError:
        return None
    if dozen:
        return Number(at, last + 1, value * 12)
    return Number(at, last, value) if 0 < value <= _LARGEST else None


def _bridges(doc: Doc, at: int, end: int) -> bool:
    """The "and" of "one hundred and fifty", not that of "three Danish and two Dutch"."""
    return doc[at].lower_ == "and" and at + 1 < end and doc[at - 1].lower_ in _SCALES and doc[at + 1].like_num


def quantity(doc: Doc, found: Sequence[Number], bounds: PhraseTable[str], of: Counted) -> Quantity | None:
    """The quantity that one number, or two as a range, states. None where there is no number."""
    if not found:
        return None
    if len(found) > 1 and doc[found[0].end].lower_ == "of":  # "35 of their 130 soldiers"
        found = found[:1]
    last = found[-1]
    paired = len(found) > 1 and _is_range(doc, found[-2], last)
    number = found[-2] if paired else last
    bound, start = _bound_before(doc, number.start, bounds)
    text = doc[start : last.end].text
    if paired and number.value and last.value:
        return Quantity(min(number.value, last.value), max(number.value, last.value), of, text)
    value = last.value
    if value is None:
        return Quantity(None, None, of, text)
    return Quantity(None if bound == "high" else value, None if bound == "low" else value, of, text)


def _is_range(doc: Doc, first: Number, second: Number) -> bool:
    between = [token.lower_ for token in doc[first.end : second.start]]
    joined = len(between) == 1 and between[0] in _JOINS_RANGE
    return joined and (between[0] != "and" or (first.start > 0 and doc[first.start - 1].lower_ == "between"))


def _bound_before(doc: Doc, start: int, bounds: PhraseTable[str]) -> tuple[str, int]:
    """The bound that the words before a number set, and where these words begin."""
    for back in range(min(4, start), 0, -1):
        hit = bounds.at([token.lower_ for token in doc[start - back : start]], 0)
        if hit and hit.end == back:
            return hit.value, start - back
    return "", start


def one(token: Token, of: Counted) -> Quantity | None:
    """The single ship, aircraft or unit that an article or a name speaks of."""
    plural = token.tag_ in ("NNS", "NNPS") or (of == "aircraft" and token.text.endswith("s"))
    if of in ("personnel", "vehicles") or plural:
        return None
    return Quantity(1, 1, of, token.text)
