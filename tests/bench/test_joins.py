"""The set that the join is measured on, and that the join is not worse than it was."""

from __future__ import annotations

import tomllib

import pytest

from bench.joins import FLOORS, PARTS, measure, places, rows_of
from records import ASSETS, STATUSES


@pytest.mark.parametrize("part", PARTS)
def test_the_join_is_above_its_floor(part: str) -> None:
    figures = measure(part)
    floor = tomllib.loads(FLOORS.read_text(encoding="utf-8"))[figures.name]["pairwise_f1"]
    assert figures.f1 >= floor >= 0.85


def test_the_rows_say_what_they_should() -> None:
    known, rows = places(), [row for part in PARTS for row in rows_of(part)]
    for row in rows:
        assert row["place"] in known
        assert row["asset"] in ASSETS
        assert row["status"] in STATUSES
        assert row["direction"] == "out" or row["status"] != "withdrawn"
        assert row["article"].split("/")[0] == row["deployment"].split("/")[0]
    assert len({row["deployment"] for row in rows}) >= 60
    assert len(rows) >= 150


def test_the_parts_share_no_case() -> None:
    cases = [{row["article"].split("/")[0] for row in rows_of(part)} for part in PARTS]
    assert len(set().union(*cases)) == sum(map(len, cases))


def test_one_article_has_one_day_and_one_outlet() -> None:
    told: dict[str, tuple[str, str]] = {}
    for part in PARTS:
        for row in rows_of(part):
            assert told.setdefault(row["article"], (row["published"], row["source"])) == (
                row["published"],
                row["source"],
            )
