"""Whatever the text is made of: reading never fails, quotes exactly, and does the same again."""

from __future__ import annotations

import itertools
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records import Article, Claim
from tests.extract import atlas
from tests.extract.english import reader

# Pieces of news among letters of any script, so that rules and not only the tokeniser meet strange neighbours.
PIECES = st.sampled_from(
    [
        "Norway", "Danish ", "500 ", "soldiers", " sent ", " to ", "Estonia", ", ", " and ", "the country", " there",
        "'s ", "border", "off the coast of ", "Black Sea", "USS ", "will ", "not ", "up to ", "in May", "\n", "\n\n",
        "OSLO (Wire) - ", "MR. BO: ", "“", "”", ". ", "withdrew from ", "exercise", "-", "…",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=25).map("".join)
QUIET = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


def claims_of(text: str) -> list[Claim]:
    parsed = reader().parse(Article("any", text[:40], text, date(2023, 3, 8)))
    mentions = reader().mentions(parsed)
    assert all(mention.span.of(text) == mention.text for mention in mentions)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(mentions))
    return reader().claims(parsed, atlas.resolve(mentions))


@QUIET
@given(TEXTS)
def test_reading_never_fails_and_quotes_exactly(text: str) -> None:
    for claim in claims_of(text):
        assert claim.evidence.of(text).strip()
        assert claim.place.span.of(text) == claim.place.text
        if claim.quantity:
            assert claim.quantity.text.replace("\n", " ") in claim.evidence.of(text).replace("\n", " ")
        if claim.quantity and claim.quantity.low and claim.quantity.high:
            assert claim.quantity.low <= claim.quantity.high


@QUIET
@given(TEXTS)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert claims_of(text) == claims_of(text)
