"""Colours stay with their country, and never run out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.palette import OKABE_ITO, OTHER, colours

codes = st.lists(st.sampled_from([chr(65 + number) for number in range(20)]), unique=True)


@given(codes, codes)
def test_the_most_reported_keep_their_colour_and_no_two_share_one(ranked: list[str], shown: list[str]) -> None:
    chosen = colours(ranked, shown)
    assert set(chosen) == set(shown)
    for actor, colour in zip(ranked, OKABE_ITO, strict=False):
        assert chosen.get(actor, colour) == colour
    named = [colour for colour in chosen.values() if colour != OTHER]
    assert len(named) == len(set(named)) == min(len(shown), len(OKABE_ITO))
