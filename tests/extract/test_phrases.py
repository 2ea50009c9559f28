"""Phrases looked up in a row of words."""

from __future__ import annotations

import pytest

from extract.phrases import Hit, PhraseTable, singular

TABLE = PhraseTable(
    [(("air",), "air"), (("air", "base"), "base"), (("air", "base", "guard"), "guard"), (("navy",), "navy")]
)


def test_the_longest_phrase_wins() -> None:
    assert TABLE.find(["an", "air", "base", "of", "air"]) == [Hit(1, 3, "base"), Hit(4, 5, "air")]


def test_a_phrase_that_breaks_off_falls_back_to_the_shorter_one() -> None:
    assert TABLE.find(["air", "base", "navy"]) == [Hit(0, 2, "base"), Hit(2, 3, "navy")]
    assert TABLE.at(["air"], 0) == Hit(0, 1, "air")


def test_nothing_is_found_in_other_words_or_none() -> None:
    assert TABLE.find(["base", "guard"]) == []
    assert TABLE.find([]) == []


def test_a_later_entry_replaces_an_earlier_one() -> None:
    table = PhraseTable([(("jet",), "old"), (("jet",), "new"), ((), "never")])
    assert table.find(["jet"]) == [Hit(0, 1, "new")]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Troops", "troop"),
        ("armies", "army"),
        ("marches", "march"),
        ("crosses", "cross"),
        ("headquarters", "headquarters"),
        ("corps", "corps"),
        ("gas", "gas"),
        ("class", "class"),
        ("Cyprus", "cyprus"),
        ("analysis", "analysis"),
    ],
)
def test_plurals_lose_their_ending_and_look_alikes_keep_it(word: str, expected: str) -> None:
    assert singular(word) == expected
