"""The same claims by other borders: another host country, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from records import ClaimFilter, Viewpoint
from store.exports import export
from store.protocol import Store, Summary
from tests import readings
from tests.readings import CRIMEA, UKRAINE, Said

HELD = Viewpoint("de_facto", (("Crimea", "RUS"), ("Golan Heights", "ISR")))
LAW = Viewpoint("un", (("Crimea", "UKR"), ("Golan Heights", "SYR")))
SEVASTOPOL = replace(CRIMEA, gazetteer_id="t:sevastopol", name="Sevastopol", kind="city", disputed="Crimea")
OUTLINED = replace(UKRAINE, disputed="Crimea")
SHARED = replace(SEVASTOPOL, gazetteer_id="t:shared", name="the isthmus", kind="region", countries=("UKR", "RUS"))


@pytest.fixture
def crimea(store: Store) -> Store:
    for number, place in enumerate((SEVASTOPOL, OUTLINED, readings.LITHUANIA, readings.BLACK_SEA, SHARED)):
        said = Said(f"French ships are at {place.name}.", "FRA", place.name, place, asset="naval")
        store.save(readings.reading(said, id=f"article-{number}"))
    return store


def hosts(summary: Summary) -> dict[str, int]:
    return {facet.value: facet.count for facet in summary.hosts}


def test_disputed_areas_count_for_whom_the_point_of_view_gives_them_to(crimea: Store) -> None:
    as_placed = crimea.summary(ClaimFilter())
    assert hosts(as_placed) == {"UKR": 3, "LTU": 1, "t:black-sea": 1, "RUS": 1}
    held = crimea.summary(ClaimFilter(borders=HELD))
    assert hosts(held) == {"RUS": 2, "UKR": 1, "LTU": 1, "t:black-sea": 1}, "each claim once"
    assert {facet.value: facet.label for facet in held.hosts}["t:black-sea"] == "Black Sea"
    law = crimea.summary(ClaimFilter(borders=LAW))
    assert hosts(law) == {"UKR": 3, "LTU": 1, "t:black-sea": 1}
    assert (as_placed.total, as_placed.shown) == (held.total, held.shown) == (law.total, law.shown) == (5, 5)


def test_filter_marks_and_rows_agree(crimea: Store) -> None:
    wanted = ClaimFilter(hosts=("RUS",), borders=HELD)
    summary = crimea.summary(wanted)
    assert {(mark.name, mark.countries, mark.disputed) for mark in summary.marks} == {
        ("Sevastopol", ("RUS",), "Crimea"),
        ("the isthmus", ("RUS",), "Crimea"),
    }
    assert set(crimea.claims(wanted)["countries"]) == {("RUS",)}
    assert crimea.summary(replace(wanted, borders=LAW)).shown == 0
    ukraine = crimea.claims(ClaimFilter(place=UKRAINE.gazetteer_id, borders=HELD)).iloc[0]
    assert ukraine["countries"] == ("UKR",), "a country is itself by whatever view"


def test_exports_name_the_view(crimea: Store) -> None:
    collection = json.loads(export(crimea, ClaimFilter(borders=HELD), "geojson"))
    assert collection["metadata"]["filters"]["borders"]["name"] == "de_facto"
    assert "borders" not in json.loads(export(crimea, ClaimFilter(), "geojson"))["metadata"]["filters"]


def test_a_place_seen_from_elsewhere() -> None:
    assert HELD.seen(SEVASTOPOL).countries == ("RUS",)
    assert LAW.seen(SEVASTOPOL) == SEVASTOPOL
    assert HELD.seen(OUTLINED) == OUTLINED
    assert HELD.seen(readings.LITHUANIA) == readings.LITHUANIA
