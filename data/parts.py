"""Parts of areas that news speaks of: "eastern Ukraine", "off Somalia", "the border of Poland and Belarus"."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import geopandas as gpd
import numpy as np
import shapely

from data.entries import Entry, extent_km, mainland

DIAGONAL = math.sqrt(0.5)
BEARINGS: dict[str, tuple[float, float]] = {
    "north": (0, 1),
    "northeast": (DIAGONAL, DIAGONAL),
    "east": (1, 0),
    "southeast": (DIAGONAL, -DIAGONAL),
    "south": (0, -1),
    "southwest": (-DIAGONAL, -DIAGONAL),
    "west": (-1, 0),
    "northwest": (-DIAGONAL, DIAGONAL),
}
COAST_DEGREES = 0.9  # about 100 km: how far off a coast "off the coast" is taken to reach
ASHORE_DEGREES = (
    0.3  # a dot for waters keeps so far from the coast, where they are wide enough: off Spain is not Valencia
)
SHARE = 0.45  # "eastern" is that much of the way across, counted from the east

Strip = tuple[Entry, str, shapely.Geometry]  # the entry, the side of it ("" all around), the waters there
Part = tuple[str, str, str, float, float, float]  # key, relation, bearing, latitude, longitude, radius in km


def _beyond(shape: shapely.Geometry, bearing: tuple[float, float]) -> shapely.Geometry:
    """The end of a shape that lies in a direction."""
    x, y = bearing
    west, south, east, north = shape.bounds
    middle = np.array([(west + east) / 2, (south + north) / 2])
    corners = shapely.get_coordinates(shapely.convex_hull(shape)) - middle
    along = corners @ np.array([x, y])
    start = along.max() - SHARE * (along.max() - along.min())
    far = 400.0
    a, b = np.array([x, y]), np.array([-y, x])
    ring = [middle + a * start + b * far, middle + a * far + b * far, middle + a * far - b * far]
    ring.append(middle + a * start - b * far)
    return shape.intersection(shapely.Polygon(ring))


def _placed(key: str, relation: str, bearing: str, shape: shapely.Geometry) -> Part | None:
    if shape.is_empty:
        return None
    point, inner = shape.centroid, shape
    if relation == "off" and not (deep := shape.buffer(-ASHORE_DEGREES, quad_segs=4)).is_empty:
        inner = deep
    if not inner.contains(point):
        point = shapely.get_point(shapely.shortest_line(point, inner), 1)
    return key, relation, bearing, point.y, point.x, extent_km(shape, point.y, point.x)


def parts(entries: Sequence[Entry]) -> Iterator[Part]:
    """The eight sides and the middle of every area that has an outline."""
    for entry in entries:
        if entry.shape is None or entry.shape.is_empty or _is_small(entry):
            continue
        shape = mainland(shapely.simplify(entry.shape, 0.05))
        if shape.is_empty:
            continue
        for bearing, direction in BEARINGS.items():
            if part := _placed(entry.key, "part", bearing, _beyond(shape, direction)):
                yield part
        yield entry.key, "part", "central", entry.lat, entry.lon, entry.radius_km / 2


def _is_small(entry: Entry) -> bool:
    """A district or a borough: its sides are seldom spoken of, and a shifted circle says them well enough."""
    return entry.kind == "admin1" and entry.radius_km < 60


def placed_coasts(strips: Sequence[Strip]) -> Iterator[Part]:
    """Where the waters off each coast lie."""
    for entry, bearing, strip in strips:
        if part := _placed(entry.key, "off", bearing, strip):
            yield part


def outlined_coasts(strips: Sequence[Strip]) -> Iterator[tuple[str, str, shapely.Geometry]]:
    """Id, name and outline of the waters all around countries, to be drawn: a circle would cover the land."""
    for entry, bearing, strip in strips:
        if not bearing and entry.kind == "country":
            on_the_map = shapely.clip_by_rect(strip, -180, -90, 180, 90)
            yield f"{entry.key}#off:", f"off the coast of {entry.name}", on_the_map


def coasts(entries: Sequence[Entry], borders: gpd.GeoDataFrame, marine: gpd.GeoDataFrame) -> Iterator[Strip]:
    """Waters off the coast of countries, regions and first-level areas, all around and on each side."""
    wet = shapely.STRtree(marine.geometry.to_numpy())
    land = shapely.get_parts(shapely.simplify(borders.geometry.to_numpy(), 0.1))
    tree = shapely.STRtree(land)
    for entry in entries:
        if entry.kind == "sea" or entry.shape is None or entry.shape.is_empty or _is_small(entry):
            continue
        shape = mainland(shapely.simplify(entry.shape, 0.1))
        if not len(wet.query(shape, predicate="dwithin", distance=0.1)):
            continue
        around = shape.buffer(COAST_DEGREES, quad_segs=4)
        near = shapely.clip_by_rect(land[tree.query(around)], *around.bounds)
        strip = around.difference(shapely.union_all(shapely.make_valid(near)))
        # Lakes, and what simplified outlines leave between two countries, are no coast.
        strip = shapely.MultiPolygon([part for part in shapely.get_parts(strip) if part.area > 0.2])
        if strip.is_empty:
            continue
        yield entry, "", strip
        for bearing, direction in BEARINGS.items():
            yield entry, bearing, _beyond(strip, direction)


def shared_borders(borders: gpd.GeoDataFrame) -> Iterator[tuple[str, str, float, float, float]]:
    """The land border that two countries share, as a point on it and the radius that covers it, both ways."""
    by_country = borders.dissolve("un").geometry
    shapes = by_country.to_numpy()
    tree = shapely.STRtree(shapes)
    left, right = tree.query(shapes, predicate="dwithin", distance=0.02)
    for i, j in zip(left, right, strict=True):
        if i == j:
            continue
        line = shapely.intersection(shapely.boundary(shapes[i]), shapely.buffer(shapes[j], 0.03))
        if line.is_empty or line.length < 0.05:
            continue
        middle = shapely.get_point(shapely.shortest_line(line.centroid, line), 1)
        radius = extent_km(line, middle.y, middle.x)
        yield by_country.index[i], by_country.index[j], middle.y, middle.x, radius
