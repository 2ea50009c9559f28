"""The pairs that copies are measured on, and that finding them is not worse than it was."""

from __future__ import annotations

import tomllib

from bench.pairs import FLOORS, measure, pairs, texts


def test_copies_are_found_above_the_floor() -> None:
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))["pairs"]
    got = measure().measured
    assert got["precision"] >= floors["precision"] >= 0.95
    assert got["recall"] >= floors["recall"] >= 0.85


def test_the_pairs_are_of_texts_that_are_there() -> None:
    known, all_pairs = texts(), pairs()
    assert len(all_pairs) >= 60
    assert len({frozenset((pair.one, pair.other)) for pair in all_pairs}) == len(all_pairs)
    for pair in all_pairs:
        assert pair.one in known
        assert pair.other in known
