"""Readers choose places: kept for good, followed by every view, outliving a new reading and a new gazetteer."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from errors import ConflictError, NotFoundError, ReviewError
from records import Article, Candidate, ClaimFilter, Mention, Place, Placement, Reading, Span
from store.exports import UNREVIEWED, export
from store.protocol import Store, StoredClaim
from tests import readings
from tests.readings import CONSTANTA, ESTONIA, LITHUANIA, MALI, Said

ALL = ClaimFilter()
PARIS = Place("t:paris", "Paris", "city", 48.9, 2.4, 10.0, ("FRA",))
PARIS_TEXAS = Place("t:paris-texas", "Paris", "city", 33.7, -95.6, 8.0, ("USA",), "Texas")


def doubtful(*, extractor: str = readings.EXTRACTOR, before: str = "") -> Reading:
    """Two claims at one Paris and the machine's doubt which; the words before them shift them in the text."""
    said = readings.reading(
        *((readings.Named(before, before.split()[0], None),) if before else ()),
        Said("Danish soldiers are in Paris.", "DNK", "Paris", PARIS),
        Said("French soldiers are in Paris.", "FRA", "Paris", PARIS),
        id="doubtful",
        extractor=extractor,
    )
    candidates = (Candidate(PARIS, 0.7), Candidate(PARIS_TEXAS, 0.3))
    placements = tuple(
        replace(one, score=0.7, candidates=candidates, reason="the best known of 2") if one.place else one
        for one in said.placements
    )
    return replace(said, placements=placements)


@pytest.fixture
def paris(store: Store) -> Store:
    store.save(doubtful())
    store.save(readings.baltic())
    return store


def first(reading: Reading) -> Span:
    return reading.claims[0].place.span


def card(store: Store, number: int = 0) -> StoredClaim:
    found = store.claim(doubtful().claims[number].id)
    assert found
    return found


def test_every_view_follows_the_reader(paris: Store) -> None:
    review = paris.review_place("doubtful", first(doubtful()), PARIS_TEXAS, who=" Ann ", reason=" the fort ")
    assert (review.who, review.reason, review.verdict, review.place) == ("Ann", "the fort", "chosen", PARIS_TEXAS)
    assert (review.words, review.article, review.attached) == ("Paris", "doubtful", True)
    summary = paris.summary(ALL)
    marks = {(mark.place, mark.actor): mark.by_reader for mark in summary.marks}
    assert marks[("t:paris-texas", "DNK")] == 1
    assert marks[("t:paris", "FRA")] == 0, "the other mention of the name stays"
    assert (summary.by_reader, summary.unreviewed, summary.shown) == (1, 3, 4)
    assert {facet.value for facet in summary.hosts} == {"USA", "FRA", "LTU", "EST"}
    assert paris.summary(ClaimFilter(hosts=("USA",))).shown == 1
    assert paris.summary(ClaimFilter(place="t:paris-texas")).shown == 1
    row = paris.claims(ClaimFilter(hosts=("USA",))).iloc[0]
    assert (row["placed_by"], row["review"], row["place"], row["admin1"]) == (
        "reader",
        "place",
        "t:paris-texas",
        "Texas",
    )
    assert (row["lat"], row["geometry"].x, row["place_text"]) == (33.7, -95.6, "Paris")
    assert row["place_score"] != row["place_score"], "the machine's belief was in another place"


def test_exports_say_who_placed_it(paris: Store) -> None:
    assert json.loads(export(paris, ALL, "geojson"))["metadata"]["review"] == UNREVIEWED
    paris.review_place("doubtful", first(doubtful()), PARIS_TEXAS, who="Ann")
    collection = json.loads(export(paris, ALL, "geojson"))
    assert "Readers chose the place of 1 of 4 claims" in collection["metadata"]["review"]
    placed = {feature["id"]: feature for feature in collection["features"]}[doubtful().claims[0].id]
    assert placed["geometry"]["coordinates"] == [-95.6, 33.7]
    assert (placed["properties"]["placed_by"], placed["properties"]["place_score"]) == ("reader", None)
    rows = csv.DictReader(io.StringIO(export(paris, ALL, "csv").decode("utf-8-sig"), newline=""))
    assert sorted(row["placed_by"] for row in rows) == ["machine", "machine", "machine", "reader"]


def test_the_card_has_both_places_and_the_history(paris: Store) -> None:
    before = card(paris)
    assert (before.shown, before.review, before.reviews) == (PARIS, None, ())
    review = paris.review_place("doubtful", first(doubtful()), PARIS_TEXAS, who="Ann")
    after = card(paris)
    assert (after.shown, after.review, after.reviews) == (PARIS_TEXAS, review, (review,))
    assert after.placement == before.placement, "the machine's stays"
    assert card(paris, 1).reviews == ()
    stored = paris.article("doubtful")
    assert stored
    assert stored.reading == doubtful(), "and so does its reading"


def test_none_of_them_takes_the_claim_off_the_map(paris: Store) -> None:
    review = paris.review_place("doubtful", first(doubtful()), None, who="Ann")
    assert (review.verdict, review.place) == ("none", None)
    summary = paris.summary(ALL)
    assert (summary.unplaced, summary.by_reader, summary.total) == (1, 1, 4)
    assert card(paris).shown is None
    assert paris.claims(ALL).set_index("id").loc[doubtful().claims[0].id, "placed_by"] == "reader"


def test_a_withdrawal_is_one_more_review(paris: Store) -> None:
    before = paris.summary(ALL)
    review = paris.review_place("doubtful", first(doubtful()), PARIS_TEXAS, who="Ann")
    taken_back = paris.withdraw_review(review.id, who="Ben", reason="a slip")
    assert taken_back.verdict == "withdrawn"
    assert paris.summary(ALL) == before
    assert (card(paris).shown, card(paris).review) == (PARIS, None)
    assert paris.reviews("doubtful") == (review, taken_back)


