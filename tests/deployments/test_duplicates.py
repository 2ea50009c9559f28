"""What makes two texts copies, and how they are found among many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.pairs import found, pairs, texts
from deployments.duplicates import BANDS, are_copies, signature, stories

TEXTS = texts()
WIRE, COPY, BRIEF, TOLD = (TEXTS[f"e01-{kind}"] for kind in ("wire", "copy", "brief", "told"))


def test_a_copy_is_found_whole_or_cut_short() -> None:
    assert found(WIRE, COPY)
    assert found(BRIEF, WIRE)


def test_the_same_event_in_other_words_is_no_copy() -> None:
    assert not are_copies(WIRE, TOLD)


def test_cutting_and_turning_round_leaves_a_copy() -> None:
    last_first = " ".join(reversed(WIRE.split(". ")[:4]))
    assert are_copies(WIRE, last_first.upper())


def test_too_short_a_text_is_no_copy_of_anything() -> None:
    assert signature("German soldiers are in Lithuania.") is None
    assert not are_copies("German soldiers are in Lithuania.", "German soldiers are in Lithuania.")


def test_a_signature_is_the_same_tomorrow() -> None:
    """Stored signatures are compared with those of another version: a change of them needs a migration."""
    made = signature(WIRE)
    assert made
    assert (made.words, len(made.bands)) == (100, BANDS)
    assert made.bands[:2] == ("5569db4153d1c7ca", "8da9095e165fc903")


@pytest.mark.parametrize("kind", ["copy", "abridged", "same event, told apart"])
def test_every_pair_of_the_easy_kinds(kind: str) -> None:
    for pair in pairs():
        if pair.kind == kind:
            assert found(TEXTS[pair.one], TEXTS[pair.other]) is pair.copies, pair


@given(st.permutations([("a", "c"), ("d", "e"), ("c", "b"), ("e", "f")]))
def test_copies_of_copies_are_one_story(copies: list[tuple[str, str]]) -> None:
    assert stories("abcdefg", copies) == {
        "a": "a",
        "b": "a",
        "c": "a",
        "d": "d",
        "e": "d",
        "f": "d",
        "g": "g",
    }


@given(st.text(), st.text())
def test_any_text_has_an_answer(one: str, other: str) -> None:
    signature(one)
    assert are_copies(one, other) is are_copies(other, one)
