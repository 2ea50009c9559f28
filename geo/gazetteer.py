"""The gazetteer: names to places, from one SQLite file that is only ever read.

``data/build.py`` makes the file. Nothing of it is held in memory but what was asked for lately: SQLite maps it, and
the index of folded names finds a name in a fraction of a millisecond.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from pathlib import Path

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from errors import DataError
from geo.names import capitals, fold, spellings, without_kind, without_side
from records import Place, PlaceKind

REMEDY = "run: garrison prepare"
KM_PER_DEGREE = 111.2
MAPPED = 256 * 1024 * 1024
COLUMNS = (
    "places.id, key, name, kind, lat, lon, radius_km, countries, weight, admin1, area, littoral, disputed, feature, "
    "places.west, places.south, places.east, places.north"
)
# A typo is looked for among names that start alike; so many of them are compared at most.
COMPARED = 20_000
LOOKS_LIKE = 0.6  # share of letters that a name must have in common with one that is offered for it


@dataclass(frozen=True, slots=True)
class Entry:
    """A place as the gazetteer knows it.

    ``weight`` says how often the bare name means it, as the logarithm of a population. ``rank`` says how the name that
    was asked for belongs to it: 0 its name, 1 another established one, 2 an alternate, 3 its people's (Danish), 4 a
    name that only resembles it. ``area`` is the id of the first-level area around it, ``box`` west, south, east and
    north of its outline in degrees.
    """

    place: Place
    weight: float
    rank: int
    area: str
    feature: str
    box: tuple[float, float, float, float] | None


@dataclass(frozen=True, slots=True)
class Part:
    """Where a part of an area lies: a point in WGS 84 degrees and the radius in km that covers it."""

    lat: float
    lon: float
    radius_km: float


class Gazetteer:
    """Looks names up. Open one and keep it; it may be used from several threads."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise DataError(f"the gazetteer {path} is not there; {REMEDY}")
        try:
            # Read-only and unchanging: no locks, no journal, and the file may lie on a disk that cannot be written.
            self._connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?immutable=1", uri=True, check_same_thread=False
            )
            self._connection.execute(f"PRAGMA mmap_size={MAPPED}")
            self.version = str(self._connection.execute("SELECT version FROM meta").fetchone()[0])
        except (sqlite3.DatabaseError, TypeError) as fault:
            raise DataError(f"the gazetteer {path} is damaged or of another version ({fault}); {REMEDY}") from fault
        self._found = lru_cache(maxsize=20_000)(self._find)
        self._near = lru_cache(maxsize=2_000)(self._resembling)

    def candidates(
        self,
        name: str,
        *,
        kinds: Iterable[PlaceKind] | None = None,
        countries: Iterable[str] | None = None,
        fuzzy: bool = False,
        limit: int | None = None,
    ) -> list[Entry]:
        """Places that bear a name, those meant most often first; with ``fuzzy``, a misspelt one where none does.

        ``countries`` are ISO 3166-1 alpha-3 codes, ``kinds`` as in ``records.PlaceKind``; both keep what is named.
        """
        wanted_kinds = None if kinds is None else frozenset(kinds)
        wanted = None if countries is None else frozenset(countries)
        ways = (
            self._exactly,
            self._by_kind,
            self._by_side,
            lambda name: self._near(fold(name)) if fuzzy else (),
        )
        for way in ways:
            found = way(name)
            kept = [
                entry
                for entry in found
                if (wanted_kinds is None or entry.place.kind in wanted_kinds)
                and (wanted is None or not wanted.isdisjoint(entry.place.countries))
            ]
            if kept:
                return kept[:limit]
        return []

    def _exactly(self, name: str) -> tuple[Entry, ...]:
        letters = capitals(name)
        for form in spellings(name):
            found = tuple(entry for short, entry in self._found(form) if not short or letters in short.split("|"))
            if found:
                return found
        return ()

    def _by_kind(self, name: str) -> tuple[Entry, ...]:
        """ "Luhansk region", where no such entry is, is the area called Luhansk; "Tapa base" is at least at Tapa."""
        said = without_kind(name)
        if said is None:
            return ()
        bare, kind = said
        found = self._exactly(bare)
        right = tuple(entry for entry in found if entry.place.kind == kind)
        # "Red River" is not at a town called Red.
        return right or (found if kind else tuple(e for e in found if e.place.kind in ("region", "admin1", "country")))

    def _by_side(self, name: str) -> tuple[Entry, ...]:
        """ "Northeast Georgia" is at least in Georgia; "West Nile" is no side of the Nile."""
        found = self._exactly(without_side(name) or "")
        return tuple(entry for entry in found if entry.place.kind in ("country", "admin1", "city"))

    def _find(self, folded: str) -> tuple[tuple[str, Entry], ...]:
        rows = self._connection.execute(
            f"SELECT rank, capitals, {COLUMNS} FROM names JOIN places ON places.id = place WHERE folded = ?", (folded,)
        ).fetchall()
        entries = [(str(row[1]), _entry(row[2:], int(row[0]))) for row in rows]
        return tuple(sorted(entries, key=lambda item: (-likelihood(item[1]), item[1].place.gazetteer_id)))

    def _resembling(self, folded: str) -> tuple[Entry, ...]:
        """Places whose name differs by one letter, or two in a long name; the first three letters must be right."""
        if len(folded) < 5:
            return ()
        start = folded[:3]
        names = [
            str(row[0])
            for row in self._connection.execute(
                "SELECT DISTINCT folded FROM names WHERE folded >= ? AND folded < ? AND length(folded) BETWEEN ? AND ? "
                "AND rank < 2 LIMIT ?",
                (start, start + "\U0010ffff", len(folded) - 2, len(folded) + 2, COMPARED),
            )
        ]
        allowed = 1 if len(folded) < 9 else 2
        close = process.extract(folded, names, scorer=OSA.distance, score_cutoff=allowed, limit=8)
        if not close:
            return ()
        least = min(distance for _, distance, _ in close)
        entries = [
            entry
            for name, distance, _ in close
            if distance == least and fuzz.ratio(name, folded) > 75
            for short, entry in self._found(name)
            if not short
        ]
        entries = [_ranked(entry, 4) for entry in entries]
        return tuple(sorted(entries, key=lambda entry: (-likelihood(entry), entry.place.gazetteer_id)))

    def spelt_like(self, name: str, *, limit: int = 5) -> list[Entry]:
        """Places whose names look like a name that is none, for people to choose from; the first letter must be right.

        Looser than what ``candidates`` takes for a misspelling, and for nothing else than to be offered.
        """
        folded = fold(name)
        if not folded:
            return []
        names = [
            str(row[0])
            for row in self._connection.execute(
                "SELECT DISTINCT folded FROM names WHERE folded >= ? AND folded < ? AND length(folded) BETWEEN ? AND ? "
                "AND rank < 2",
                (folded[0], folded[0] + "\U0010ffff", len(folded) - 3, len(folded) + 3),
            )
        ]
        close = process.extract(folded, names, scorer=OSA.normalized_similarity, score_cutoff=LOOKS_LIKE, limit=20)
        found = [(-score, -likelihood(entry), entry) for name, score, _ in close for _, entry in self._found(name)[:1]]
        ordered = {entry.place.gazetteer_id: entry for _, _, entry in sorted(found, key=lambda item: item[:2])}
        return list(ordered.values())[:limit]

    def entry(self, gazetteer_id: str) -> Entry | None:
        """The entry of an id, or None."""
        row = self._connection.execute(f"SELECT {COLUMNS} FROM places WHERE key = ?", (gazetteer_id,)).fetchone()
        return _entry(row, 0) if row else None

    def part(self, gazetteer_id: str, relation: str, bearing: str) -> Part | None:
        """The part of an area on a side ("northeast", "central"), or with ``off`` the waters there ("" all around)."""
        row = self._connection.execute(
            "SELECT lat, lon, radius_km FROM parts WHERE key = ? AND relation = ? AND bearing = ?",
            (gazetteer_id, relation, bearing),
        ).fetchone()
        return Part(*row) if row else None

    def shared_border(self, country: str, other: str) -> Part | None:
        """The land border of two countries, or None where they do not meet."""
        row = self._connection.execute(
            "SELECT lat, lon, radius_km FROM shared_borders WHERE country = ? AND other = ?", (country, other)
        ).fetchone()
        return Part(*row) if row else None

    def around(self, lat: float, lon: float, km: float) -> list[Entry]:
        """Towns and bases in a box that reaches so far to each side of a point, over the antimeridian too."""
        tall = km / KM_PER_DEGREE
        wide = min(180.0, tall / max(cos(radians(min(89.9, abs(lat) + tall))), 0.01))
        spans = [(max(-180.0, lon - wide), min(180.0, lon + wide))]
        if lon - wide < -180:
            spans.append((lon - wide + 360, 180.0))
        if lon + wide > 180:
            spans.append((-180.0, lon + wide - 360))
        found = {}
        for west, east in spans:
            for row in self._connection.execute(
                f"SELECT {COLUMNS} FROM points JOIN places ON places.id = points.id "
                "WHERE points.north >= ? AND points.south <= ? AND points.east >= ? AND points.west <= ?",
                (lat - tall, lat + tall, west, east),
            ):
                found[row[0]] = _entry(row, 0)
        return list(found.values())


