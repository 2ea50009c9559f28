"""What the header, the table and the labels say."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import header, wording
from dashboard.sidebar import labelled
from dashboard.table import rows_of
from dashboard.timeline import SHADES, chart
from records import ASSETS, PLACE_KINDS, STATUSES, ClaimFilter
from store import open_store
from store.protocol import Facet
from store.sql import SqlStore
from tests import readings


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    made = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    for reading in (readings.baltic(), readings.black_sea(), readings.in_doubt(), readings.sample()):
        made.save(reading)
    return made


def test_every_value_has_words() -> None:
    assert set(wording.ASSETS) == set(ASSETS)
    assert set(wording.STATUSES) == set(STATUSES) == set(SHADES)
    assert set(wording.KINDS) == set(PLACE_KINDS)


def test_counts(store: SqlStore) -> None:
    said = header.counts(store.summary(ClaimFilter(actors=("RUS",))))
    assert said.startswith("<strong>2</strong> of 8 claims · 2 articles · 1 place · ")
    assert "100% unreviewed machine readings" in said


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (ClaimFilter(actors=("FRA",), minimum_confidence=0.99), "the certainty excludes 3"),
        (ClaimFilter(actors=("XXX",)), "the deploying country excludes 8"),
    ],
)
def test_an_empty_page_says_why(store: SqlStore, wanted: ClaimFilter, reason: str) -> None:
    assert reason in header.nothing(store.summary(wanted))


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    assert "Add an article" in header.nothing(open_store(f"sqlite:///{tmp_path / 'new.db'}").summary(ClaimFilter()))


def test_every_field_of_the_filter_can_be_named_as_a_reason() -> None:
    fields = set(ClaimFilter.__dataclass_fields__) - {"since", "until", "borders"} | {"dates"}
    assert set(header.FIELDS) == fields


def test_rows(store: SqlStore) -> None:
    rows = {row.movement: row for row in rows_of(store.claims(ClaimFilter()))}
    assert rows["Denmark → Estonia"].dated == "2022-02", "a month stays a month"
    assert rows["Germany → Lithuania"].dated == "2022-01-28\u00a0(article)"
    assert rows["Russia → Zubrowka"].dated == "no date"
    assert rows["Russia → Zubrowka"].place is None
    assert rows["Russia → Zubrowka"].report == "there, hedged"
    assert rows["France: out of Mali"].sample


def test_the_timeline_tells_stated_days_from_the_articles(store: SqlStore) -> None:
    drawn = chart(store.summary(ClaimFilter()).days).to_dict()
    (rows,) = drawn["datasets"].values()
    assert {(row["day"], row["from"]) for row in rows} == {
        ("2022-01-20", "stated in the text"),
        ("2022-01-28", "the article's date"),
        ("2022-02-01", "stated in the text"),
    }


def test_labels_of_one_name_are_kept_apart() -> None:
    facets = [Facet("RUS", "RUS", 3), Facet("sea:a", "Aral", 1), Facet("sea:b", "Aral", 1), Facet("NATO", "NATO", 1)]
    assert labelled(facets) == {
        "sea:a": "Aral (sea:a)",
        "sea:b": "Aral (sea:b)",
        "NATO": "NATO",
        "RUS": "Russia",
    }


@pytest.mark.parametrize(
    ("quantity", "unit", "words"),
    [
        ("four", "F-16 fighters", "four F-16 fighters"),
        ("500 soldiers", "500 soldiers", "500 soldiers"),
        ("Two", "two frigates", "two frigates"),
        (None, None, "ships"),
        ("3,000", None, "3,000"),
    ],
)
def test_the_words_for_a_force(quantity: str | None, unit: str | None, words: str) -> None:
    assert wording.force_words(quantity, unit, "naval") == words


def test_markdown_and_addresses_are_defused() -> None:
    assert wording.plain("[x](javascript:alert(1))\n![y](http://z)") == (
        r"\[x\]\(javascript\:alert\(1\)\) \!\[y\]\(http\://z\)"
    )
    assert wording.web_address("https://example.org/a") == "https://example.org/a"
    for unsafe in ("javascript:alert(1)", " https://x", "http:", "data:text/html,x", None, ""):
        assert wording.web_address(unsafe) is None
