"""An online geocoder before the offline one: asked only where somebody set it up, doubted, and done without at need.

The service is any of geopy's, asked through geopy's RateLimiter. Its answers are kept on disk, compared with the
gazetteer and the borders, and where it does not answer the gazetteer does, and says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from geopy.distance import great_circle
from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderServiceError,
    GeopyError,
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from errors import ServiceError
from geo.answers import Answer, Answers
from geo.geocoder import NoNetwork, OfflineGeocoder
from records import PlaceKind, fingerprint

SHOWN = 10  # places of an answer that are kept
FAR_KM = 100.0  # farther than that from all places of the name that the gazetteer knows, an answer is doubted
SAME_KM = 5.0  # so near to a place of that name it is the same one
REST_S = 60.0  # how long a service that failed is left alone, unless it says how long itself
KINDS_WANTED = "kinds were asked for, which services do not say alike; from the gazetteer"
#: What another request would not mend, and after a 429 would be rude.
FINAL = (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
)


class ServiceFailedError(GeocoderServiceError, ServiceError):  # type: ignore[misc]  # geopy has no types
    """The service failed, and the gazetteer knew nothing: not the same as nothing found."""


Found = list[tuple[str, float, float, Any]]  # as in geo.answers.Answer


class OnlineGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Asks a service first, and the gazetteer where that fails or knows nothing.

    ``Location.raw`` of a service's place holds source (the service's name), lies_in, countries (by our borders, more
    than one where a border is too near to be sure), reason, service (its own raw), and doubt where the place lies far
    from all that the gazetteer knows by that name; kind and radius_km are None, as services do not say them alike. A
    gazetteer's place has what OfflineGeocoder gives and, besides, source "gazetteer" and the reason why it was asked.
    """

    def __init__(
        self,
        service: Geocoder,
        offline: OfflineGeocoder,
        answers: Answers,
        *,
        name: str = "",
        delay_s: float = 1.0,
        retries: int = 1,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """:param service: any geocoder of geopy's, as ``geo.service.service_of`` makes it.
        :param name: what to call it; else its class's name in small letters.
        :param delay_s: seconds between two requests, and before another try.
        :param retries: how many more times it is asked after a fault that may pass.
        """
        super().__init__(adapter_factory=NoNetwork)
        self.service, self.offline, self.answers = service, offline, answers
        self.name = name or type(service).__name__.lower()
        self._clock, self._resting_until, self._fault = clock, float("-inf"), ""
        self._ask = RateLimiter(
            self._ask_once,
            min_delay_seconds=delay_s,
            error_wait_seconds=delay_s,
            max_retries=retries,
            swallow_exceptions=False,
        )

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        country_codes: str | Iterable[str] | None = None,
        kinds: PlaceKind | Iterable[PlaceKind] | None = None,
        limit: int | None = None,
        timeout: float | None = DEFAULT_SENTINEL,  # noqa: ARG002  # the service's own holds
    ) -> Location | list[Location] | None:
        """As ``OfflineGeocoder.geocode``: the service's places, then the gazetteer's.

        What lies in none of ``country_codes`` by the offline geocoder's borders is left out. Where ``kinds`` are given
        the gazetteer answers alone: services do not say kinds alike. Raises ServiceFailedError where the service fails
        and the gazetteer knows nothing either, GeocoderQueryError for what OfflineGeocoder refuses.
        """
        codes = [country_codes] if isinstance(country_codes, str) else country_codes
        codes = None if codes is None else [code.upper() for code in codes]
        # First, since it refuses what is no query, before anything is sent.
        own = self.offline.geocode(query, exactly_one=False, country_codes=codes, kinds=kinds) or []
        if kinds is not None:
            return _shown(self._from_gazetteer(own, KINDS_WANTED), exactly_one, limit)
        found, reason, fault = self._answer("geocode", self._worded(query, codes))
        if fault and not own:
            raise self._failed(fault)
        theirs = [self._checked(location, own) for location in found]
        kept = [one for one in theirs if codes is None or not set(codes).isdisjoint(one.raw["countries"])]
        if theirs and not kept:
            reason = f"what {self.name} answered lies outside {', '.join(codes or ())}; from the gazetteer"
        return _shown(self._ordered(kept, own, reason), exactly_one, limit)

    def reverse(
        self,
        query: Point | tuple[float, float] | str,
        *,
        exactly_one: bool = True,
        kinds: PlaceKind | Iterable[PlaceKind] | None = None,
        limit: int | None = 10,
        timeout: float | None = DEFAULT_SENTINEL,  # noqa: ARG002
    ) -> Location | list[Location] | None:
        """As ``OfflineGeocoder.reverse``: the service's places, then the gazetteer's."""
        point = query if isinstance(query, Point) else Point(query)
        own = self.offline.reverse(point, exactly_one=False, kinds=kinds, limit=limit) or []
        if kinds is not None:
            return _shown(self._from_gazetteer(own, KINDS_WANTED), exactly_one, limit)
        found, reason, fault = self._answer("reverse", f"{point.latitude:.6f},{point.longitude:.6f}")
        if fault and not own:
            raise self._failed(fault)
        here = (point.latitude, point.longitude)
        theirs = [self._told(location, _km(here, location), "from the point that was asked for") for location in found]
        return _shown(self._ordered(theirs, own, reason), exactly_one, limit)

    # Asking

    def _worded(self, query: str, codes: list[str] | None) -> str:
        """With the country's name, as all services understand it, where one is wanted: they take codes each its way."""
        country = self.offline.gazetteer.entry(f"country:{codes[0]}") if codes and len(codes) == 1 else None
        return f"{query.strip()}, {country.place.name}" if country else query.strip()

    def _answer(self, method: str, query: str) -> tuple[list[Location], str, GeopyError | None]:
        """The service's places, why there are no more of them, and what failed, if anything did."""
        server = (str(getattr(self.service, name, "")) for name in ("api", "domain"))
        key = fingerprint(self.name, *server, method, query)
        kept = self.answers.get(key)
        if kept is None:
            try:
                kept = Answer(tuple(self._asked(method, query)), time.time())
            except GeopyError as fault:
                return [], f"{self.name} did not answer ({_plain(fault)}); from the gazetteer", fault
            self.answers.put(key, kept)
            when = "now"
        else:
            when = f"on {time.strftime('%Y-%m-%d', time.gmtime(kept.asked))}, kept since"
        if not kept.places:
            return [], f"{self.name} knew nothing, asked {when}; from the gazetteer", None
        told = f"answered by {self.name}, asked {when}"
        found = [
            Location(address, (lat, lon), {"service": raw, "reason": told}) for address, lat, lon, raw in kept.places
        ]
        return found, f"from the gazetteer, beside what {self.name} answered", None

    def _failed(self, fault: GeopyError) -> ServiceFailedError:
        failed = ServiceFailedError(
            f"{self.name} did not answer ({_plain(fault)}), and the gazetteer knows nothing; try again later"
        )
        failed.__cause__ = fault
        return failed

    def _asked(self, method: str, query: str) -> Found:
        if self._clock() < self._resting_until:
            raise GeocoderServiceError(f"it is left alone for a while after it failed: {self._fault}")
        try:
            found: Found | GeopyError = self._ask(method, query)
            if isinstance(found, GeopyError):
                raise found
        except GeopyError as fault:
            if not isinstance(fault, GeocoderQueryError):
                self._resting_until = self._clock() + (getattr(fault, "retry_after", None) or REST_S)
                self._fault = _plain(fault)
            raise
        return found

    def _ask_once(self, method: str, query: str) -> Found | GeopyError:
        """One request. A fault that asking again would not mend is returned, so that the RateLimiter lets it be."""
        ask = getattr(self.service, method, None)
        if ask is None:
            return GeocoderQueryError(f"{self.name} has no {method}")
        try:
            found = ask(query, exactly_one=False) or []
            return [(one.address, one.latitude, one.longitude, one.raw) for one in found[:SHOWN]]
        except FINAL as fault:
            return fault
        except GeocoderServiceError:
            raise
        except Exception as fault:
            # geopy reads answers as if they were what they should be: rubbish ends in any error there is.
            return GeocoderParseError(f"the answer cannot be read ({type(fault).__name__}: {fault})")

    # Doubting

    def _checked(self, location: Location, own: list[Location]) -> Location:
        here = (location.latitude, location.longitude)
        apart = [
            (max(0.0, _km(here, other) - other.raw["radius_km"]), other.raw["countries"])
            for other in own
            if "resembles" not in other.raw
        ]
        km, countries = min(apart, default=(0.0, []))
        surer: list[str] = countries if km < SAME_KM else []
        return self._told(location, km, "from every place of that name in the gazetteer", surer)

    def _told(self, location: Location, apart_km: float, what: str, countries: Iterable[str] = ()) -> Location:
        """``countries`` are those of the same place in the gazetteer, of use where outlines are too coarse to say."""
        lies_in = self.offline.lies_in(location.point)
        possible = [code for code in (lies_in.get("country"), *lies_in.get("maybe", ())) if code]
        surer = [code for code in countries if code in possible]
        raw = {
            "source": self.name,
            "gazetteer_id": None,
            "name": location.address.split(",")[0],
            "kind": None,
            "countries": surer or possible,
            "admin1": lies_in.get("admin1") or None,
            "radius_km": None,
            "lies_in": lies_in,
            **location.raw,
        }
        if apart_km > FAR_KM:
            raw["doubt"] = f"lies {apart_km:,.0f} km {what}"
        return Location(location.address, location.point, raw)

    def _ordered(self, theirs: list[Location], own: list[Location], reason: str) -> list[Location]:
        """What is doubted comes last: the gazetteer may be wrong, but a wrong dot is worse than a second look."""
        doubted = [one for one in theirs if "doubt" in one.raw]
        if theirs and len(doubted) == len(theirs):
            reason = f"what {self.name} answered {doubted[0].raw['doubt']}; from the gazetteer"
        sure = [one for one in theirs if "doubt" not in one.raw]
        return [*sure, *self._from_gazetteer(own, reason), *doubted]

    def _from_gazetteer(self, own: list[Location], reason: str) -> list[Location]:
        extra = {"source": "gazetteer", "reason": reason}
        return [Location(one.address, one.point, one.raw | extra) for one in own]


def _km(here: tuple[float, float], location: Location) -> float:
    return float(great_circle(here, (location.latitude, location.longitude)).kilometers)


def _plain(fault: Exception) -> str:
    return " ".join(str(fault).split())[:200] or type(fault).__name__


def _shown(found: list[Location], exactly_one: bool, limit: int | None) -> Location | list[Location] | None:
    if not found:
        return None
    return found[0] if exactly_one else found[:limit]
