"""Numbers before and in a force's name."""

from __future__ import annotations

import pytest

from extract.quantities import numbers, quantity
from tests.extract.english import forces, lexicon, parsed

Bounds = tuple[int | None, int | None]


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("500", 500, 500),
        ("1,500", 1500, 1500),
        ("about 800", 800, 800),
        ("some 2.5 thousand", 2500, 2500),
        ("fifteen", 15, 15),
        ("one hundred and fifty", 150, 150),
        ("two thousand", 2000, 2000),
        ("a dozen", 12, 12),
        ("two dozen", 24, 24),
        ("more than 300", 300, None),
        ("at least 40", 40, None),
        ("over 1,000", 1000, None),
        ("up to 600", None, 600),
        ("as many as 5,000", None, 5000),
        ("nearly 200", None, 200),
        ("300 to 500", 300, 500),
        ("300-500", 300, 500),
        ("several thousand", None, None),
        ("hundreds of", None, None),
        ("dozens of", None, None),
        ("tens of thousands of", None, None),
    ],
)
def test_what_the_words_bound(words: str, low: int | None, high: int | None) -> None:
    doc = parsed(f"{words} soldiers arrived.")
    found = quantity(doc, numbers(doc, 0, len(doc)), lexicon().bounds, "personnel")
    assert found is not None
    assert (found.low, found.high) == (low, high)
    assert found.text in doc.text


@pytest.mark.parametrize("words", ["the", "all", "no", "its"])
def test_no_number_where_none_is_said(words: str) -> None:
    doc = parsed(f"{words} soldiers arrived.")
    assert quantity(doc, numbers(doc, 0, len(doc)), lexicon().bounds, "personnel") is None


@pytest.mark.parametrize(
    ("text", "expected", "of"),
    [
        ("A frigate sailed.", (1, 1), "ships"),
        ("The battalion arrived.", (1, 1), "units"),
        ("HMS Kent sailed.", (1, 1), "ships"),
        ("Six Danish F-16s landed.", (6, 6), "aircraft"),
        ("A force of 350 arrived.", (350, 350), "personnel"),
        ("A contingent of 90 soldiers arrived.", (90, 90), "personnel"),
    ],
)
def test_what_a_number_counts(text: str, expected: Bounds, of: str) -> None:
    count = forces(text)[0].count
    assert count is not None
    assert (count.low, count.high, count.of) == (*expected, of)


def test_each_of_several_peoples_has_its_own_number() -> None:
    (force,) = forces("The base holds 40 Danish, 25 Dutch and six Icelandic soldiers.")
    assert [(owner.actor, owner.count and owner.count.low) for owner in force.owners] == [
        ("DNK", 40),
        ("NLD", 25),
        ("ISL", 6),
    ]
