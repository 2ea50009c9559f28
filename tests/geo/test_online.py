"""An online geocoder against a real server that is slow, refuses, lies, sends errors, rubbish and far too much."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from errors import GarrisonError, SettingsError
from geo.answers import Answers
from geo.borders import Borders
from geo.gazetteer import Gazetteer
from geo.geocoder import OfflineGeocoder
from geo.online import OnlineGeocoder, ServiceFailedError
from geo.service import LARGEST, service_of
from tests.geo.locations import many, only
from tests.geo.service import Service, nominatim

ORZYSZ = nominatim("Orzysz, powiat piski, Polska", "53.8090", "21.9480")
Make = Callable[..., OnlineGeocoder]


@pytest.fixture
def service() -> Iterator[Service]:
    service = Service()
    server = service.start()
    yield service
    service.over.set()
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def offline(gazetteer: Gazetteer, borders: Borders) -> OfflineGeocoder:
    return OfflineGeocoder(gazetteer, borders=borders)


@pytest.fixture
def make(service: Service, offline: OfflineGeocoder, tmp_path: Path) -> Make:
    def made(url: str = "", timeout_s: float = 5.0, answers: Answers | None = None, **how: Any) -> OnlineGeocoder:
        asked = service_of("nominatim", url=url or service.url, user_agent="garrison-test", timeout_s=timeout_s)
        kept = answers or Answers(tmp_path / "made" / "online.sqlite")
        return OnlineGeocoder(asked, offline, kept, **{"delay_s": 0, "retries": 1} | how)

    return made


def offline_because(found: Location | list[Location] | None, *words: str) -> None:
    location = only(found)
    assert location.raw["source"] == "gazetteer" and location.raw["gazetteer_id"]
    assert all(word in location.raw["reason"] for word in words), location.raw["reason"]


# Well


def test_the_service_answers_first_and_says_so(make: Make, service: Service) -> None:
    service.says([ORZYSZ])
    first, second, *_ = many(make().geocode(" Orzysz ", exactly_one=False))
    assert first.address == ORZYSZ["display_name"] and first.point[:2] == (53.809, 21.948)
    assert (first.raw["source"], first.raw["countries"], first.raw["service"]) == ("nominatim", ["POL"], ORZYSZ)
    assert "answered by nominatim" in first.raw["reason"] and "doubt" not in first.raw
    assert second.raw["source"] == "gazetteer" and second.raw["countries"] == ["POL"]
    assert "q=Orzysz&" in service.paths[0] and service.agents == ["garrison-test"]


def test_reverse(make: Make, service: Service) -> None:
    service.says(ORZYSZ)
    location = only(make().reverse("53.81, 21.95"))
    assert location.raw["source"] == "nominatim" and location.raw["lies_in"]["country"] == "POL"
    assert "lat=53.81" in service.paths[0] and "lon=21.95" in service.paths[0]


@pytest.mark.parametrize(
    ("name", "options", "answer"),
    [
        ("photon", (), {"features": [{"properties": {"name": "Orzysz"}, "geometry": {"coordinates": [21.9, 53.8]}}]}),
        ("pelias", (), {"features": [{"properties": {"name": "Orzysz"}, "geometry": {"coordinates": [21.9, 53.8]}}]}),
        ("geonames", [("username", "me")], {"geonames": [{"name": "Orzysz", "lat": "53.8", "lng": "21.9"}]}),
        (
            "opencage",
            [("api_key", "k")],
            {"results": [{"formatted": "Orzysz", "geometry": {"lat": 53.8, "lng": 21.9}}]},
        ),
    ],
)
def test_any_of_geopys_services(
    service: Service, offline: OfflineGeocoder, tmp_path: Path, name: str, options: Any, answer: Any
) -> None:
    service.says(answer)
    asked = service_of(name, url=service.url, options=options, user_agent="garrison-test")
    location = only(OnlineGeocoder(asked, offline, Answers(tmp_path / "a"), delay_s=0).geocode("Orzysz"))
    assert location.raw["source"] == name and location.raw["countries"] == ["POL"]
    assert location.address.startswith("Orzysz") and len(service.paths) == 1


def test_it_is_a_geocoder_of_geopys_that_refuses_before_it_asks(make: Make, service: Service) -> None:
    online = make()
    assert isinstance(online, Geocoder)
    for wrong in ({"query": " "}, {"query": "Paris", "country_codes": "FR"}, {"query": "Paris", "kinds": "camp"}):
        with pytest.raises(GeocoderQueryError):
            online.geocode(**wrong)
    with pytest.raises(ValueError, match="Point"):
        online.reverse("nowhere")
    assert not service.paths


def test_nothing_found_anywhere_is_none(make: Make, service: Service) -> None:
    assert make().geocode("Xyzzyqwert") is None and make().geocode("Xyzzyqwert", exactly_one=False) is None
    assert len(service.paths) == 1


def test_what_the_service_does_not_know_the_gazetteer_may(make: Make) -> None:
    offline_because(make().geocode("Rukla"), "nominatim knew nothing", "from the gazetteer")


# Kinds and countries


def test_where_kinds_are_wanted_no_service_is_asked(make: Make, service: Service) -> None:
    offline_because(make().geocode("Tapa", kinds="base"), "kinds")
    assert not service.paths


def test_what_lies_outside_the_countries_wanted_is_left_out(make: Make, service: Service) -> None:
    service.says([nominatim("Paris, Texas", 33.66, -95.55), nominatim("Paris, France", 48.85, 2.35)])
    found = many(make().geocode("Paris", country_codes="FRA", exactly_one=False))
    assert [f.address for f in found if f.raw["source"] == "nominatim"] == ["Paris, France"]
    offline_because(make().geocode("Paris", country_codes="CAN"), "outside CAN")


def test_one_country_is_named_to_the_service(make: Make, service: Service) -> None:
    make().geocode("Tapa", country_codes=["est"])
    make().geocode("Tapa", country_codes=["EST", "LVA"])
    assert ["q=Tapa%2C+Estonia&" in path for path in service.paths] == [True, False]


def test_at_a_border_the_gazetteer_knows_the_country_better(make: Make, service: Service) -> None:
    service.says([nominatim("Narva, Eesti", 59.38, 28.19)])
    assert only(make().geocode("Narva", country_codes="EST")).address == "Narva, Eesti"
    assert only(make().geocode("Narva")).raw["countries"] == ["EST"]
    assert only(make().geocode("Xyzzyqwert")).raw["countries"] == ["RUS", "EST"]


# Badly


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 408, 418, 429, 500, 502, 503, 504])
def test_errors_fall_back(make: Make, service: Service, status: int) -> None:
    service.says_bytes(b"<h1>no</h1>", status=status)
    offline_because(make().geocode("Rukla"), "nominatim did not answer", "from the gazetteer")


def test_a_fault_that_may_pass_is_tried_again_and_a_429_is_not(make: Make, service: Service) -> None:
    service.says_bytes(b"", status=500)
    make(retries=2).geocode("Rukla")
    assert len(service.paths) == 3
    service.says_bytes(b"", status=429, Retry_After="7")
    make(retries=2).geocode("Tapa")
    assert len(service.paths) == 4


def test_a_service_that_failed_is_left_alone_for_a_while(make: Make, service: Service) -> None:
    now = [0.0]
    online = make(clock=lambda: now[0])
    service.says_bytes(b"", status=429, Retry_After="7")
    online.geocode("Rukla")
    service.says([ORZYSZ])
    offline_because(online.geocode("Orzysz"), "left alone", "429")
    assert len(service.paths) == 1
    now[0] = 7.0
    assert only(online.geocode("Orzysz")).raw["source"] == "nominatim"


def test_a_silent_server_is_waited_for_no_longer_than_set(make: Make, service: Service) -> None:
    service.is_silent()
    offline_because(make(timeout_s=0.2, retries=0).geocode("Rukla"), "timed out")


def test_an_answer_that_never_ends_is_ended(make: Make, service: Service) -> None:
    service.drips()
    offline_because(make(timeout_s=0.2, retries=0).geocode("Rukla"), "not complete after 0.2 s")


def test_a_server_that_refuses(make: Make) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        offline_because(make(url=url).geocode("Rukla"), "refused")


def test_an_answer_that_is_too_large(make: Make, service: Service) -> None:
    service.says_bytes(json.dumps([ORZYSZ | {"more": "x" * LARGEST}]).encode())
    offline_because(make(retries=0).geocode("Orzysz"), "larger than 1,000,000 bytes")
    service.says_bytes(b"x" * (LARGEST + 1), status=400)
    offline_because(make(retries=0).geocode("Tapa"), "did not answer")


def test_an_answer_that_breaks_off(make: Make, service: Service) -> None:
    service.says_bytes(b'[{"lat": 1', Content_Length="500")
    offline_because(make(retries=0).geocode("Rukla"), "did not answer")


RUBBISH = [
    b"", b"<html>busy</html>", b'[{"lat": ', b"\xff\xfe", b"null", b"5", b'"yes"', b"[5]", b"[[[]]]", b"{}",
    b'{"error": "broken"}', b'[{"display_name": null, "lat": 1, "lon": 1}]', b'[{"display_name": "Rukla"}]',
    b'[{"display_name": "Rukla", "lat": NaN, "lon": 1}]', b"[" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("body", RUBBISH, ids=lambda body: repr(body[:30]))
def test_rubbish_falls_back(make: Make, service: Service, body: bytes) -> None:
    service.says_bytes(body)
    offline_because(make(retries=0).geocode("Rukla"), "nominatim", "from the gazetteer")


def test_a_charset_that_there_is_not(make: Make, service: Service) -> None:
    service.says_bytes(b"[]", Content_Type="application/json; charset=klingon")
    offline_because(make(retries=0).geocode("Rukla"), "klingon")


@pytest.mark.parametrize(("lat", "lon"), [(95, 10), ("95", "10"), (53.8, 400), (53.8, "-181"), ("x", 10), ([1], 10)])
def test_coordinates_off_the_globe(make: Make, service: Service, lat: Any, lon: Any) -> None:
    """geopy by itself makes 40 of a longitude of 400."""
    service.says([nominatim("Orzysz", lat, lon)])
    offline_because(make(retries=0).geocode("Orzysz"), "did not answer")


def test_coordinates_off_the_globe_in_geojson(service: Service, offline: OfflineGeocoder, tmp_path: Path) -> None:
    service.says({"features": [{"properties": {"name": "Orzysz"}, "geometry": {"coordinates": [400.0, 53.8]}}]})
    asked = service_of("photon", url=service.url, user_agent="garrison-test")
    online = OnlineGeocoder(asked, offline, Answers(tmp_path / "a"), delay_s=0, retries=0)
    offline_because(online.geocode("Orzysz"), "400")


def test_a_lie_comes_last_and_is_doubted(make: Make, service: Service) -> None:
    service.says([nominatim("Orzysz", 0.0, 0.0)])
    first, *_, last = many(make().geocode("Orzysz", exactly_one=False))
    offline_because(first, "km from every place of that name", "from the gazetteer")
    assert last.raw["source"] == "nominatim" and "km from every place" in last.raw["doubt"]
    offline_because(make().geocode("Orzysz"), "km from every place of that name")


def test_a_reverse_lie_comes_last(make: Make, service: Service) -> None:
    service.says(nominatim("Paris, France", 48.85, 2.35))
    offline_because(make().reverse((53.81, 21.95)), "km from the point that was asked for")


def test_failed_and_unknown_is_not_nothing_found(make: Make, service: Service) -> None:
    service.says_bytes(b"", status=503)
    with pytest.raises(ServiceFailedError, match="nominatim did not answer") as failed:
        make(retries=0).geocode("Xyzzyqwert")
    assert isinstance(failed.value, GeocoderServiceError) and isinstance(failed.value, GarrisonError)


def test_a_redirect_sends_the_name_nowhere_else(make: Make, service: Service) -> None:
    elsewhere = Service()
    server = elsewhere.start()
    service.says_bytes(b"", status=302, Location=f"{elsewhere.url}/search?q=Rukla")
    offline_because(make(retries=0).geocode("Rukla"), "did not answer")
    assert service.paths and not elsewhere.paths
    server.shutdown()
    server.server_close()


# Kept


def test_the_same_name_is_asked_for_once(make: Make, service: Service) -> None:
    service.says([ORZYSZ])
    make().geocode("Orzysz")
    again = only(make().geocode("Orzysz"))
    assert len(service.paths) == 1
    assert again.raw["service"] == ORZYSZ and "kept since" in again.raw["reason"]
    make(name="another").geocode("Orzysz")
    assert len(service.paths) == 2


def test_a_failure_is_not_kept(make: Make, service: Service) -> None:
    service.says_bytes(b"", status=500)
    make(retries=0).geocode("Orzysz")
    service.says([ORZYSZ])
    assert only(make().geocode("Orzysz")).raw["source"] == "nominatim"


# Settings


@pytest.mark.parametrize(
    ("name", "how", "says"),
    [
        ("nominatin", {}, "none of geopy's"),
        ("nominatim", {"url": "ftp://x"}, "no server's address"),
        ("nominatim", {"url": "geocoder.example.org"}, "no server's address"),
        ("nominatim", {"url": "https://me:secret@example.org"}, "name or password in it"),
        ("nominatim", {"options": [("colour", "red")]}, "online.options.colour"),
        ("what3words", {"url": "http://x"}, "online.url"),
        ("geonames", {}, "username"),
        ("opencage", {}, "api_key"),
        ("nominatim", {"user_agent": "geopy/2.5.0"}, "cannot be used"),
    ],
)
def test_what_geopy_cannot_use_is_refused(name: str, how: dict[str, Any], says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        service_of(name, **how)
