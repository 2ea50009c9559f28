"""A geopy geocoder that needs no network: ``geocode`` and ``reverse`` as geopy's users know them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from geopy.adapters import BaseSyncAdapter
from geopy.distance import great_circle
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.gazetteer import Entry, Gazetteer
from geo.resolve import ranked
from records import PlaceKind

REACHES_KM = (10.0, 50.0, 200.0)  # how far around a point a town is looked for, nearest first
CONTAINERS: tuple[PlaceKind, ...] = ("country", "admin1", "region")


class NoNetwork(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """An adapter that refuses: should anything ever ask it, it is a fault, and no request leaves the machine."""

    def _refuse(self, url: str) -> NoReturn:
        raise GeocoderServiceError(f"the offline geocoder asks no server, so not {url}")

    def get_text(self, url: str, *, timeout: float | None, headers: dict[str, str]) -> NoReturn:  # noqa: ARG002
        self._refuse(url)

    def get_json(self, url: str, *, timeout: float | None, headers: dict[str, str]) -> NoReturn:  # noqa: ARG002
        self._refuse(url)


class OfflineGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Looks names up in Garrison's gazetteer. May be used by anyone, without the rest of Garrison.

    ``Location.raw`` holds gazetteer_id, name, kind, countries (ISO 3166-1 alpha-3), admin1, radius_km (how far from
    the point the place may reach), score (share of belief among places of that name), and where they apply disputed,
    littoral, distance_km (of ``reverse``) and resembles (True where the query is spelt like no place exactly).
    """

    def __init__(self, gazetteer: Gazetteer | Path, *, timeout: float | None = DEFAULT_SENTINEL) -> None:
        super().__init__(timeout=timeout, adapter_factory=NoNetwork)
        self.gazetteer = gazetteer if isinstance(gazetteer, Gazetteer) else Gazetteer(gazetteer)

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        country_codes: str | Iterable[str] | None = None,
        kinds: Iterable[PlaceKind] | None = None,
        limit: int | None = None,
        timeout: float | None = DEFAULT_SENTINEL,  # noqa: ARG002  # geopy's callers pass it to any geocoder
    ) -> Location | list[Location] | None:
        """The place a name means, or with ``exactly_one=False`` all that bear it; None where none does.

        :param query: a name, with what encloses it after commas: ``"Paris, Texas"``.
        :param exactly_one: return one Location, else a list.
        :param country_codes: ISO 3166-1 alpha-3 codes to keep, one or several.
        :param kinds: kinds of place to keep, as ``records.PLACE_KINDS``.
        :param limit: how many to return at most, with ``exactly_one=False``.
        :param timeout: taken for likeness with geopy's other geocoders; nothing is waited for.

        Raises geopy.exc.GeocoderQueryError for a query that holds no name.
        """
        if not isinstance(query, str) or not query.strip():
            raise GeocoderQueryError(f"the query {query!r} holds no name; give a place's name")
        if limit is not None and limit < 1:
            raise GeocoderQueryError(f"limit {limit} is too small; give 1 or more, or None")
        codes = [country_codes] if isinstance(country_codes, str) else country_codes
        wanted = None if codes is None else [code.upper() for code in codes]
        kept = None if kinds is None else list(kinds)
        found = self._ranked(query, wanted, kept)
        locations = [self._location(entry, score=score) for entry, score in found[: 1 if exactly_one else limit]]
        if not locations:
            return None
        return locations[0] if exactly_one else locations

    def reverse(
        self,
        query: Point | tuple[float, float] | str,
        *,
        exactly_one: bool = True,
        kinds: Iterable[PlaceKind] | None = None,
        limit: int | None = 10,
        timeout: float | None = DEFAULT_SENTINEL,  # noqa: ARG002
    ) -> Location | list[Location] | None:
        """The town or base nearest to a point, or several by distance; None farther than 200 km from any.

        :param query: a geopy Point, latitude and longitude in degrees, or ``"%(latitude)s, %(longitude)s"``.
        :param kinds: kinds to keep; only cities and bases are points.

        Raises ValueError for what is no point, as geopy does.
        """
        point = query if isinstance(query, Point) else Point(query)
        kept = None if kinds is None else set(kinds)
        for reach in REACHES_KM:
            near = [
                (great_circle((point.latitude, point.longitude), (entry.place.lat, entry.place.lon)).kilometers, entry)
                for entry in self.gazetteer.around(point.latitude, point.longitude, reach)
                if kept is None or entry.place.kind in kept
            ]
            # The box has corners that reach farther than its sides.
            inside = sorted((found for found in near if found[0] <= reach), key=_nearest_first)
            if inside:
                shown = inside[: 1 if exactly_one else limit]
                locations = [self._location(entry, distance_km=round(km, 2)) for km, entry in shown]
                return locations[0] if exactly_one else locations
        return None

    def _ranked(
        self, query: str, countries: list[str] | None, kinds: list[PlaceKind] | None
    ) -> list[tuple[Entry, float]]:
        """A name may hold commas itself ("Washington, D.C."): it is tried whole before it is taken apart."""
        whole = self.gazetteer.candidates(query, countries=countries, kinds=kinds)
        name, *outer = (part.strip() for part in query.split(","))
        if whole or not outer:
            return ranked(whole or self.gazetteer.candidates(name, countries=countries, kinds=kinds, fuzzy=True))
        entries = self.gazetteer.candidates(name, countries=countries, kinds=kinds, fuzzy=True)
        containers = [self.gazetteer.candidates(part, kinds=CONTAINERS) for part in outer if part]
        return ranked(entries, [found for found in containers if found])

    def _location(self, entry: Entry, **extra: Any) -> Location:
        place = entry.place
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
        return Location(self._address(entry), (place.lat, place.lon), raw | extra)

    def _address(self, entry: Entry) -> str:
        countries = [self.gazetteer.entry(f"country:{code}") for code in entry.place.countries[:1]]
        parts = [entry.place.name, entry.place.admin1, *(country.place.name for country in countries if country)]
        return ", ".join(dict.fromkeys(part for part in parts if part))


def _nearest_first(found: tuple[float, Entry]) -> tuple[float, float]:
    return found[0], -found[1].weight
