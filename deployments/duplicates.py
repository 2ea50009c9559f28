"""Copies of one text: the wire story that many outlets print, as it is or cut short. Pure.

Two texts are copies when most of the shorter one's runs of three words stand in the longer one, in whatever order and
whatever was cut. Whoever tells the same event in own words shares names and figures, but few such runs. To find
likely copies among many texts each gets a MinHash signature (Broder 1997, by datasketch), cut into bands: texts that
share a band are compared as a whole (locality-sensitive hashing; Leskovec et al., Mining of Massive Datasets, 3.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

#: Words in a run, runs that a text needs to be compared at all, and the share of the shorter one's that copies share.
RUN, FEWEST, SHARED = 3, 15, 0.5
#: Of 32 bands of two: a copy cut to a third shares one of them in 97 of 100 cases, strangers in fewer than one.
BANDS, ROWS = 32, 2
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Signature:
    """What to find a text's copies by. ``minhash`` holds ``BANDS * ROWS`` numbers of 32 bits, little-endian."""

    words: int
    minhash: bytes

    @property
    def bands(self) -> tuple[str, ...]:
        """One value for each band, in their order; a likely copy has one of them in the same place."""
        width = 4 * ROWS
        return tuple(
            sha256(self.minhash[at : at + width]).hexdigest()[:16] for at in range(0, len(self.minhash), width)
        )


def signature(text: str) -> Signature | None:
    """None for a text too short to tell a copy from chance."""
    runs = _runs(text)
    if len(runs) < FEWEST:
        return None
    from datasketch import MinHash  # takes most of a second, and most commands need none

    made = MinHash(num_perm=BANDS * ROWS, seed=1)
    made.update_batch([run.encode("utf-8", "surrogatepass") for run in runs])
    return Signature(len(_words(text)), made.hashvalues.astype("<u4").tobytes())


def are_copies(one: str, other: str) -> bool:
    """Whether one text is a copy of the other, whole or cut short; the order does not matter."""
    mine, theirs = _runs(one), _runs(other)
    shorter = min(len(mine), len(theirs))
    return shorter >= FEWEST and len(mine & theirs) >= SHARED * shorter


def stories(articles: Iterable[str], copies: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The story of each article: the smallest id among it, its copies, their copies, and so on."""
    story = {article: article for article in articles}

    def root(article: str) -> str:
        while story[article] != article:
            article = story[article]
        return article

    for pair in copies:
        first, second = sorted(map(root, pair))
        story[second] = first
    return {article: root(article) for article in story}


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _runs(text: str) -> set[str]:
    return set(_run(_words(text)))


def _run(words: list[str]) -> Iterator[str]:
    return (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
