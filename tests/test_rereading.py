"""What a new reading changes, claim by claim."""

from __future__ import annotations

from dataclasses import replace

from records import Claim, Placement, Reading
from rereading import compare_readings
from tests.readings import CONSTANTA, ESTONIA, black_sea

BEFORE = black_sea()


def with_claims(*claims: Claim, placements: tuple[Placement, ...] = BEFORE.placements) -> Reading:
    return replace(BEFORE, claims=claims, placements=placements, extractor="test-2")


def test_the_same_reading_changes_nothing() -> None:
    renamed = [replace(one, id=f"other {one.id}", rule="new", confidence=one.confidence / 2) for one in BEFORE.claims]
    found = compare_readings(BEFORE, with_claims(*renamed))
    assert not found.differs
    assert found.same == 3


def test_what_is_gone_and_what_is_new() -> None:
    first, second, third = BEFORE.claims
    other = replace(first, actor="TUR")
    found = compare_readings(BEFORE, with_claims(other, second))
    assert (found.gone, found.new, found.same) == ((first, third), (other,), 1)


def test_a_claim_that_is_read_otherwise() -> None:
    first, second, third = BEFORE.claims
    found = compare_readings(BEFORE, with_claims(replace(first, status="planned", hedged=True), second, third))
    (change,) = found.changed
    assert (change.before, change.fields) == (first, ("status", "hedged"))
    assert not found.gone
    assert not found.new


def test_of_two_on_one_place_each_finds_the_likest() -> None:
    first, second, _ = BEFORE.claims
    twin = replace(first, asset="air")
    before = replace(BEFORE, claims=(twin, first, second))
    found = compare_readings(before, with_claims(first, second))
    assert (found.gone, found.same) == ((twin,), 2)


def test_a_place_that_lies_elsewhere_now() -> None:
    moved = tuple(replace(one, place=ESTONIA) if one.place == CONSTANTA else one for one in BEFORE.placements)
    found = compare_readings(BEFORE, with_claims(*BEFORE.claims, placements=moved))
    assert [one.fields for one in found.changed] == [("place",)]
