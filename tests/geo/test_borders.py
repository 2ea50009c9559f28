"""Joins to countries, first-level areas and seas, by both points of view, and at the edges of the map."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from errors import DataError
from geo.borders import Borders
from geo.gazetteer import Gazetteer
from geo.resolve import resolve
from records import Mention, Placement, Span
from settings import DATA, STATIC


@pytest.fixture(scope="module")
def held() -> Borders:
    return Borders.load(DATA, "de_facto")


def at(borders: Borders, lat: float, lon: float) -> Any:
    return borders.locate(np.array([lat]), np.array([lon])).iloc[0]


@pytest.mark.parametrize(
    ("lat", "lon", "un", "de_facto", "disputed"),
    [
        (44.95, 34.10, "UKR", "RUS", "Crimea"),
        (33.00, 35.78, "SYR", "ISR", "Golan Heights"),
        (26.00, -13.0, "ESH", "MAR", "Western Sahara"),
        (42.66, 21.16, "XKX", "XKX", "Kosovo"),
        (42.23, 43.97, "GEO", "GEO", "South Ossetia"),
        (43.00, 41.00, "GEO", "GEO", "Abkhazia"),
        (46.84, 29.63, "MDA", "MDA", "Transnistria"),
        (35.33, 33.40, "CYP", "CYP", "Northern Cyprus"),
        (23.80, 121.0, "TWN", "TWN", "Taiwan"),
        (34.09, 74.79, "IND", "IND", "Indian-administered Kashmir"),  # Srinagar
        (34.16, 77.58, "IND", "IND", "Indian-administered Kashmir"),  # Leh
        (34.37, 73.47, "PAK", "PAK", "Pakistan-administered Kashmir"),  # Muzaffarabad
        (35.92, 74.31, "PAK", "PAK", "Pakistan-administered Kashmir"),  # Gilgit
        (35.20, 79.40, "CHN", "CHN", "Aksai Chin"),
        (36.00, 76.60, "CHN", "CHN", "Shaksgam Valley"),
        (50.45, 30.52, "UKR", "UKR", ""),
    ],
)
def test_points_of_view(
    borders: Borders, held: Borders, lat: float, lon: float, un: str, de_facto: str, disputed: str
) -> None:
    assert at(borders, lat, lon).country == un
    assert at(held, lat, lon).country == de_facto
    assert at(borders, lat, lon).disputed == disputed


@pytest.mark.parametrize(
    ("lat", "lon", "country"),
    [
        (43.94, 12.45, "SMR"), (41.9033, 12.4534, "VAT"), (-29.3, 27.5, "LSO"),  # enclaves
        (-16.8, 179.5, "FJI"), (-16.8, -179.9, "FJI"), (66.0, -170.0, "RUS"),  # both sides of the antimeridian
        (-90.0, 0.0, "ATA"), (54.7, 20.5, "RUS"), (19.9, -75.15, "CUB"), (-20.9, 55.5, "REU"), (78.2, 15.6, "SJM"),
    ],
)  # fmt: skip
def test_edges(borders: Borders, lat: float, lon: float, country: str) -> None:
    assert at(borders, lat, lon).country == country


def test_twelve_miles_off_is_still_the_country_and_says_so(borders: Borders) -> None:
    near = at(borders, 46.40, 30.90)
    assert near.country == "UKR" and near.sea == "Black Sea" and 0 < near.offshore_km <= 22.3
    far = at(borders, 43.2, 34.0)
    assert far.country == "" and far.sea == "Black Sea" and far.offshore_km == 0


def test_the_pole_is_no_country(borders: Borders) -> None:
    assert at(borders, 90.0, 0.0).country == "" and at(borders, 90.0, 0.0).sea == "Arctic Ocean"


def test_rows_answer_the_points_in_order(borders: Borders) -> None:
    lat, lon = np.array([50.45, 43.2, 55.75]), np.array([30.52, 34.0, 37.6])
    assert borders.locate(lat, lon).country.tolist() == ["UKR", "", "RUS"]


def test_littoral_states(borders: Borders, held: Borders) -> None:
    assert borders.littoral("Black Sea") == ("BGR", "GEO", "ROU", "RUS", "TUR", "UKR")
    assert borders.littoral("Sea of Azov") == ("RUS", "UKR") == held.littoral("Sea of Azov")
    assert borders.littoral("no such sea") == ()


def test_assign_gives_every_placement_its_country(gazetteer: Gazetteer, borders: Borders, held: Borders) -> None:
    names = ["Sevastopol", "Black Sea", "Atlantis-that-is-not", "Crimea", "Romania"]
    mentions = [Mention(Span(10 * i, 10 * i + 3), name, name) for i, name in enumerate(names)]
    placements = resolve(mentions, gazetteer)
    un, real = borders.assign(placements), held.assign(placements)
    assert [p.mention for p in un] == mentions and un[2] == placements[2]
    assert un[0].place is not None and un[0].place.countries == ("UKR",) and un[0].place.disputed == "Crimea"
    assert real[0].place is not None and real[0].place.countries == ("RUS",)
    assert un[1].place is not None and "TUR" in un[1].place.littoral and un[1].place.countries == ()
    assert real[3].place is not None and real[3].place.countries == ("RUS",)
    assert un[4].place is not None and un[4].place.countries == ("ROU",)


def test_assign_corrects_a_wrong_country(gazetteer: Gazetteer, borders: Borders) -> None:
    mention = Mention(Span(0, 5), "Tapa", "Tapa")
    placement = resolve([mention], gazetteer)[0]
    assert placement.place is not None
    wrong = Placement(mention, replace(placement.place, countries=("FRA",)), 1.0)
    assigned = borders.assign([wrong])[0].place
    assert assigned is not None and assigned.countries == ("EST",)


@pytest.mark.parametrize(
    ("key", "country"),
    [
        ("geonames:1164909", "PAK"),  # Sialkot, at the edge of Kashmir
        ("geonames:5520993", "USA"),  # El Paso
        ("geonames:216281", "COD"),  # Goma
        ("geonames:590031", "EST"),  # Narva
        ("base:imam-ali-base", "SYR"),
        ("base:sembawang-naval-installation", "SGP"),
        ("base:cobasna", "MDA"),
        ("geonames:7552914", "TWN"),  # Nangan, on an island that the outlines leave out
        ("geonames:8199378", "PSE"),  # Modiin Ilit, a settlement in the West Bank
        ("geonames:7303419", "PSE"),  # East Jerusalem
        ("geonames:694423", "UKR"),  # Sevastopol
    ],
)
def test_a_town_at_its_border_is_not_put_abroad(gazetteer: Gazetteer, borders: Borders, key: str, country: str) -> None:
    """Outlines are simplified; some 600 towns and bases came to lie in the neighbouring country."""
    entry = gazetteer.entry(key)
    assert entry is not None
    assert borders.seen([entry.place])[entry.place].countries == (country,)


def test_a_town_at_a_disputed_border_follows_the_point_of_view(
    gazetteer: Gazetteer, borders: Borders, held: Borders
) -> None:
    entry = gazetteer.entry("geonames:713203")  # Armyansk, on the isthmus of Crimea
    assert entry is not None
    assert borders.seen([entry.place])[entry.place].countries == ("UKR",)
    assert held.seen([entry.place])[entry.place].countries == ("RUS",)


DISPUTED = (
    "Abkhazia", "Aksai Chin", "Crimea", "Golan Heights", "Indian-administered Kashmir", "Kosovo", "Northern Cyprus",
    "Pakistan-administered Kashmir", "South Ossetia", "Taiwan", "Transnistria", "Western Sahara",
)  # fmt: skip


@pytest.mark.parametrize("name", DISPUTED)
def test_a_disputed_area_is_drawn_and_found_as_disputed(gazetteer: Gazetteer, borders: Borders, name: str) -> None:
    """The map has its outline apart, to be dashed, under the name; a place of that name says it is disputed."""
    drawn = json.loads((STATIC / "made" / "disputed.geojson").read_text("utf-8"))
    assert [f["properties"]["name"] for f in drawn["features"]].count(name) == 1
    places = [entry.place for entry in gazetteer.candidates(name)[:1]]
    assert [place.disputed for place in borders.seen(places).values()] == [name]


def test_kashmir_as_a_whole_is_disputed_and_nobodys_alone(gazetteer: Gazetteer, borders: Borders) -> None:
    place = gazetteer.candidates("Kashmir")[0].place
    seen = borders.seen([place])[place]
    assert seen.countries == ("IND", "PAK") and seen.disputed == "Kashmir"


def test_towns_of_kashmir_are_disputed_on_both_sides(gazetteer: Gazetteer, borders: Borders) -> None:
    for name, country in (("Srinagar", "IND"), ("Kargil", "IND"), ("Muzaffarabad", "PAK"), ("Skardu", "PAK")):
        place = gazetteer.candidates(name, kinds=["city"], countries=[country])[0].place
        seen = borders.seen([place])[place]
        assert seen.countries == (country,) and seen.disputed and seen.disputed.endswith("Kashmir"), name


def test_nothing_to_assign(borders: Borders) -> None:
    assert borders.assign([]) == []


def test_missing_borders_name_the_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"borders\.fgb"):
        Borders.load(tmp_path)


def test_few_points_and_many_are_answered_alike(borders: Borders) -> None:
    """Few points ask the index of the areas, many one of their own: the two ways must not differ."""
    random = np.random.default_rng(0)
    lat, lon = np.degrees(np.arcsin(random.uniform(-1, 1, 900))), random.uniform(-180, 180, 900)
    many = borders.locate(lat, lon)
    few = borders.locate(lat[:300], lon[:300])
    assert many.iloc[:300].equals(few)
