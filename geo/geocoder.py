"""A geopy geocoder that needs no network: ``geocode`` and ``reverse`` as geopy's users know them.

Of use to anyone, without the rest of Garrison::

    geocoder = OfflineGeocoder("var/gazetteer.sqlite", borders=Borders.load(Path("data")))
    geocoder.geocode("Mihail Kogălniceanu", country_codes="ROU")
    geocoder.reverse((43.2, 34.0)).address  # "Black Sea"
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np
from geopy.adapters import BaseSyncAdapter
from geopy.distance import great_circle
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.gazetteer import Entry, Gazetteer
from geo.resolve import ranked
from records import PLACE_KINDS, Place, PlaceKind

if TYPE_CHECKING:
    from geo.borders import Borders

REACHES_KM = (10.0, 50.0, 200.0)  # how far around a point a town is looked for, nearest first
COARSE_KM = 3.0  # outlines are simplified to about two kilometres: so near to them a point may lie on either side
EDGE = 179.999  # some outlines end just short of the antimeridian
CONTAINERS: tuple[PlaceKind, ...] = ("country", "admin1", "region")
POINTS: tuple[PlaceKind, ...] = ("city", "base")


class NoNetwork(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """An adapter that refuses: should anything ever ask it, it is a fault, and no request leaves the machine."""

    def _refuse(self, url: str) -> NoReturn:
        raise GeocoderServiceError(f"the offline geocoder asks no server, so not {url}")

    def get_text(self, url: str, *, timeout: float | None, headers: dict[str, str]) -> NoReturn:  # noqa: ARG002
        self._refuse(url)

    def get_json(self, url: str, *, timeout: float | None, headers: dict[str, str]) -> NoReturn:  # noqa: ARG002
        self._refuse(url)


class OfflineGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Looks names up in Garrison's gazetteer, and points in its borders.

    ``Location.raw`` holds gazetteer_id, name, kind, countries (ISO 3166-1 alpha-3), admin1, radius_km (how far from
    the point the place may reach), and where they apply disputed, littoral, score (of ``geocode``: share of belief
    among places of that name), resembles (True where no place is spelt like the query), distance_km and lies_in (of
    ``reverse``: how far the place is from the point, 0 for an area around it, and what the point itself lies in).
    """

    def __init__(
        self,
        gazetteer: Gazetteer | Path | str,
        *,
        borders: Borders | None = None,
        timeout: float | None = DEFAULT_SENTINEL,
        user_agent: str | None = None,
    ) -> None:
        """:param gazetteer: the file that ``garrison prepare`` makes, or one that is open.
        :param borders: outlines by a point of view. Without them countries are the gazetteer's, by the point of view
            ``un``, and ``reverse`` knows no areas and no seas.
        :param timeout: taken, as ``user_agent``, for likeness with geopy's other geocoders; nothing is waited for.

        Raises errors.DataError, a RuntimeError, where the gazetteer is missing or damaged.
        """
        super().__init__(timeout=timeout, user_agent=user_agent, adapter_factory=NoNetwork)
        self.gazetteer = gazetteer if isinstance(gazetteer, Gazetteer) else Gazetteer(Path(gazetteer))
        self.borders = borders

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        country_codes: str | Iterable[str] | None = None,
        kinds: PlaceKind | Iterable[PlaceKind] | None = None,
        limit: int | None = None,
        timeout: float | None = DEFAULT_SENTINEL,  # noqa: ARG002  # geopy's callers pass it to any geocoder
    ) -> Location | list[Location] | None:
        """The place a name means, or with ``exactly_one=False`` all that bear it; None where none does.

        :param query: a name, with what encloses it after commas: ``"Paris, Texas"``.
        :param exactly_one: return one Location, else a list, the likeliest first.
        :param country_codes: ISO 3166-1 alpha-3 codes to keep, one or several.
        :param kinds: kinds of place to keep, as ``records.PLACE_KINDS``, one or several.
        :param limit: how many to return at most, with ``exactly_one=False``.

        Raises geopy.exc.GeocoderQueryError for a query that holds no name, and for codes, kinds or a limit that
        there cannot be.
        """
        if not isinstance(query, str) or not query.strip():
            raise GeocoderQueryError(f"the query {query!r} holds no name; give a place's name")
        _check_limit(limit)
        found = self._ranked(query, self._countries(country_codes), _kinds(kinds))
        shown = found[: 1 if exactly_one else limit]
        return _answer([self._location(entry, score=score) for entry, score in shown], exactly_one)

    def reverse(
        self,
        query: Point | tuple[float, float] | str,
        *,
        exactly_one: bool = True,
        kinds: PlaceKind | Iterable[PlaceKind] | None = None,
        limit: int | None = 10,
        timeout: float | None = DEFAULT_SENTINEL,  # noqa: ARG002
    ) -> Location | list[Location] | None:
        """The town or base nearest to a point, at sea the sea; with ``exactly_one=False`` also what follows.

        Towns and bases come by distance, none from farther than 200 km, and with borders after them the first-level
        area, the country and the sea that the point lies in; at sea the sea comes first. None where nothing is found.

        :param query: a geopy Point, latitude and longitude in degrees, or ``"%(latitude)s, %(longitude)s"``.
        :param kinds: kinds of place to keep, one or several: ``"country"`` asks for the country alone.
        :param limit: how many to return at most, with ``exactly_one=False``.

        Raises ValueError for what is no point, as geopy does.
        """
        point = query if isinstance(query, Point) else Point(query)
        _check_limit(limit)
        kept = _kinds(kinds) or frozenset(PLACE_KINDS)
        around = self.lies_in(point)
        near, land, sea = self._near(point, kept), self._land(point, around, kept), self._sea(around, kept)
        afloat = around and (not around["country"] or around["offshore_km"] > COARSE_KM)
        found = [*sea, *near, *land] if afloat else [*near, *land, *sea]
        extra = {"lies_in": around} if around else {}
        shown = found[: 1 if exactly_one else limit]
        return _answer([self._location(entry, distance_km=round(km, 2), **extra) for km, entry in shown], exactly_one)

    def lies_in(self, point: Point) -> dict[str, Any]:
        """What a point lies in: country, admin1, sea, disputed (names, empty for none), offshore_km and maybe.

        Within twelve nautical miles off a coast the country is the nearest one. ``maybe`` holds the countries across a
        border so near that outlines as coarse as ours may have put the point on the wrong side. Empty without borders.
        """
        if self.borders is None:
            return {}
        circle = [
            great_circle(kilometers=COARSE_KM).destination(point, bearing=bearing) for bearing in range(0, 360, 45)
        ]
        points = [point, *circle]
        lat, lon = np.array([p.latitude for p in points]), np.array([p.longitude for p in points])
        found = self.borders.locate(lat, np.clip(lon, -EDGE, EDGE))
        here, land = found.iloc[0], found[found.offshore_km == 0]
        maybe = sorted(set(land.country) - {"", here.country}) if here.offshore_km == 0 else []
        names = {name: str(here[name]) for name in ("country", "admin1", "sea", "disputed")}
        return {**names, "offshore_km": float(here.offshore_km), "maybe": maybe}

    def _countries(self, codes: str | Iterable[str] | None) -> frozenset[str] | None:
        if codes is None:
            return None
        wanted = frozenset(code.upper() for code in ([codes] if isinstance(codes, str) else codes))
        for code in sorted(wanted):
            if self.gazetteer.entry(f"country:{code}") is None:
                raise GeocoderQueryError(f"{code!r} is no country code; give ISO 3166-1 alpha-3, as POL")
        return wanted

    def _ranked(
        self, query: str, countries: frozenset[str] | None, kinds: frozenset[PlaceKind] | None
    ) -> list[tuple[Entry, float]]:
        """A name may hold commas itself ("Washington, D.C."): it is tried whole before it is taken apart."""
        whole = self._candidates(query, countries, kinds)
        name, *outer = (part.strip() for part in query.split(","))
        if whole or not outer:
            return ranked(whole or self._candidates(name, countries, kinds, fuzzy=True))
        entries = self._candidates(name, countries, kinds, fuzzy=True)
        containers = [self.gazetteer.candidates(part, kinds=CONTAINERS) for part in outer if part]
        return ranked(entries, [found for found in containers if found])

    def _candidates(
        self, name: str, countries: frozenset[str] | None, kinds: frozenset[PlaceKind] | None, *, fuzzy: bool = False
    ) -> list[Entry]:
        """Countries are compared last: a name that is right elsewhere is no misspelling of another one here."""
        found = self._as_seen(self.gazetteer.candidates(name, kinds=kinds, fuzzy=fuzzy))
        return [entry for entry in found if countries is None or not countries.isdisjoint(entry.place.countries)]

    def _as_seen(self, entries: list[Entry]) -> list[Entry]:
        """Entries in disputed areas as the point of view has them; elsewhere the gazetteer's country is the surer."""
        if self.borders is None:
            return entries
        seen = self.borders.seen(entry.place for entry in entries)
        return [replace(entry, place=seen[entry.place]) if seen[entry.place].disputed else entry for entry in entries]

    def _near(self, point: Point, kinds: frozenset[PlaceKind]) -> list[tuple[float, Entry]]:
        """Towns and bases within the smallest reach that holds any, by distance in km."""
        if kinds.isdisjoint(POINTS):
            return []
        for reach in REACHES_KM:
            entries = self.gazetteer.around(point.latitude, point.longitude, reach)
            wanted = [entry for entry in entries if entry.place.kind in kinds]
            measured = ((_km(point, entry), entry) for entry in wanted)
            # The box has corners that reach farther than its sides.
            inside = sorted((found for found in measured if found[0] <= reach), key=_nearest_first)
            if inside:
                return list(zip((km for km, _ in inside), self._as_seen([entry for _, entry in inside]), strict=True))
        return []

    def _land(self, point: Point, around: dict[str, Any], kinds: frozenset[PlaceKind]) -> list[tuple[float, Entry]]:
        found = []
        if "admin1" in kinds and around.get("admin1"):
            named = self.gazetteer.candidates(around["admin1"], kinds=["admin1"])
            found += [entry for entry in named if _in_box(point, entry)][:1]
        if "country" in kinds and around.get("country"):
            found += [entry for entry in [self.gazetteer.entry(f"country:{around['country']}")] if entry]
        return [(0.0, entry) for entry in found]

    def _sea(self, around: dict[str, Any], kinds: frozenset[PlaceKind]) -> list[tuple[float, Entry]]:
        if "sea" not in kinds or not around.get("sea"):
            return []
        return [(0.0, entry) for entry in self.gazetteer.candidates(around["sea"], kinds=["sea"], limit=1)]

    def _location(self, entry: Entry, **extra: Any) -> Location:
        place = self._sure(entry)
        raw: dict[str, Any] = {
            "gazetteer_id": place.gazetteer_id,
            "name": place.name,
            "kind": place.kind,
            "countries": list(place.countries),
            "admin1": place.admin1,
            "radius_km": place.radius_km,
        }
        if place.disputed:
            raw["disputed"] = place.disputed
        if place.littoral:
            raw["littoral"] = list(place.littoral)
        if entry.rank == 4:
            raw["resembles"] = True
        return Location(self._address(place), (place.lat, place.lon), raw | extra)

    def _sure(self, entry: Entry) -> Place:
        """Without a first-level area of another country: Narva, nearer to the border than outlines are exact."""
        place, area = entry.place, self.gazetteer.entry(entry.area) if entry.area else None
        abroad = area is not None and set(area.place.countries).isdisjoint(place.countries)
        return replace(place, admin1=None) if abroad else place

    def _address(self, place: Place) -> str:
        countries = [self.gazetteer.entry(f"country:{code}") for code in place.countries[:1]]
        parts = [place.name, place.admin1, *(country.place.name for country in countries if country)]
        return ", ".join(dict.fromkeys(part for part in parts if part))


