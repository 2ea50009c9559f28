"""Longest-match lookup of phrases in a row of words: the linear pass that decides what is read at all."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")

_INVARIABLE = frozenset({"corps", "headquarters", "aegis", "series", "chassis", "premises"})


@dataclass(frozen=True, slots=True)
class Hit(Generic[Value]):
    """Words ``start`` to ``end`` (exclusive) of the row bear this value."""

    start: int
    end: int
    value: Value


class PhraseTable(Generic[Value]):
    """Phrases of words, each with a value. A later entry for the same words replaces the earlier one."""

    def __init__(self, entries: Iterable[tuple[Sequence[str], Value]]) -> None:
        self._values: dict[tuple[str, ...], Value] = {}
        self._longest: dict[str, int] = {}
        for words, value in entries:
            if words:
                self._values[tuple(words)] = value
                self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))

    def items(self) -> ItemsView[tuple[str, ...], Value]:
        """Every phrase with its value."""
        return self._values.items()

    def begins(self, word: str) -> bool:
        """Whether any phrase begins with this word."""
        return word in self._longest

    def find(self, row: Sequence[str]) -> list[Hit[Value]]:
        """Every phrase in the row, from the left, the longest first, none overlapping."""
        hits: list[Hit[Value]] = []
        end = 0
        for start, word in enumerate(row):
            if start >= end and word in self._longest and (hit := self.at(row, start)):
                hits.append(hit)
                end = hit.end
        return hits

    def at(self, row: Sequence[str], start: int) -> Hit[Value] | None:
        """The longest phrase that begins at this word."""
        for length in range(min(self._longest.get(row[start], 0), len(row) - start), 0, -1):
            value = self._values.get(tuple(row[start : start + length]))
            if value is not None:
                return Hit(start, start + length, value)
        return None


def singular(word: str) -> str:
    """A word in lower case without its plural ending. Applied to lexicon and text alike, so that both agree."""
    word = word.lower()
    if len(word) <= 3 or word in _INVARIABLE or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word.removesuffix("s")
