"""Deployments as the store keeps them: up to date after every change, and equal to what a whole run makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from bench.joins import places, rows_of
from bench.pairs import texts
from deployments.joiner import BY_REVIEWER, join
from errors import NotFoundError, ReviewError
from records import ClaimFilter, Deployment, EventDate, Quantity, Reading
from store import open_store
from store.joining import COLUMNS, TOLD, decisions, reports
from store.sql import SqlStore
from store.tables import due, readings, stories
from tests.readings import CONSTANTA, LITHUANIA, ROMANIA, Said, reading

ALL = ClaimFilter()
PLACES = places()


def said(row: dict[str, Any]) -> Said:
    quantity = row["quantity"]
    return Said(
        f"{row['sentence']} ({row['place']}.)",
        row["actor"],
        row["place"],
        PLACES[row["place"]],
        asset=row["asset"],
        status=row["status"],
        direction=row["direction"],
        unit=row["unit"],
        quantity=quantity and Quantity(quantity[0], quantity[1], quantity[2], row["unit"]),
        date=EventDate(row["date"], None, row["date"]) if row["date"] else None,
    )


def articles(*cases: str) -> list[Reading]:
    """Articles of the set that the join is built with."""
    rows = sorted((row for row in rows_of("build") if row["article"].split("/")[0] in cases), key=article_of)
    return [_article(id, list(found)) for id, found in groupby(rows, key=article_of)]


def article_of(row: dict[str, Any]) -> str:
    return str(row["article"])


def _article(id: str, rows: list[dict[str, Any]]) -> Reading:
    day = rows[0]["published"]
    return reading(
        *map(said, rows),
        id=id,
        source=rows[0]["source"],
        published=date.fromisoformat(day) if day else None,
    )


SOME = articles("lithuania-germans", "mali-french", "undated-and-old", "poland-americans")


def kept(store: SqlStore) -> dict[str, Deployment]:
    return {one.id: one for one in store.deployments.find(ALL)}


def made_anew(store: SqlStore) -> dict[str, Deployment]:
    with store._reading.begin() as connection:
        told = reports(connection, select(*COLUMNS).select_from(TOLD))
        return {one.id: one for one in join(told, decisions(connection))}


@pytest.fixture
def told(store: SqlStore) -> SqlStore:
    for one in SOME:
        store.save(one)
    return store


def test_claims_of_several_articles_become_one_deployment(told: SqlStore) -> None:
    found = kept(told)
    reinforcement = next(one for one in found.values() if one.actor == "DEU" and one.articles == 5)
    assert reinforcement.status == "deployed"
    assert reinforcement.place
    assert reinforcement.place.name == "Rukla"
    assert [step.status for step in reinforcement.course] == ["discussed", "planned", "deploying", "deployed"]
    assert (reinforcement.high, reinforcement.counted, reinforcement.sources) == (350, "personnel", 4)
    assert found == made_anew(told)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("orders")


@pytest.fixture(scope="module")
def names() -> Iterator[int]:
    return iter(range(10_000))


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(SOME), st.integers(1, 9), st.integers(0, 5))
def test_one_by_one_in_any_order_equals_a_whole_run(
    folder: Path, names: Iterator[int], order: Sequence[Reading], step: int, taken: int
) -> None:
    store = open_store(f"sqlite:///{folder / str(next(names))}.db")
    for at, one in enumerate(order):
        store.save(one)
        if at % step == 0:
            store.deployments.refresh()
    for one in order[:taken]:
        store.remove([one.article.id])
        store.deployments.refresh()
    assert kept(store) == made_anew(store)
    store.close()


def test_one_more_article_joins_again_only_what_follows_it(told: SqlStore) -> None:
    told.deployments.refresh()
    told.save(
        reading(
            Said("Germany has 350 soldiers in Lithuania.", "DEU", "Lithuania", LITHUANIA),
            id="more",
            published=date(2031, 2, 23),
        )
    )
    with told._reading.begin() as connection:
        assert [tuple(row) for row in connection.execute(select(due))] == [("DEU", date(2031, 2, 23))]
    told.deployments.refresh()
    with told._reading.begin() as connection:
        assert connection.execute(select(due)).first() is None
    assert kept(told) == made_anew(told)


def test_nothing_due_changes_nothing(told: SqlStore) -> None:
    assert told.deployments.refresh() > 0
    assert told.deployments.refresh() == 0


def test_removed_retired_and_corrected_articles_are_followed(told: SqlStore) -> None:
    before = kept(told)
    id = SOME[0].article.id
    told.retire(id, who="Ann", reason="withdrawn by the outlet")
    without = kept(told)
    assert without != before
    assert without == made_anew(told)
    told.reinstate(id)
    assert kept(told) == before
    told.save(replace(SOME[0], extractor="test-2", claims=()))
    assert kept(told) == without
    told.remove([one.article.id for one in SOME])
    assert kept(told) == {}


def test_a_place_that_a_reader_chose_moves_the_deployment(store: SqlStore) -> None:
    one = reading(Said("French troops are in Constanța.", "FRA", "Constanța", CONSTANTA), id="a")
    other = reading(Said("French troops are in Romania.", "FRA", "Romania", ROMANIA), id="b")
    store.save(one)
    store.save(other)
    assert len(kept(store)) == 1
    review = store.review_place("a", one.claims[0].place.span, LITHUANIA, who="Ann")
    assert len(kept(store)) == 2
    store.withdraw_review(review.id, who="Ann")
    assert len(kept(store)) == 1


def test_a_reviewer_parts_joins_and_takes_back(told: SqlStore) -> None:
    before = kept(told)
    joined = next(one for one in before.values() if len(one.members) > 3)
    first, last = joined.members[0].report.id, joined.members[-1].report.id
    told.deployments.review(last, first, "apart", who="Ann", reason="another unit")
    parted = kept(told)
    assert last not in {one.report.id for one in parted[joined.id].members}
    assert parted == made_anew(told)
    told.deployments.review(first, last, "together", who="Bob")
    together = kept(told)
    assert {one.report.id: one.why for one in together[joined.id].members}[last] == BY_REVIEWER
    told.deployments.review(first, last, "withdrawn", who="Bob", reason="not sure")
    assert kept(told) == before
    assert [(one.verdict, one.who) for one in told.deployments.reviews(first)] == [
        ("apart", "Ann"),
        ("together", "Bob"),
        ("withdrawn", "Bob"),
    ]


def test_a_review_needs_a_name_and_two_claims_that_are_there(told: SqlStore) -> None:
    one, other = SOME[0].claims[0].id, SOME[1].claims[0].id
    with pytest.raises(ReviewError, match="name"):
        told.deployments.review(one, other, "apart", who=" ")
    with pytest.raises(ReviewError, match="name two"):
        told.deployments.review(one, one, "apart", who="Ann")
    french = next(claim.id for found in SOME for claim in found.claims if claim.actor == "FRA")
    with pytest.raises(ReviewError, match="DEU and FRA"):
        told.deployments.review(one, french, "together", who="Ann")
    with pytest.raises(NotFoundError, match="nobody"):
        told.deployments.review(one, "nobody", "apart", who="Ann")


def test_as_known_on_a_day_by_publication(told: SqlStore) -> None:
    """The same as a store that was given nothing printed later."""
    day = date(2031, 2, 14)
    then = {one.id: one for one in told.deployments.find(ALL, known_on=day)}
    for one in SOME:
        if one.article.published is None or one.article.published > day:
            told.remove([one.article.id])
    assert then == kept(told)


def test_as_known_on_a_day_by_retrieval(told: SqlStore) -> None:
    """What was held then, in the readings of then."""
    early = {one.article.id for one in SOME[::2]}
    long_ago = datetime(2020, 3, 1, tzinfo=UTC)
    with told._writing.begin() as connection:
        connection.execute(update(readings).where(readings.c.article.in_(early)).values(saved=long_ago))
        connection.execute(
            update(readings).where(readings.c.article.not_in(early)).values(saved=long_ago + timedelta(days=9))
        )
    told.save(replace(SOME[0], extractor="test-2", claims=()))
    found = told.deployments.find(ALL, known_on=long_ago.date(), known_by="retrieval")
    then = {one.id: one for one in found}
    assert not told.deployments.find(ALL, known_on=date(2020, 2, 29), known_by="retrieval")
    told.save(replace(SOME[0], extractor="test-3"))
    told.remove([one.article.id for one in SOME if one.article.id not in early])
    assert then == kept(told)


def test_a_filter_chooses_whole_deployments(told: SqlStore) -> None:
    found = told.deployments.find(ClaimFilter(actors=("DEU",), statuses=("discussed",)))
    assert [one.articles for one in found] == [5]
    assert told.deployments.count(ClaimFilter(actors=("DEU",))) == 3
    assert len(told.deployments.find(ALL, limit=2, offset=1)) == 2
    assert not told.deployments.find(ClaimFilter(minimum_confidence=0.9))


def test_one_deployment_by_its_id_or_by_a_claim(told: SqlStore) -> None:
    one = told.deployments.find(ALL)[0]
    assert told.deployments.one(one.id) == one
    assert told.deployments.of_claim(one.members[-1].report.id) == one
    assert told.deployments.one("none") is None
    assert told.deployments.of_claim("none") is None


# Copies


def printed(kind: str, outlet: str) -> Reading:
    """An article of the pairs, with a sentence of its own on top for its claim."""
    text = texts()[f"e01-{kind}"]
    claim = Said(f"Germany will send soldiers to Lithuania. {text}", "DEU", "Lithuania", LITHUANIA, status="planned")
    return reading(claim, id=f"{kind}-{outlet}", source=outlet)


def told_stories(store: SqlStore) -> dict[str, str]:
    store.deployments.refresh()
    with store._reading.begin() as connection:
        return {row.article: row.story for row in connection.execute(select(stories))}


def test_copies_of_a_wire_story_are_one_source(store: SqlStore) -> None:
    for kind, outlet in (("wire", "A"), ("copy", "B"), ("brief", "C"), ("told", "D")):
        store.save(printed(kind, outlet))
    (found,) = store.deployments.find(ALL)
    assert (found.articles, found.sources) == (4, 2)
    assert told_stories(store) == {"wire-A": "brief-C", "copy-B": "brief-C", "brief-C": "brief-C", "told-D": "told-D"}


def test_a_copy_that_is_removed_or_corrected_leaves_its_story(store: SqlStore) -> None:
    for kind, outlet in (("wire", "A"), ("copy", "B"), ("brief", "C")):
        store.save(printed(kind, outlet))
    assert store.deployments.find(ALL)[0].sources == 1
    store.remove(["brief-C"])
    assert told_stories(store) == {"wire-A": "copy-B", "copy-B": "copy-B"}
    other = printed("told", "B")
    corrected = replace(other.article, id="copy-B", text=other.article.text)
    store.save(replace(other, article=corrected))
    assert told_stories(store) == {"wire-A": "wire-A", "copy-B": "copy-B"}
    assert store.deployments.find(ALL)[0].sources == 2


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(["wire-A", "copy-B", "brief-C", "told-D", "wire-E"]))
def test_stories_do_not_depend_on_the_order(folder: Path, names: Iterator[int], order: Sequence[str]) -> None:
    store = open_store(f"sqlite:///{folder / str(next(names))}.db")
    for one in order:
        store.save(printed(*one.split("-")))
        store.deployments.refresh()
    assert set(told_stories(store).values()) == {"brief-C", "told-D"}
    assert kept(store) == made_anew(store)
    store.close()
