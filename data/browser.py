"""Outlines for the map in the browser: GeoJSON, coarse enough to be fetched once and drawn at once."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from data.entries import Entry

DATA = Path(__file__).resolve().parent


def write(
    made: Path,
    borders: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    outlined: list[Entry],
    coasts: list[tuple[str, str, shapely.Geometry]],
) -> None:
    """Write countries per point of view, disputed areas, seas with regions and ``coasts``, and first-level areas.

    Every feature has ``id`` (ISO 3166-1 code or the gazetteer's id) and ``name``; longitude before latitude.
    """
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as file:
        names = {row["iso3"]: row["name"] for row in csv.DictReader(file)}
    coarse = shapely.coverage_simplify(borders.geometry.to_numpy(), 0.09)
    for view in ("un", "de_facto"):
        codes = borders[view].to_numpy()
        features = [
            (code, names[code], shapely.union_all(shapely.make_valid(coarse[codes == code])))
            for code in sorted(set(codes))
        ]
        _save(made / f"countries-{view}.geojson", features, 3)
    disputed = borders.disputed.to_numpy() != ""
    _save(
        made / "disputed.geojson",
        ((name, name, shape) for name, shape in zip(borders.disputed[disputed], coarse[disputed], strict=True)),
        3,
    )
    named = [entry for entry in outlined if entry.kind != "country" and not entry.key.startswith("admin1:")]
    drawn = [*((entry.key, entry.name, entry.shape) for entry in named), *coasts]
    _save(made / "areas.geojson", ((key, name, shapely.simplify(shape, 0.08)) for key, name, shape in drawn), 2)
    _save(
        made / "admin1.geojson",
        zip(
            "admin1:" + areas["id"],
            areas["name"],
            shapely.coverage_simplify(areas.geometry.to_numpy(), 0.15),
            strict=True,
        ),
        2,
    )


def _save(path: Path, features: Iterable[tuple[str, str, Any]], digits: int) -> None:
    """Write features (id, name, shape) as GeoJSON, in one step."""
    rows = [
        {"type": "Feature", "id": id, "properties": {"id": id, "name": name}, "geometry": _rounded(shape, digits)}
        for id, name, shape in features
        if not shape.is_empty
    ]
    text = json.dumps({"type": "FeatureCollection", "features": rows}, ensure_ascii=False, separators=(",", ":"))
    fresh = path.with_suffix(f".making-{os.getpid()}")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def _rounded(shape: shapely.Geometry, digits: int) -> dict[str, Any]:
    """A polygon or several as GeoJSON; rings that rounding would collapse are left out, but never the largest."""
    polygons: list[list[Any]] = []
    parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    for part in parts:
        if part.geom_type != "Polygon":
            continue
        rings = [np.round(shapely.get_coordinates(ring), digits).tolist() for ring in (part.exterior, *part.interiors)]
        rings = [ring for number, ring in enumerate(rings) if number == 0 or len({tuple(p) for p in ring}) > 3]
        if not polygons or len({tuple(point) for point in rings[0]}) > 2:
            polygons.append(rings)
    return {"type": "MultiPolygon", "coordinates": polygons}
