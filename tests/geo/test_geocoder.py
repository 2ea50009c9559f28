"""The contract that geopy's own tests hold every geocoder to, and what this one promises besides."""

from __future__ import annotations

import inspect
import subprocess
import sys
from typing import Any

import geopy.geocoders
import pytest
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder
from geopy.point import Point

from geo.borders import Borders
from geo.gazetteer import Gazetteer
from geo.geocoder import OfflineGeocoder
from settings import DATA, PROJECT, Settings
from tests.geo.locations import many, only


@pytest.fixture(scope="module")
def geocoder(gazetteer: Gazetteer, borders: Borders) -> OfflineGeocoder:
    return OfflineGeocoder(gazetteer, borders=borders)


@pytest.fixture(scope="module")
def without_borders(gazetteer: Gazetteer) -> OfflineGeocoder:
    return OfflineGeocoder(gazetteer)


def test_signatures_follow_geopy() -> None:
    """As geopy's test_geocoders_inheritance: a query first, all else by keyword, exactly_one and timeout among it."""
    assert issubclass(OfflineGeocoder, Geocoder)
    for method in (OfflineGeocoder.geocode, OfflineGeocoder.reverse):
        parameters = inspect.signature(method).parameters
        assert list(parameters)[:2] == ["self", "query"]
        assert all(p.kind is p.KEYWORD_ONLY for name, p in parameters.items() if name not in ("self", "query"))
        assert parameters["exactly_one"].default is True
        assert "timeout" in parameters


def test_one_location(geocoder: OfflineGeocoder) -> None:
    location = only(geocoder.geocode("Sevastopol"))
    assert location.point == Point(location.latitude, location.longitude)
    assert location.latitude == pytest.approx(44.6, abs=0.1)
    assert "Ukraine" in location.address
    assert location.raw["gazetteer_id"].startswith("geonames:") and 0 < location.raw["score"] <= 1


def test_several_locations(geocoder: OfflineGeocoder) -> None:
    assert len(many(geocoder.geocode("Paris", exactly_one=False))) > 5
    assert len(many(geocoder.geocode("Paris", exactly_one=False, limit=2))) == 2


def test_nothing_found_is_none_and_no_empty_list(geocoder: OfflineGeocoder, without_borders: OfflineGeocoder) -> None:
    for name in ("Xyzzyqwert", "-", "名"):
        assert geocoder.geocode(name) is None
        assert geocoder.geocode(name, exactly_one=False) is None
    assert without_borders.reverse((-45.0, -130.0)) is None
    assert geocoder.reverse((-45.0, -130.0), kinds=["city"], exactly_one=False) is None


