"""What every reader of news does, whatever the language or the method."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from records import Article, Claim, Mention, Placement

Parsed = TypeVar("Parsed")


class Extractor(Protocol[Parsed]):
    """Reads an article in three steps, so that places are looked up between the first claims and the last.

    ``parse`` costs the most and is done once; its result is the extractor's own and opaque to others. The same text
    gives the same mentions and claims, with the same ids, in the same order.
    """

    version: str
    language: str

    def parse(self, article: Article, *, whole: bool = False) -> Parsed:
        """Read the article where it may claim something; with ``whole`` everywhere, for the sake of its places."""
        ...

    def mentions(self, parsed: Parsed) -> list[Mention]:
        """Every place that the text names, as far as it was read, in its order, with exact spans; no two overlap."""
        ...

    def claims(self, parsed: Parsed, placements: Sequence[Placement]) -> list[Claim]:
        """Every deployment claim, in the order of the text. ``placements`` answers ``mentions`` one to one."""
        ...