def _check_limit(limit: int | None) -> None:
    if limit is not None and limit < 1:
        raise GeocoderQueryError(f"limit {limit} is too small; give 1 or more, or None")


def _kinds(kinds: str | Iterable[str] | None) -> frozenset[PlaceKind] | None:
    if kinds is None:
        return None
    wanted = frozenset([kinds] if isinstance(kinds, str) else kinds)
    if unknown := sorted(wanted - set(PLACE_KINDS)):
        raise GeocoderQueryError(f"{unknown[0]!r} is no kind of place; choose from {', '.join(PLACE_KINDS)}")
    return frozenset(kind for kind in PLACE_KINDS if kind in wanted)


def _answer(locations: list[Location], exactly_one: bool) -> Location | list[Location] | None:
    """As geopy answers: nothing found is None, never an empty list."""
    if not locations:
        return None
    return locations[0] if exactly_one else locations


def _km(point: Point, entry: Entry) -> float:
    return float(great_circle((point.latitude, point.longitude), (entry.place.lat, entry.place.lon)).kilometers)


def _nearest_first(found: tuple[float, Entry]) -> tuple[float, float]:
    return found[0], -found[1].weight


def _in_box(point: Point, entry: Entry) -> bool:
    if entry.box is None:
        return True
    west, south, east, north = entry.box
    return south <= point.latitude <= north and (west <= point.longitude <= east or point.longitude in (-180.0, 180.0))
