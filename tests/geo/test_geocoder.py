"""The contract that geopy's own tests hold every geocoder to, and what this one promises besides."""

from __future__ import annotations

import inspect

import pytest
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.gazetteer import Gazetteer
from geo.geocoder import OfflineGeocoder


@pytest.fixture(scope="module")
def geocoder(gazetteer: Gazetteer) -> OfflineGeocoder:
    return OfflineGeocoder(gazetteer)


def only(found: Location | list[Location] | None) -> Location:
    assert isinstance(found, Location)
    return found


def many(found: Location | list[Location] | None) -> list[Location]:
    assert isinstance(found, list)
    return found


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


def test_nothing_found_is_none(geocoder: OfflineGeocoder) -> None:
    assert geocoder.geocode("Xyzzyqwert") is None
    assert geocoder.geocode("Xyzzyqwert", exactly_one=False) is None
    assert geocoder.reverse((-45.0, -130.0)) is None


def test_unicode_in_and_out(geocoder: OfflineGeocoder) -> None:
    assert only(geocoder.geocode("Šiauliai")).address.startswith("Šiauliai")


def test_broken_queries_raise(geocoder: OfflineGeocoder) -> None:
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode("  ")
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode("Paris", exactly_one=False, limit=0)
    with pytest.raises(ValueError, match="Point"):
        geocoder.reverse("no point at all")


def test_containers_and_filters(geocoder: OfflineGeocoder) -> None:
    assert only(geocoder.geocode("Paris, Texas")).raw["admin1"] == "Texas"
    assert only(geocoder.geocode("Paris", country_codes="usa")).raw["countries"] == ["USA"]
    assert only(geocoder.geocode("Georgia", kinds=["admin1"])).raw["countries"] == ["USA"]
    assert "United States" in only(geocoder.geocode("Washington, D.C.")).address


def test_a_resembling_name_says_so(geocoder: OfflineGeocoder) -> None:
    assert only(geocoder.geocode("Sevastpol")).raw["resembles"] is True
    assert "resembles" not in only(geocoder.geocode("Sevastopol")).raw


@pytest.mark.parametrize("point", [(44.6, 33.5), Point(44.6, 33.5), "44.6, 33.5"])
def test_reverse_takes_points_as_geopy_does(
    geocoder: OfflineGeocoder, point: Point | tuple[float, float] | str
) -> None:
    location = only(geocoder.reverse(point))
    assert location.raw["name"] == "Sevastopol" and location.raw["distance_km"] < 10


def test_reverse_sees_over_the_antimeridian(geocoder: OfflineGeocoder) -> None:
    found = many(geocoder.reverse((-17.0, 179.99), exactly_one=False))
    assert {round(location.longitude) for location in found} & {180, -180}
    assert [f.raw["distance_km"] for f in found] == sorted(f.raw["distance_km"] for f in found)


def test_it_asks_no_server(geocoder: OfflineGeocoder) -> None:
    with pytest.raises(GeocoderServiceError, match="offline"):
        geocoder.adapter.get_json("http://127.0.0.1/", timeout=1, headers={})
