"""What geopy's geocoders answer, taken for one place or for several."""

from __future__ import annotations

from geopy.location import Location


def only(found: Location | list[Location] | None) -> Location:
    assert isinstance(found, Location)
    return found


def many(found: Location | list[Location] | None) -> list[Location]:
    assert isinstance(found, list)
    return found