# What a name of each rank is worth against the place's weight: an alternate name needs a place forty times as large.
_RANK_COSTS = (0.0, 0.2, 1.6, 0.3, 1.5)


def likelihood(entry: Entry) -> float:
    """How likely the name that was asked for means this place, before any context."""
    return entry.weight - _RANK_COSTS[entry.rank]


def _entry(row: tuple[object, ...], rank: int) -> Entry:
    _, key, name, kind, lat, lon, radius, countries, weight, admin1, area, littoral, disputed, feature, *box = row
    place = Place(
        gazetteer_id=str(key),
        name=str(name),
        kind=kind,  # type: ignore[arg-type]  # the builder writes no other kinds
        lat=float(str(lat)),
        lon=float(str(lon)),
        radius_km=float(str(radius)),
        countries=tuple(str(countries).split("|")) if countries else (),
        admin1=str(admin1) or None,
        littoral=tuple(str(littoral).split("|")) if littoral else (),
        disputed=str(disputed) or None,
    )
    west, south, east, north = box
    outline = None if west is None else (float(str(west)), float(str(south)), float(str(east)), float(str(north)))
    return Entry(place, float(str(weight)), rank, str(area), str(feature), outline)


def _ranked(entry: Entry, rank: int) -> Entry:
    return Entry(entry.place, entry.weight, rank, entry.area, entry.feature, entry.box)
