"""An online geocoder of geopy's, made from settings, that reads no more and waits no longer than it was told.

geopy's own adapters read whatever a server sends, however long it takes, and follow it to other hosts.
"""

from __future__ import annotations

import inspect
import json
import logging
import time
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, NoReturn
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, build_opener

from geopy.adapters import URLLibAdapter
from geopy.exc import (
    ConfigurationError,
    GeocoderNotFound,
    GeocoderParseError,
    GeocoderServiceError,
    GeocoderTimedOut,
)
from geopy.geocoders import get_geocoder_for_service
from geopy.geocoders.base import Geocoder

from errors import SettingsError

LARGEST = 1_000_000  # bytes of an answer; ten places with all their names are 50,000
CHUNK = 65_536
NAMES_OF_LAT = frozenset({"lat", "latitude"})
NAMES_OF_LON = frozenset({"lon", "lng", "longitude"})

# geopy logs what it tries again, and without a handler Python prints that to stderr with a traceback.
logging.getLogger("geopy").addHandler(logging.NullHandler())


def service_of(
    name: str,
    *,
    url: str = "",
    options: Iterable[tuple[str, object]] = (),
    user_agent: str | None = None,
    timeout_s: float = 5.0,
) -> Geocoder:
    """One of geopy's geocoders by its name, as ``"nominatim"``. No request is made.

    :param url: a server of one's own, ``"https://geocoder.example.org"``; else the one that geopy knows.
    :param options: other arguments of geopy's class, as ``api_key``.

    Raises SettingsError for a name, a URL or options that geopy cannot use.
    """
    try:
        kind = get_geocoder_for_service(name)
    except GeocoderNotFound as fault:
        raise SettingsError(f"online.service {name!r} is none of geopy's; give one as nominatim or photon") from fault
    known = set(inspect.signature(kind.__init__).parameters) - {"self"}
    given = {**dict(options), **_address(url)}
    if unknown := sorted(set(given) - known):
        what = "online.url" if url and unknown[0] in ("domain", "scheme") else f"online.options.{unknown[0]}"
        raise SettingsError(f"{what} is nothing that {kind.__name__} takes; it takes {', '.join(sorted(known))}")
    adapter = partial(BoundedAdapter, patience_s=timeout_s)
    try:
        return kind(**given, user_agent=user_agent, timeout=timeout_s, adapter_factory=adapter)
    except (ConfigurationError, TypeError, AttributeError) as fault:
        # A TypeError names what is missing, never a value: there may be a key among them.
        said = str(fault).replace(f"{kind.__name__}.__init__()", kind.__name__)
        raise SettingsError(f"online.service {name!r} cannot be used ({said}); set it in online.options") from fault


def _address(url: str) -> dict[str, str]:
    if not url:
        return {}
    parts = urlsplit(url)
    if "@" in parts.netloc:
        raise SettingsError("online.url has a name or password in it, which no service of geopy's takes; leave it out")
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query:
        raise SettingsError(f"online.url {url!r} is no server's address; write https://HOST or http://HOST:PORT/PATH")
    return {"scheme": parts.scheme, "domain": f"{parts.netloc}{parts.path.rstrip('/')}"}


class NoRedirect(HTTPRedirectHandler):
    """A name goes to the server that is set and to no other: a redirect is a fault, and told as such."""

    def redirect_request(self, *_: object) -> None:
        return None


class BoundedAdapter(URLLibAdapter):  # type: ignore[misc]  # geopy has no types
    """geopy's adapter on urllib, with bounds on size and time, and with coordinates that lie on the globe."""

    def __init__(self, *, proxies: Mapping[str, str] | None, ssl_context: Any, patience_s: float) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self.patience_s = patience_s
        # None is the system's, as with all of geopy's adapters.
        proxy = ProxyHandler(None if proxies is None else dict(proxies))
        self.urlopen = build_opener(HTTPSHandler(context=ssl_context), proxy, NoRedirect()).open

    def get_json(self, url: str, *, timeout: float | None, headers: Mapping[str, str]) -> Any:
        text = self.get_text(url, timeout=timeout, headers=headers)
        try:
            answer = json.loads(text, parse_constant=_refused)
            check_coordinates(answer)
        except (ValueError, RecursionError) as fault:
            # Not the text itself, as geopy has it: it may be a page of a megabyte.
            raise GeocoderParseError(f"the answer is no JSON: {text[:40]!r}") from fault
        return answer

    def _decode_page(self, page: Any) -> str:
        """In pieces: a server that sends a byte a second never lets a socket's own time-out pass."""
        encoding, deadline, body = (
            page.headers.get_content_charset() or "utf-8",
            time.monotonic() + self.patience_s,
            b"",
        )
        try:
            while piece := page.read1(CHUNK):
                body += piece
                if len(body) > LARGEST:
                    raise GeocoderServiceError(f"the answer is larger than {LARGEST:,} bytes")
                if time.monotonic() > deadline:
                    raise GeocoderTimedOut(f"the answer was not complete after {self.patience_s:g} s")
        except TimeoutError as fault:
            raise GeocoderTimedOut(f"the answer was not complete after {self.patience_s:g} s") from fault
        except (OSError, ValueError) as fault:
            raise GeocoderServiceError(f"the answer broke off ({fault})") from fault
        try:
            return body.decode(encoding)
        except (LookupError, ValueError) as fault:
            raise GeocoderParseError(f"the answer is no text in {encoding}") from fault


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def check_coordinates(answer: object) -> None:
    """Raise GeocoderParseError where an answer holds a latitude or longitude that there is not on the globe.

    geopy would turn a longitude of 400 into 40.
    """
    if isinstance(answer, list):
        for part in answer:
            check_coordinates(part)
    elif isinstance(answer, dict):
        for name, value in answer.items():
            most = 90 if name in NAMES_OF_LAT else 180 if name in NAMES_OF_LON else None
            if most is not None and not _is_within(value, most):
                raise GeocoderParseError(f"the answer has {str(value)[:20]!r} for a {name}")
            if name == "coordinates" and isinstance(value, list) and len(value) >= 2:
                check_coordinates({"lon": value[0], "lat": value[1]} if not isinstance(value[0], list) else {})
            check_coordinates(value)


def _is_within(value: object, most: float) -> bool:
    if not isinstance(value, str | int | float):
        return value is None
    try:
        return abs(float(value)) <= most
    except ValueError:
        return False
