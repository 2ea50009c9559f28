"""Which country, first-level area and sea a place lies in, by a stated point of view.

Joins are geopandas' and shapely's, over all points at once and with a spatial index. ``un`` follows resolutions of
the UN General Assembly (Crimea in Ukraine, 68/262; the Golan in Syria, 36/226 B), ``de_facto`` who holds the ground.
Neither is a claim of ours; ``disputed`` names the area wherever maps disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from errors import DataError
from records import Place, Placement

PointOfView = Literal["un", "de_facto"]

COAST_KM = 22.224  # twelve nautical miles: the territorial sea of UNCLOS, article 3
KM_PER_DEGREE = 111.195
SHORE_DEGREES = 0.1  # outlines are simplified: a sea is washed by what lies within that of it
COARSE_KM = 5.0  # outlines are simplified to about two kilometres, and a town is more than its point
# Settlements in the West Bank, which GeoNames has in Israel: there the outline is the point of view.
OUTLINE_DECIDES = {("ISR", "PSE")}
POINTS = ("city", "base")
FEW = 500  # points; an article has fewer, and asks the index that is ready rather than one made for it

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
Points = npt.NDArray[np.object_]


class Borders:
    """Countries, first-level areas and seas, ready to be asked about many points at once."""

    def __init__(
        self, countries: gpd.GeoDataFrame, admin1: gpd.GeoDataFrame, seas: gpd.GeoDataFrame, point_of_view: PointOfView
    ) -> None:
        self.point_of_view = point_of_view
        self._countries = countries.assign(iso3=countries[point_of_view])
        self._seen_otherwise = frozenset(countries.disputed[countries.un != countries.de_facto])
        # A bay is told from the ocean that it is drawn over: the smaller comes first.
        self._seas = seas = seas.iloc[np.argsort(shapely.area(seas.geometry.to_numpy()))].reset_index(drop=True)
        self._admin1 = admin1
        self._land = self._countries.sindex
        self._coasts = lru_cache(maxsize=None)(self._littoral)

    @classmethod
    def load(cls, data: Path, point_of_view: PointOfView = "un") -> Borders:
        """Read the borders from the folder that ``data/convert.py`` fills. Raises DataError where a file is missing."""
        frames: dict[str, gpd.GeoDataFrame] = {}
        for name in ("borders", "admin1", "seas"):
            file = data / f"{name}.fgb"
            if not file.is_file():
                raise DataError(f"{file} is missing; take it from the project again, or see data/README.md")
            frames[name] = gpd.read_file(file)
        return cls(frames["borders"], frames["admin1"], frames["seas"], point_of_view)

    def locate(self, lat: Floats, lon: Floats) -> pd.DataFrame:
        """Where points lie, in their order. Degrees of WGS 84.

        Columns: ``country`` (ISO 3166-1 alpha-3, empty on the open sea), ``admin1`` (name), ``sea`` (name, on water),
        ``disputed`` (the area's name), ``offshore_km`` (0 on land; up to 12 nautical miles the nearest country counts).
        """
        points = shapely.points(lon, lat)
        land = _first_around(points, self._countries)
        offshore_km = np.zeros(len(points))
        afloat = np.flatnonzero(land < 0)
        self._nearest_coast(points, afloat, land, offshore_km)
        sea = np.full(len(points), -1)
        sea[afloat] = _first_around(points[afloat], self._seas)
        return pd.DataFrame(
            {
                "country": _values(self._countries.iso3, land),
                "admin1": _values(self._admin1["name"], _first_around(points, self._admin1)),
                "sea": _values(self._seas["name"], sea),
                "disputed": _values(self._countries.disputed, land),
                "offshore_km": offshore_km,
            }
        )

    def _nearest_coast(self, points: Points, afloat: Numbers, land: Numbers, offshore_km: Floats) -> None:
        """Give points on water to the country whose coast is nearest, within twelve nautical miles.

        Writes its row and the distance into ``land`` and ``offshore_km``.
        """
        if not len(afloat):
            return
        shapes, places = self._countries.geometry.to_numpy(), points[afloat]
        # A kilometre takes more degrees of longitude towards the poles: look as far as it may be, then measure.
        if len(places) < FEW:
            near, piece = self._land.query(places, predicate="dwithin", distance=_reach(shapely.get_y(places)))
        else:
            polewards = np.abs(shapely.bounds(shapes)[:, [1, 3]]).max(axis=1) + COAST_KM / KM_PER_DEGREE
            piece, near = shapely.STRtree(places).query(shapes, predicate="dwithin", distance=_reach(polewards))
        shore = shapely.get_point(shapely.shortest_line(shapes[piece], places[near]), 0)
        km = _km(shapely.get_coordinates(places[near]), shapely.get_coordinates(shore))
        table = pd.DataFrame({"point": afloat[near], "piece": piece, "km": km})
        table = table[table.km <= COAST_KM].sort_values("km", kind="stable").drop_duplicates("point")
        land[table.point] = table.piece
        offshore_km[table.point] = table.km.round(2)

    def assign(self, placements: Sequence[Placement]) -> list[Placement]:
        """Placements with country, first-level area, coasts and disputes by this point of view, in the same order.

        Towns and bases get the country they lie in or are nearest to, but keep their own where that is nearer than the
        outlines are exact; areas keep the countries they are made of, but for disputed ones, which go to whom the point
        of view gives them. Candidates are treated alike.
        """
        places = {c.place for p in placements for c in p.candidates} | {p.place for p in placements if p.place}
        seen = self.seen(places)
        return [
            replace(
                placement,
                place=seen[placement.place] if placement.place else None,
                candidates=tuple(replace(c, place=seen[c.place]) for c in placement.candidates),
            )
            for placement in placements
        ]

    def seen(self, places: Iterable[Place]) -> dict[Place, Place]:
        """Each place as this point of view has it; see ``assign``."""
        ordered = sorted(set(places), key=lambda place: (place.gazetteer_id, place.name))
        if not ordered:
            return {}
        where = self.locate(np.array([p.lat for p in ordered]), np.array([p.lon for p in ordered]))
        return {
            place: self._seen(place, row) for place, row in zip(ordered, where.itertuples(index=False), strict=True)
        }

    def _seen(self, place: Place, row: object) -> Place:
        country, admin1, disputed = (str(getattr(row, name)) for name in ("country", "admin1", "disputed"))
        offshore_km = float(getattr(row, "offshore_km"))  # noqa: B009  # a row of a frame has no types
        if place.kind in POINTS:
            if self._abroad(place, country, disputed):
                home = self._disputed_at_home(place, offshore_km)
                if home is not None:
                    return replace(place, disputed=home or place.disputed)
            own = (country,) if country else place.countries
            # The gazetteer knows the first-level area from more than the outlines, but only of its own country.
            area = place.admin1 if own == place.countries and place.admin1 else admin1
            return replace(place, countries=own, admin1=area or place.admin1, disputed=disputed or place.disputed)
        if place.kind == "sea":
            return replace(place, littoral=self.littoral(place.name) or place.littoral)
        if place.kind in ("admin1", "region") and len(place.countries) == 1 and disputed and place.radius_km < 500:
            return replace(place, countries=(country,), disputed=disputed)
        return place

    def _abroad(self, place: Place, country: str, disputed: str) -> bool:
        """Whether an outline puts a town into another country where outlines do not hold a point of view."""
        if not country or not place.countries or country in place.countries or disputed in self._seen_otherwise:
            return False
        return (place.countries[0], country) not in OUTLINE_DECIDES

    def _disputed_at_home(self, place: Place, offshore_km: float) -> str | None:
        """The disputed area, if any, of its own country that a town lies in; None for a town that is abroad indeed.

        At home is what lies nearer to its country than outlines are exact (El Paso, Goma and Narva once were abroad),
        or on an island that they leave out (Matsu).
        """
        if offshore_km:
            return ""
        km = max(COARSE_KM, place.radius_km) if place.kind == "base" else COARSE_KM
        reach = float(_reach(np.array([place.lat]), km)[0])
        point = shapely.Point(place.lon, place.lat)
        near = self._countries.iloc[self._land.query(point, predicate="dwithin", distance=reach)]
        near = near[near.iso3.isin(place.countries)]
        if near.empty:
            return None
        return str(near.disputed.iloc[int(np.argmin(shapely.distance(point, near.geometry.to_numpy())))])

    def littoral(self, sea: str) -> tuple[str, ...]:
        """The countries on a sea's coast, by its name in seas.fgb; empty for what is no whole sea there."""
        return self._coasts(sea)

    def _littoral(self, sea: str) -> tuple[str, ...]:
        shapes = self._seas.geometry.to_numpy()[(self._seas["name"] == sea).to_numpy()]
        pieces = {
            int(i) for shape in shapes for i in self._land.query(shape, predicate="dwithin", distance=SHORE_DEGREES)
        }
        return tuple(sorted({str(self._countries.iso3.iloc[i]) for i in pieces}))


def _first_around(points: Points, areas: gpd.GeoDataFrame) -> Numbers:
    """The row of the area that each point lies in, on a shared line the first one; -1 for none."""
    if len(points) < FEW:
        point, area = areas.sindex.query(points, predicate="intersects")
    else:
        # The areas ask: then it is they, with their many corners, that are prepared, and not the points.
        area, point = shapely.STRtree(points).query(areas.geometry.to_numpy(), predicate="intersects")
    first = np.full(len(points), len(areas))
    np.minimum.at(first, point, area)
    return np.where(first == len(areas), -1, first)


def _values(column: pd.Series, rows: Numbers) -> npt.NDArray[np.object_]:
    """A column's values at rows, empty where the row is -1."""
    return np.append(column.to_numpy(dtype=object), "")[rows]


def _reach(lat: Floats, km: float = COAST_KM) -> Floats:
    """Degrees of longitude that hold a distance at a latitude; by default the territorial sea."""
    return np.asarray(km / KM_PER_DEGREE / np.cos(np.radians(np.minimum(np.abs(lat), 85.0))))


def _km(one: Floats, other: Floats) -> Floats:
    """Great-circle distances between paired (longitude, latitude) rows."""
    x1, y1, x2, y2 = (np.radians(column) for column in (one[:, 0], one[:, 1], other[:, 0], other[:, 1]))
    half = np.sin((y2 - y1) / 2) ** 2 + np.cos(y1) * np.cos(y2) * np.sin((x2 - x1) / 2) ** 2
    return np.asarray(2 * 6371.0088 * np.arcsin(np.sqrt(np.clip(half, 0, 1))))