def test_timeout_and_user_agent_are_geopys(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    own = OfflineGeocoder(gazetteer, timeout=942, user_agent="my_user_agent/1.0")
    assert (own.timeout, own.headers["User-Agent"]) == (942, "my_user_agent/1.0")
    assert OfflineGeocoder(gazetteer, timeout=None).timeout is None
    monkeypatch.setattr(geopy.geocoders.options, "default_timeout", 12)
    monkeypatch.setattr(geopy.geocoders.options, "default_user_agent", "default/0")
    default = OfflineGeocoder(gazetteer)
    assert (default.timeout, default.headers["User-Agent"]) == (12, "default/0")
    assert default.geocode("Sevastopol", timeout=0.001) and default.reverse((44.6, 33.5), timeout=None)
    with default as opened:
        assert opened is default


def test_geopys_rate_limiter_takes_it(geocoder: OfflineGeocoder) -> None:
    limited = RateLimiter(geocoder.geocode, min_delay_seconds=0)
    assert [only(limited(name)).raw["name"] for name in ("Rukla", "Orzysz")] == ["Rukla", "Orzysz"]


@pytest.mark.usefixtures("gazetteer")
def test_it_is_opened_by_a_path_alone() -> None:
    assert only(OfflineGeocoder(str(Settings().gazetteer)).geocode("Orzysz")).raw["countries"] == ["POL"]
    with pytest.raises(RuntimeError, match="garrison prepare"):
        OfflineGeocoder("/nowhere/gazetteer.sqlite")


def test_the_rest_of_garrison_is_not_needed() -> None:
    code = (
        "import sys, geo.geocoder\n"
        "print({name.split('.')[0] for name in sys.modules}"
        " & {'extract', 'store', 'pipeline', 'settings', 'dashboard', 'cli', 'spacy', 'streamlit', 'geopandas'})"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


def test_unicode_in_and_out(geocoder: OfflineGeocoder) -> None:
    for spelt in ("Šiauliai", "Siauliai", "\u0053\u030ciauliai"):  # composed, plain, decomposed
        assert only(geocoder.geocode(spelt)).address.startswith("Šiauliai")
    assert only(geocoder.geocode("Київ")).raw["name"] == "Kyiv"


@pytest.mark.parametrize("query", ["", "  ", None, 5, ("Paris",), {"city": "Paris"}])
def test_what_is_no_name_raises(geocoder: OfflineGeocoder, query: Any) -> None:
    with pytest.raises(GeocoderQueryError, match="holds no name"):
        geocoder.geocode(query)


def test_options_that_cannot_be_raise(geocoder: OfflineGeocoder) -> None:
    with pytest.raises(GeocoderQueryError, match="limit 0"):
        geocoder.geocode("Paris", exactly_one=False, limit=0)
    with pytest.raises(GeocoderQueryError, match="limit -1"):
        geocoder.reverse((44.6, 33.5), exactly_one=False, limit=-1)
    with pytest.raises(GeocoderQueryError, match="'FR' is no country code"):
        geocoder.geocode("Paris", country_codes=["USA", "fr"])
    with pytest.raises(GeocoderQueryError, match="'camp' is no kind"):
        geocoder.geocode("Paris", kinds="camp")  # type: ignore[arg-type]


@pytest.mark.filterwarnings("ignore:Latitude normalization")
@pytest.mark.parametrize("point", ["no point at all", "", (91, 0), (float("nan"), 0.0), "95, 10"])
def test_what_is_no_point_raises(geocoder: OfflineGeocoder, point: Any) -> None:
    with pytest.raises(ValueError, match=r"Point|[Ll]atitude|finite"):
        geocoder.reverse(point)


def test_containers_and_filters(geocoder: OfflineGeocoder) -> None:
    assert only(geocoder.geocode("Paris, Texas")).raw["admin1"] == "Texas"
    assert only(geocoder.geocode("Paris", country_codes="usa")).raw["countries"] == ["USA"]
    assert only(geocoder.geocode("Georgia", kinds=["admin1"])).raw["countries"] == ["USA"]
    assert "United States" in only(geocoder.geocode("Washington, D.C.")).address


def test_a_resembling_name_says_so(geocoder: OfflineGeocoder) -> None:
    assert only(geocoder.geocode("Sevastpol")).raw["resembles"] is True
    assert "resembles" not in only(geocoder.geocode("Sevastopol")).raw


def test_a_name_that_is_right_elsewhere_is_no_misspelling_here(geocoder: OfflineGeocoder) -> None:
    assert geocoder.geocode("Paris", country_codes="POL") is None


def test_disputed_places_follow_the_point_of_view(geocoder: OfflineGeocoder, gazetteer: Gazetteer) -> None:
    held = OfflineGeocoder(gazetteer, borders=Borders.load(DATA, "de_facto"))
    assert only(geocoder.geocode("Sevastopol")).raw["countries"] == ["UKR"]
    there = only(held.geocode("Sevastopol", country_codes="RUS"))
    assert there.raw["countries"] == ["RUS"] and there.raw["disputed"] == "Crimea"
    assert held.geocode("Sevastopol", country_codes="UKR") is None


# reverse

SEVASTOPOL = (44.6, 33.5)


@pytest.mark.parametrize(
    "point", [SEVASTOPOL, list(SEVASTOPOL), Point(SEVASTOPOL), "44.6, 33.5", "44.6,33.5", "44 36m 0s N, 33 30m 0s E"]
)
def test_reverse_takes_points_as_geopy_does(geocoder: OfflineGeocoder, point: Any) -> None:
    location = only(geocoder.reverse(point))
    assert location.raw["name"] == "Sevastopol" and location.raw["distance_km"] < 10
    assert location.raw["lies_in"] == {
        "country": "UKR", "admin1": "Sevastopol", "sea": "", "disputed": "Crimea", "offshore_km": 0, "maybe": [],
    }  # fmt: skip


def test_reverse_on_land_ends_with_area_and_country(geocoder: OfflineGeocoder) -> None:
    found = many(geocoder.reverse((45.27, 19.84), exactly_one=False))
    assert [f.raw["kind"] for f in found][-2:] == ["admin1", "country"]
    assert found[0].raw["name"] == "Novi Sad" and found[-1].raw["countries"] == ["SRB"]
    assert only(geocoder.reverse((45.27, 19.84), kinds="country")).address == "Serbia"
    assert len(many(geocoder.reverse((45.27, 19.84), exactly_one=False, limit=1))) == 1


@pytest.mark.parametrize(
    ("point", "sea", "country"),
    [
        ((43.2, 34.0), "Black Sea", ""),
        ((46.4, 30.9), "Black Sea", "UKR"),  # within twelve miles
        ((12.6, 43.3), "Red Sea", "DJI"),
        ((90.0, 0.0), "Arctic Ocean", ""),
        ((-45.0, -130.0), "South Pacific Ocean", ""),
        ((-5.0, 180.0), "South Pacific Ocean", ""),
        ((-5.0, -180.0), "South Pacific Ocean", ""),
        ((-5.0, 540.0), "South Pacific Ocean", ""),  # geopy brings a longitude back into its range
    ],
)
def test_at_sea_the_sea_comes_first(
    geocoder: OfflineGeocoder, point: tuple[float, float], sea: str, country: str
) -> None:
    location = only(geocoder.reverse(point))
    assert (location.raw["kind"], location.raw["name"]) == ("sea", sea)
    assert location.raw["lies_in"]["country"] == country


def test_the_south_pole_is_antarctica(geocoder: OfflineGeocoder) -> None:
    found = many(geocoder.reverse((-90.0, 0.0), exactly_one=False))
    assert found[-1].raw["gazetteer_id"] == "country:ATA"


def test_a_town_at_a_border_keeps_its_country_and_the_point_says_maybe(geocoder: OfflineGeocoder) -> None:
    """Narva was once "Narva, Leningrad, Estonia": its centre lies beyond the outline of Estonia."""
    location = only(geocoder.reverse((59.38, 28.19)))
    assert location.address == "Narva, Ida-Viru, Estonia"
    assert location.raw["lies_in"]["maybe"] == ["EST"]


def test_without_borders_there_are_towns_alone(without_borders: OfflineGeocoder) -> None:
    location = only(without_borders.reverse(SEVASTOPOL))
    assert location.raw["name"] == "Sevastopol" and "lies_in" not in location.raw


def test_reverse_sees_over_the_antimeridian(geocoder: OfflineGeocoder) -> None:
    found = many(geocoder.reverse((-17.0, 179.99), exactly_one=False, kinds=["city", "base"]))
    assert {round(location.longitude) for location in found} & {180, -180}
    assert [f.raw["distance_km"] for f in found] == sorted(f.raw["distance_km"] for f in found)


def test_it_asks_no_server(geocoder: OfflineGeocoder) -> None:
    with pytest.raises(GeocoderServiceError, match="offline"):
        geocoder.adapter.get_json("http://127.0.0.1/", timeout=1, headers={})
