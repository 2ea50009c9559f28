"""A text in pieces for the encoder: stretches of whole sentences, each with what stands before and after it.

A window holds the article's title, then a run of word pieces. Forces are read only in its core; the rest of it is
there to look back and ahead: "they", "the area" and "the camp" mean something that was named elsewhere.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from records import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CORE = 192  # pieces read in one window
BEFORE = 96  # pieces of the text before them
AFTER = 16
TITLE = 24
_BEGIN, _BETWEEN = "[CLS]", "[SEP]"


@dataclass(frozen=True, slots=True)
class Window:
    """What the encoder is given at once.

    ``pieces`` are ids of the vocabulary. Piece ``title_at + i`` is the title's i-th, ``text_at + i`` is piece
    ``first + i`` of the article. ``core`` is the stretch of text, in characters, whose forces are read here.
    """

    pieces: tuple[int, ...]
    title_at: int
    text_at: int
    first: int
    last: int
    core: Span


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text cut into word pieces: ids, and where each begins and ends in characters."""

    ids: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]

    def holding(self, span: Span) -> tuple[int, int]:
        """First piece and last (exclusive) that touch a stretch of characters; equal where none does."""
        return bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)


def cut(text: str, tokenizer: Tokenizer) -> Pieces:
    encoding = tokenizer.encode(text, add_special_tokens=False)
    return Pieces(encoding.ids, [start for start, _ in encoding.offsets], [end for _, end in encoding.offsets])


def windows(title: Pieces, text: Pieces, sentences: Sequence[Span], tokenizer: Tokenizer) -> Iterator[Window]:
    """Windows whose cores follow one another and cover every sentence once."""
    begin, between = (int(tokenizer.token_to_id(mark) or 0) for mark in (_BEGIN, _BETWEEN))
    units = list(_units(text, sentences))
    for first_unit, last_unit in _cores(units):
        core_first, core_last = units[first_unit][0], units[last_unit - 1][1]
        first, last = _reach(units, first_unit, last_unit)
        head = tuple(title.ids[:TITLE])
        yield Window(
            pieces=(begin, *head, between, *text.ids[first:last], between),
            title_at=1,
            text_at=len(head) + 2,
            first=first,
            last=last,
            core=Span(text.starts[core_first], text.ends[core_last - 1]),
        )


def _units(text: Pieces, sentences: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Sentences as runs of pieces; one without end is cut, so that it fits."""
    for sentence in sentences:
        first, last = text.holding(sentence)
        for start in range(first, last, CORE):
            yield start, min(start + CORE, last)


def _cores(units: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Runs of units that fit into a core, as indices."""
    start = 0
    for number, (_, end) in enumerate(units):
        if end - units[start][0] > CORE and number > start:
            yield start, number
            start = number
    if units:
        yield start, len(units)


def _reach(units: Sequence[tuple[int, int]], first_unit: int, last_unit: int) -> tuple[int, int]:
    """The pieces of the core with those of whole sentences before and after it."""
    first, last = units[first_unit][0], units[last_unit - 1][1]
    before, after = first - BEFORE, last + AFTER
    while first_unit and units[first_unit - 1][0] >= before:
        first_unit -= 1
    while last_unit < len(units) and units[last_unit][1] <= after:
        last_unit += 1
    return units[first_unit][0], units[last_unit - 1][1]
