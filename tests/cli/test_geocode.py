"""``garrison geocode``, run as a user runs it: names, points, what is not found, and a service that was set up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.build import build
from settings import STATIC, Settings
from tests.commands import Command, Ran
from tests.geo.service import Service, nominatim


@pytest.fixture(autouse=True, scope="module")
def prepared() -> Path:
    build(Settings().home, STATIC, progress=print)
    return Settings().home


@pytest.fixture
def service(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """A service on loopback, named in garrison.toml of the folder that commands run in."""
    service = Service()
    server = service.start()
    (tmp_path / "garrison.toml").write_text(
        f'[online]\nservice = "nominatim"\nurl = "{service.url}"\ndelay_s = 0\n', encoding="utf-8"
    )
    home = tmp_path / "home"
    home.mkdir()
    (home / "gazetteer.sqlite").symlink_to(prepared / "gazetteer.sqlite")
    monkeypatch.setenv("GARRISON_HOME", str(home))
    yield service
    service.over.set()
    server.shutdown()
    server.server_close()


def row(ran: Ran, name: str) -> str:
    return next(line.split(maxsplit=1)[1] for line in ran.out.splitlines() if line.startswith(f"  {name} "))


# Names


def test_a_name_with_all_that_is_known_of_it(garrison: Command) -> None:
    ran = garrison("geocode", "Mihail Kogalniceanu")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Mihail Kogălniceanu")
    assert row(ran, "country") == "ROU"
    assert row(ran, "kind") in ("base", "city")
    assert row(ran, "point").startswith("44.3")
    assert row(ran, "radius").endswith(" km")
    assert ":" in row(ran, "gazetteer")
    assert "It could also be" in ran.out and "Ialomița, Romania · city · 44.6" in ran.out
    assert "more; --limit" in ran.out
    assert "GeoNames" in ran.out and "CC BY 4.0" in ran.out and "point of view un" in ran.out


def test_a_name_needs_no_quotes(garrison: Command) -> None:
    assert garrison("geocode", "Black", "Sea").out == garrison("geocode", "Black Sea").out


def test_countries_kinds_and_limit(garrison: Command) -> None:
    ran = garrison("geocode", "Paris", "--country", "usa", "--kind", "city", "--limit", "2", "--json")
    (answer,) = ran.lines
    assert [(place["kind"], place["countries"]) for place in answer["places"]] == [("city", ["USA"])] * 2
    assert answer["more"] > 3 and "GeoNames" in answer["attribution"] and answer["query"] == "Paris"
    assert {"lat", "lon", "gazetteer_id", "radius_km", "score", "address"} <= answer["places"][0].keys()


def test_the_point_of_view_is_the_settings(garrison: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GARRISON_POINT_OF_VIEW", "de_facto")
    ran = garrison("geocode", "Sevastopol", "--kind", "city")
    assert row(ran, "country") == "RUS" and row(ran, "disputed") == "Crimea" and "view de_facto" in ran.out


def test_a_misspelling_says_so(garrison: Command) -> None:
    ran = garrison("geocode", "Sevastpol")
    assert ran.code == 0 and ran.out.startswith("No place is spelt 'Sevastpol'")
    assert garrison("geocode", "Sevastpol", "--json").lines[0]["places"][0]["resembles"] is True


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["Rzezoww"], "spelt somewhat like it: Rzesz"),
        (["Qwrtzp"], "try another spelling"),
        (["Paris", "--country", "POL"], "in POL; without --country and --kind: Paris, France (city)"),
        (["Black Sea", "--kind", "base"], "no base is called 'Black Sea'; without"),
        (["--reverse", "-45", "-130", "--kind", "base"], "no base there"),
    ],
)
def test_not_found_is_one_line_with_a_remedy(garrison: Command, arguments: list[str], says: str) -> None:
    ran = garrison("geocode", *arguments)
    assert (ran.code, ran.out) == (1, "")
    assert says in ran.complaint


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "--reverse LAT LON"),
        (["Paris", "--reverse", "1", "2"], "--reverse LAT LON"),
        (["--reverse", "95", "0"], "95 0 is no point"),
        (["--reverse", "0", "nan"], "is no point"),
        (["--reverse", "north", "0"], "--reverse"),
        (["--reverse", "1", "2", "--country", "POL"], "leave out --country"),
        (["Paris", "--country", "XX"], "'XX' is no country code"),
        (["Paris", "--kind", "camp"], "'camp' is none of country"),
        (["Paris", "--limit", "0"], "--limit"),
        ([" "], "holds no name"),
    ],
)
def test_wrong_usage(garrison: Command, arguments: list[str], says: str) -> None:
    ran = garrison("geocode", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.complaint and "geocode --help" in ran.complaint


# Points


@pytest.mark.parametrize(
    ("point", "says"),
    [
        (("43.2", "34.0"), "lies in the Black Sea, beyond twelve miles"),
        (("46.4", "30.9"), "km off the outline of Ukraine (UKR)"),
        (("44.95", "34.1"), "Ukraine (UKR); Crimea is disputed"),
        (("59.38", "28.19"), "or in Estonia (EST): the border is too near to be sure"),
        (("-90", "0"), "lies in Antarctica"),
        (("-17", "-179.99"), "Fiji (FJI)"),
    ],
)
def test_a_point(garrison: Command, point: tuple[str, str], says: str) -> None:
    ran = garrison("geocode", "--reverse", *point)
    assert (ran.code, ran.err) == (0, "")
    assert says in ran.out.splitlines()[0] and "GeoNames" in ran.out


def test_a_point_as_json(garrison: Command) -> None:
    (answer,) = garrison("geocode", "--reverse", "44.36", "28.48", "--limit", "2", "--json").lines
    assert answer["point"] == [44.36, 28.48] and len(answer["places"]) == 2
    assert answer["places"][0]["lies_in"]["country"] == "ROU" and answer["places"][0]["distance_km"] < 10


# Online


def test_without_a_service_nothing_is_sent(garrison: Command) -> None:
    ran = garrison("geocode", "Paris", "--online")
    assert (ran.code, ran.out) == (1, "")
    assert "nothing was sent" in ran.complaint and "[online]" in ran.complaint


def test_a_service_is_asked_only_when_told_to(garrison: Command, service: Service) -> None:
    service.says([nominatim("Orzysz, Polska", "53.809", "21.948") | {"licence": "Data © OpenStreetMap, ODbL"}])
    assert "nominatim" not in garrison("geocode", "Orzysz").out and not service.paths
    ran = garrison("geocode", "Orzysz", "--online")
    assert ran.out.startswith("Orzysz, Polska\n") and "answered by nominatim" in row(ran, "because")
    assert row(ran, "kind") == row(ran, "radius") == "not said"
    assert "nominatim: Data © OpenStreetMap, ODbL" in ran.out and "geonames:" in ran.out
    again = garrison("geocode", "Orzysz", "--online", "--json").lines[0]["places"][0]
    assert len(service.paths) == 1 and again["source"] == "nominatim" and "kept since" in again["reason"]
    assert service.agents[0].startswith("garrison/")


def test_a_service_that_fails_is_done_without_and_said(garrison: Command, service: Service) -> None:
    service.says_bytes(b"busy", status=429)
    ran = garrison("geocode", "Rukla", "--online")
    assert (ran.code, ran.err) == (0, "")
    assert "did not answer" in row(ran, "because") and row(ran, "gazetteer") == "base:rukla"
    ran = garrison("geocode", "Xyzzyqwert", "--online")
    assert ran.code == 1 and "nominatim did not answer (HTTP Error 429" in ran.complaint


def test_what_a_server_sends_cannot_draw_on_the_terminal(garrison: Command, service: Service) -> None:
    service.says([nominatim("Orzysz\n  country    FRA\x1b[31m\u202e", "53.809", "21.948")])
    ran = garrison("geocode", "Orzysz", "--online")
    assert ran.out.startswith("Orzysz country FRA<U+001B>[31m<U+202E>\n") and row(ran, "country") == "POL"


def test_a_point_asked_for_online(garrison: Command, service: Service) -> None:
    service.says(nominatim("Orzysz, Polska", "53.809", "21.948"))
    ran = garrison("geocode", "--reverse", "53.81", "21.95", "--online")
    assert "Orzysz, Polska · nominatim" in ran.out and "lies in Warmian-Masurian" in ran.out


def test_a_service_that_geopy_does_not_have(garrison: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GARRISON_ONLINE_SERVICE", "nominatin")
    assert "'nominatin' is none of geopy's" in garrison("geocode", "Paris", "--online").complaint
