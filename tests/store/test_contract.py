"""What every store does with readings: keeps them whole, supersedes, removes, places again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from errors import NotFoundError, ReviewError, StoreError
from records import Article, ClaimFilter, EventDate, Mention, Placement, Quantity, Span
from store.protocol import Store
from store.sql import SqlStore
from tests import readings
from tests.readings import CONSTANTA, LITHUANIA, MALI, ROMANIA, Said

ALL = ClaimFilter()


def stored(store: Store, id: str) -> object:
    found = store.article(id)
    assert found
    return found.reading


def test_the_store_keeps_its_protocol(store: SqlStore) -> None:
    kept: Store = store
    assert kept.summary(ALL).total == 0


def test_a_reading_comes_out_as_it_went_in(store: Store) -> None:
    whole = readings.reading(
        Said(
            "About 1,000 Danish troops from Romania went there on 3 to 5 May, it is said: ‮ 🛩 Constanța.",
            "DNK",
            "Constanța",
            CONSTANTA,
            asset="air",
            status="withdrawn",
            direction="out",
            hedged=True,
            confidence=0.123456,
            unit="troops",
            quantity=Quantity(1000, None, "personnel", "About 1,000"),
            date=EventDate("2022-05-03", "2022-05-05", "on 3 to 5 May"),
            source="it is said",
            origin=("Romania", ROMANIA),
        ),
        title="=1+1 <b>\u202e",
        url="https://example.org/a",
        made=datetime(2022, 2, 3, 4, 5, 6, 789, tzinfo=UTC),
    )
    mention = replace(
        whole.claims[0].place, relation="near", bearing="north", distance_km=12.5, within=("A", "B"), certain=False
    )
    claim = replace(whole.claims[0], place=mention, place_words=Span(36, 41), quantity_shared=True)
    placements = tuple(
        replace(one, mention=mention) if one.mention.span == mention.span else one for one in whole.placements
    )
    whole = replace(whole, claims=(claim,), placements=placements)
    assert store.save(whole) == "added"
    assert stored(store, whole.article.id) == whole
    found = store.claim(claim.id)
    assert found
    assert (found.claim, found.article, found.extractor) == (claim, whole.article, whole.extractor)
    assert found.placement
    assert found.placement.place == CONSTANTA


def test_the_same_again_changes_nothing(store: Store) -> None:
    assert store.save(readings.baltic()) == "added"
    before = store.summary(ALL)
    assert store.save(readings.baltic()) == "unchanged"
    assert store.summary(ALL) == before


def test_what_the_store_holds(store: Store) -> None:
    reading = readings.baltic()
    assert not store.holds(reading.article, reading.extractor)
    store.save(reading)
    assert store.holds(reading.article, reading.extractor)
    assert not store.holds(reading.article, "another")
    assert not store.holds(replace(reading.article, text="corrected"), reading.extractor)


def test_a_correction_supersedes_and_the_old_reading_stays(store: Store) -> None:
    first = readings.baltic()
    store.save(first)
    corrected = readings.reading(
        Said("Germany has 600 soldiers in Lithuania.", "DEU", "Lithuania", LITHUANIA), id="baltic"
    )
    assert store.save(corrected) == "superseded"
    found = store.article("baltic")
    assert found
    assert found.reading == corrected
    assert len(found.earlier) == 1
    assert found.added <= found.earlier[0]
    summary = store.summary(ALL)
    assert (summary.total, summary.articles) == (1, 1)
    assert store.claim(first.claims[1].id) is None
    assert len(store.claims(ALL)) == 1


def test_a_new_extractor_supersedes(store: Store) -> None:
    store.save(readings.baltic())
    assert store.save(readings.baltic(extractor="test-2")) == "superseded"
    assert store.summary(ALL).total == 2


def test_a_reading_is_saved_whole_or_not_at_all(store: Store) -> None:
    store.save(readings.baltic())
    before = store.summary(ALL)
    good = readings.baltic(extractor="test-2")
    stray = Mention(Span(500, 505), "stray", "stray")
    with pytest.raises(StoreError, match="none of the reading's mentions"):
        store.save(replace(good, claims=(good.claims[0], replace(good.claims[1], place=stray))))
    with pytest.raises(StoreError, match="2022-02-30"):
        store.save(
            replace(good, claims=(good.claims[0], replace(good.claims[1], date=EventDate("2022-02-30", None, ""))))
        )
    with pytest.raises(StoreError):
        store.save(replace(good, claims=(good.claims[0], good.claims[0])))
    assert store.summary(ALL) == before
    assert stored(store, "baltic") == readings.baltic()


def test_an_article_without_claims_is_kept(store: Store) -> None:
    quiet = readings.reading(readings.Named("Nothing happened in Mali.", "Mali", MALI), id="quiet")
    assert store.save(quiet) == "added"
    assert stored(store, "quiet") == quiet
    assert store.summary(ALL).total == 0
    assert store.save(quiet) == "unchanged"


def test_removal_is_all_or_nothing(filled: Store) -> None:
    with pytest.raises(NotFoundError, match="nowhere"):
        filled.remove(["baltic", "nowhere"])
    assert filled.article("baltic")
    assert filled.remove(["baltic", "in-doubt", "baltic"]) == 2
    assert filled.article("baltic") is None
    assert filled.claim(readings.baltic().claims[0].id) is None
    assert filled.summary(ALL).total == 4
    assert filled.save(readings.baltic()) == "added"


def test_samples_leave_together(filled: Store) -> None:
    assert filled.summary(ALL).samples == 1
    assert filled.remove_samples() == 1
    summary = filled.summary(ALL)
    assert (summary.samples, summary.total) == (0, 7)
    assert filled.remove_samples() == 0


def test_what_is_not_there_is_none(filled: Store) -> None:
    assert filled.claim("nothing") is None
    assert filled.article("nothing") is None
    assert filled.noted("nothing") is None


def test_notes_are_kept(filled: Store) -> None:
    filled.note("samples", "offered")
    filled.note("samples", "again")
    assert filled.noted("samples") == "again"


def test_two_readings_at_the_same_place_share_it_whatever_the_gazetteer_says_later(store: Store) -> None:
    store.save(readings.baltic())
    moved = replace(LITHUANIA, lat=55.2)
    other = readings.reading(Said("Poland has troops in Lithuania.", "POL", "Lithuania", moved), id="other")
    store.save(other)
    assert stored(store, "baltic") == readings.baltic()
    assert stored(store, "other") == other
    by_place = store.summary(ClaimFilter(place=LITHUANIA.gazetteer_id))
    assert by_place.shown == 2


# Off the map


def test_a_retired_article_is_kept_and_not_shown(filled: Store) -> None:
    before = filled.summary(ALL)
    mark = filled.retire("baltic", who=" Ann ", reason="retracted by the paper")
    assert (mark.who, mark.reason) == ("Ann", "retracted by the paper")
    summary = filled.summary(ALL)
    assert (summary.total, summary.articles) == (before.total - 2, before.articles - 1)
    assert "baltic" not in set(filled.claims(ALL)["article"])
    assert "baltic" not in {facet.value for facet in summary.by_article}
    assert filled.summary(ClaimFilter(search="Lithuania")).shown == 0
    found = filled.article("baltic")
    assert found
    assert (found.reading, found.retired) == (readings.baltic(), mark)
    filled.reinstate("baltic")
    assert filled.summary(ALL).total == before.total
    again = filled.article("baltic")
    assert again
    assert again.retired is None


def test_a_retired_article_stays_so_when_read_anew(store: Store) -> None:
    store.save(readings.baltic())
    mark = store.retire("baltic", who="Ann", reason="a hoax")
    assert store.save(readings.baltic(extractor="test-2")) == "superseded"
    found = store.article("baltic")
    assert found
    assert found.retired == mark
    assert store.summary(ALL).total == 0
    assert not store.mentions(ALL)


def test_who_retires_says_who_and_why(filled: Store) -> None:
    with pytest.raises(NotFoundError, match="nowhere"):
        filled.retire("nowhere", who="Ann", reason="a hoax")
    with pytest.raises(NotFoundError, match="nowhere"):
        filled.reinstate("nowhere")
    for who, reason in (("", "a hoax"), ("Ann", " ")):
        with pytest.raises(ReviewError, match="reason"):
            filled.retire("baltic", who=who, reason=reason)
    assert filled.summary(ALL).total == 8


# Placing again


def to_mali(_article: Article, mentions: Sequence[Mention]) -> list[Placement]:
    return [Placement(mention, MALI, 0.5, (), "moved") for mention in mentions]


def test_relocating_changes_placements_and_nothing_else(filled: Store) -> None:
    before = filled.claims(ALL)
    assert filled.relocate(to_mali, "test-places-2") == 9, "each mention, but for the one that is in Mali already"
    after = filled.claims(ALL)
    assert set(after["place"]) == {MALI.gazetteer_id}
    assert set(after["gazetteer"]) == {"test-places-2"}
    kept = ["id", "actor", "status", "evidence", "confidence", "extractor", "place_text"]
    assert after[kept].equals(before[kept])
    assert filled.summary(ClaimFilter(hosts=("MLI",))).shown == 8
    assert filled.summary(ALL).unplaced == 0
    assert filled.relocate(to_mali, "test-places-2") == 0


def test_relocating_can_lose_a_place(filled: Store) -> None:
    filled.relocate(lambda _article, mentions: [Placement(mention, None) for mention in mentions], "empty")
    summary = filled.summary(ALL)
    assert (summary.unplaced, summary.total, summary.marks, summary.hosts) == (8, 8, (), ())


def test_relocating_leaves_superseded_readings_alone(store: Store) -> None:
    store.save(readings.baltic())
    store.save(readings.baltic(extractor="test-2"))
    assert store.relocate(to_mali, "test-places-2") == 2


def test_an_answer_that_does_not_fit_is_refused(filled: Store) -> None:
    with pytest.raises(StoreError, match="one to one"):
        filled.relocate(lambda article, mentions: to_mali(article, mentions)[1:], "short")
    assert set(filled.claims(ALL)["gazetteer"]) == {readings.GAZETTEER}


def test_the_article_goes_along_when_placing(filled: Store) -> None:
    seen: dict[str, date | None] = {}

    def place(article: Article, mentions: Sequence[Mention]) -> list[Placement]:
        seen[article.id] = article.published
        assert all(mention.span.of(article.text) == mention.text for mention in mentions)
        return to_mali(article, mentions)

    filled.relocate(place, "test-places-2")
    assert seen.keys() == {"baltic", "black-sea", "in-doubt", "sample"}
    assert seen["baltic"] == date(2022, 1, 28)