def test_the_last_word_counts_and_none_is_lost(paris: Store) -> None:
    one = paris.review_place("doubtful", first(doubtful()), PARIS_TEXAS, who="Ann")
    two = paris.review_place("doubtful", first(doubtful()), MALI, who="Ben", instead_of=one.id)
    assert card(paris).shown == MALI
    assert paris.reviews("doubtful") == (one, two)


def test_two_at_once_lose_nothing_and_are_told(paris: Store) -> None:
    span = first(doubtful())
    ann = paris.review_place("doubtful", span, PARIS_TEXAS, who="Ann")
    with pytest.raises(ConflictError, match="Ann has reviewed"):
        paris.review_place("doubtful", span, MALI, who="Ben")
    taken_back = paris.withdraw_review(ann.id, who="Ann")
    with pytest.raises(ConflictError):
        paris.withdraw_review(ann.id, who="Ben")
    with pytest.raises(ConflictError):
        paris.review_place("doubtful", span, MALI, who="Ben", instead_of=ann.id)
    assert paris.reviews("doubtful") == (ann, taken_back)
    paris.review_place("doubtful", span, MALI, who="Ben")
    assert card(paris).shown == MALI


def test_a_new_reading_of_the_same_words_keeps_the_choice(paris: Store) -> None:
    review = paris.review_place("doubtful", first(doubtful()), PARIS_TEXAS, who="Ann")
    paris.save(doubtful(extractor="test-2"))
    assert card(paris).shown == PARIS_TEXAS
    assert card(paris).review == review
    assert paris.summary(ALL).by_reader == 1
    paris.withdraw_review(review.id, who="Ann")
    paris.save(doubtful(extractor="test-3"))
    assert card(paris).shown == PARIS, "withdrawn stays withdrawn"


def test_a_review_whose_words_moved_is_loose_and_kept(paris: Store) -> None:
    review = paris.review_place("doubtful", first(doubtful()), PARIS_TEXAS, who="Ann")
    moved = doubtful(before="Corrected.")
    paris.save(moved)
    assert paris.reviews("doubtful") == (replace(review, attached=False),)
    assert paris.summary(ALL).by_reader == 0
    paris.save(doubtful(extractor="test-2"))
    assert paris.reviews("doubtful") == (review,)
    assert card(paris).shown == PARIS_TEXAS, "and holds again where they are back"


def test_placing_again_keeps_the_choice_with_what_is_known_now(paris: Store) -> None:
    paris.review_place("doubtful", first(doubtful()), PARIS_TEXAS, who="Ann")
    paris.review_place("baltic", readings.baltic().claims[0].place.span, CONSTANTA, who="Ann")
    moved = replace(PARIS_TEXAS, lat=33.6)

    def place(_article: Article, mentions: Sequence[Mention]) -> list[Placement]:
        return [Placement(one, MALI, 0.5, (Candidate(MALI, 0.5), Candidate(moved, 0.4)), "anew") for one in mentions]

    assert paris.relocate(place, "test-places-2") == 4
    found = card(paris)
    assert found.shown == moved, "the entry as it is now"
    assert found.placement
    assert found.placement.place == MALI, "the machine's placement is the new one"
    baltic = paris.claim(readings.baltic().claims[0].id)
    assert baltic
    assert baltic.shown == CONSTANTA, "offered no more, and kept as it was chosen"
    assert paris.summary(ClaimFilter(place="t:MLI")).shown == 2
    assert paris.relocate(place, "test-places-2") == 0
    assert card(paris).shown == moved


def test_what_is_only_named_follows_too(store: Store) -> None:
    store.save(doubtful())
    claimless = replace(doubtful(extractor="test-2"), claims=doubtful().claims[1:])
    store.review_place("doubtful", first(doubtful()), PARIS_TEXAS, who="Ann")
    store.save(claimless)
    assert [one.place for one in store.mentions(ALL)] == [PARIS_TEXAS]


def test_what_cannot_be_reviewed_is_told(paris: Store) -> None:
    with pytest.raises(NotFoundError, match="names no place at 1 to 2"):
        paris.review_place("doubtful", Span(1, 2), MALI, who="Ann")
    with pytest.raises(NotFoundError, match="nowhere"):
        paris.review_place("nowhere", first(doubtful()), MALI, who="Ann")
    with pytest.raises(ReviewError, match="name"):
        paris.review_place("doubtful", first(doubtful()), MALI, who="  ")
    with pytest.raises(NotFoundError, match="99"):
        paris.withdraw_review(99, who="Ann")
    assert paris.reviews("doubtful") == ()
    assert paris.summary(ALL).by_reader == 0


def test_a_removed_article_takes_its_reviews_along(paris: Store) -> None:
    paris.review_place("doubtful", first(doubtful()), PARIS_TEXAS, who="Ann")
    paris.remove(["doubtful"])
    assert paris.reviews("doubtful") == ()
    paris.save(doubtful())
    assert card(paris).shown == PARIS


def test_two_claims_on_one_mention_move_together(store: Store) -> None:
    reading = readings.baltic()
    both = replace(reading, claims=(reading.claims[0], replace(reading.claims[1], place=reading.claims[0].place)))
    store.save(both)
    store.review_place("baltic", reading.claims[0].place.span, ESTONIA, who="Ann")
    assert store.summary(ClaimFilter(place=ESTONIA.gazetteer_id)).by_reader == 2
    assert store.summary(ClaimFilter(place=LITHUANIA.gazetteer_id)).shown == 0
