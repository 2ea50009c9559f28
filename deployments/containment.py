"""Whether one place is part of another, as far as names, countries and extents tell. Pure."""

from __future__ import annotations

import math
from functools import lru_cache

from records import Place

_EARTH_KM = 6371.0


def is_spot(place: Place) -> bool:
    return place.kind in ("city", "base")


@lru_cache(maxsize=65536)
def lies_in(inner: Place, outer: Place) -> bool:
    """Whether one place is part of another, as far as their countries, names and extents tell; a port is on its sea."""
    if outer.kind == "sea":
        washed = inner.kind == "sea" or bool(set(inner.countries) & set(outer.littoral))
        return washed and distance_km(inner, outer) + (inner.radius_km if inner.kind == "sea" else 0) <= outer.radius_km
    if inner.kind == "sea" or is_spot(outer) or not set(inner.countries) & set(outer.countries):
        return False
    if outer.kind == "country":
        return True
    if outer.kind == "admin1" and inner.admin1 and inner.kind != "admin1":
        return inner.admin1 == outer.name
    return inner.kind != "country" and distance_km(inner, outer) <= outer.radius_km


def distance_km(a: Place, b: Place) -> float:
    """Along the great circle (haversine)."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    lat, lon = lat_b - lat_a, math.radians(b.lon - a.lon)
    half = math.sin(lat / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(lon / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
