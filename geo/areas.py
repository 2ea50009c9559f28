"""Areas that lie to a place as the words say: "eastern Ukraine", "off Somalia", "80 km north of Gao"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geographiclib.geodesic import Geodesic
from geopy.distance import geodesic

from geo.gazetteer import Entry, Gazetteer, Part
from records import Mention, Place, PlaceKind

DEGREES = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0,
    "south": 180.0, "southwest": 225.0, "west": 270.0, "northwest": 315.0,
}  # fmt: skip
NEAR_KM = 25.0  # what "near" a town is taken to mean where no distance is given
OFF_KM = 60.0  # how far off a town's shore "off" reaches
SHOWN = {"north": "northern", "south": "southern", "east": "eastern", "west": "western"}


def bearing_of(words: str | None) -> str:
    """One of eight winds or "central" from any spelling ("north-eastern", "North East"); empty where it is none."""
    plain = "".join(letter for letter in (words or "").casefold() if letter.isalpha()).replace("ern", "")
    if plain in ("central", "centre", "center", "middle", "mid", "heart"):
        return "central"
    return plain if plain in DEGREES else ""


def derived(
    entry: Entry, mention: Mention, gazetteer: Gazetteer, others: Sequence[str] = (), end: Place | None = None
) -> Place:
    """The area that a mention's relation makes of a place. ``others`` are countries named as its neighbours.

    ``end`` is the other end of what lies between two places; where it is not given, the nearest of that name is taken.
    The radius covers the whole area and is never smaller than what is not known; distances are geodesic.
    """
    place, bearing = entry.place, bearing_of(mention.bearing)
    if mention.relation == "part":
        return _part(place, bearing, gazetteer) if bearing else place
    if mention.relation == "off":
        return _off(place, bearing, gazetteer)
    if mention.relation == "border":
        return _border(place, bearing, others, gazetteer)
    if mention.relation == "near":
        return _near(place, bearing, mention.distance_km)
    if mention.relation == "between":
        end = end or _nearest(place, mention.within, gazetteer)
        return _between(place, end, gazetteer, at_sea=mention.kind == "sea") if end else place
    return place


def _made(place: Place, suffix: str, name: str, kind: PlaceKind, where: Part) -> Place:
    return replace(
        place,
        gazetteer_id=f"{place.gazetteer_id}#{suffix}",
        name=name,
        kind=kind,
        lat=where.lat,
        lon=where.lon,
        radius_km=round(where.radius_km, 1),
    )


def _moved(place: Place, bearing: str, km: float, radius: float) -> Part:
    point = geodesic(kilometers=km).destination((place.lat, place.lon), bearing=DEGREES[bearing])
    return Part(point.latitude, point.longitude, radius)


def _adjective(bearing: str) -> str:
    return bearing if bearing == "central" else SHOWN.get(bearing, f"{bearing}ern")


def _part(place: Place, bearing: str, gazetteer: Gazetteer) -> Place:
    where = gazetteer.part(place.gazetteer_id, "part", bearing)
    if where is None and bearing == "central":
        where = Part(place.lat, place.lon, place.radius_km / 2)
    if where is None:
        where = _moved(place, bearing, place.radius_km / 2, place.radius_km * 0.75)
    kind: PlaceKind = "sea" if place.kind == "sea" else "region"
    return _made(place, f"part:{bearing}", f"{_adjective(bearing)} {place.name}", kind, where)


def _off(place: Place, bearing: str, gazetteer: Gazetteer) -> Place:
    if place.kind == "sea":
        return place
    where = gazetteer.part(place.gazetteer_id, "off", bearing) or gazetteer.part(place.gazetteer_id, "off", "")
    if where is None:
        # A town's waters, or those of an area too large to have a coast of its own: all around it, and said so.
        where = Part(place.lat, place.lon, place.radius_km + OFF_KM)
    side = f"{_adjective(bearing)} coast of " if bearing else "coast of "
    return _made(place, f"off:{bearing}", f"off the {side}{place.name}", "sea", where)


def _border(place: Place, bearing: str, others: Sequence[str], gazetteer: Gazetteer) -> Place:
    own = place.countries[0] if place.countries else ""
    for other in others:
        if where := gazetteer.shared_border(own, other):
            neighbour = gazetteer.entry(f"country:{other}")
            both = replace(place, countries=(own, other))
            name = f"border of {place.name} and {neighbour.place.name if neighbour else other}"
            return _made(both, f"border:{other}", name, "region", where)
    if bearing and (side := gazetteer.part(place.gazetteer_id, "part", bearing)):
        return _made(place, f"border:{bearing}", f"{_adjective(bearing)} border of {place.name}", "region", side)
    return _made(place, "border:", f"border of {place.name}", "region", Part(place.lat, place.lon, place.radius_km))


def _near(place: Place, bearing: str, distance: float | None) -> Place:
    if distance is not None and bearing in DEGREES:
        # A fifth of the way, as people round distances; at least what the place itself covers.
        where = _moved(place, bearing, distance, max(place.radius_km, distance / 5, 5.0))
        name = f"{distance:g} km {bearing} of {place.name}"
    elif bearing in DEGREES:
        where = _moved(place, bearing, place.radius_km + NEAR_KM, place.radius_km + NEAR_KM)
        name = f"{bearing} of {place.name}"
    else:
        reach = NEAR_KM if distance is None else distance
        where = Part(place.lat, place.lon, place.radius_km + reach)
        name = f"near {place.name}" if distance is None else f"within {distance:g} km of {place.name}"
    return _made(place, f"near:{bearing}:{distance or ''}", name, "region", where)


def _nearest(place: Place, names: Sequence[str], gazetteer: Gazetteer) -> Place | None:
    """Of the places that the first of the names may mean, the one nearest to this place."""
    found = [entry.place for name in names[:1] for entry in gazetteer.candidates(name)]
    return min(found, key=lambda other: _line(place, other)["s12"], default=None)


def _line(place: Place, end: Place) -> dict[str, float]:
    """The geodesic from one place to another: length ``s12`` in metres, direction at its start ``azi1`` in degrees."""
    line: dict[str, float] = Geodesic.WGS84.Inverse(place.lat, place.lon, end.lat, end.lon)
    return line


def _between(place: Place, end: Place, gazetteer: Gazetteer, *, at_sea: bool) -> Place:
    """What lies between two places: around the middle of the line that joins them, as far as both of its ends.

    Countries that share a land border have that between them, unless the words speak of waters.
    """
    if {place.kind, end.kind} == {"country"} and not at_sea:
        where = gazetteer.shared_border(place.countries[0], end.countries[0])
    else:
        where = None
    if where is None:
        line = _line(place, end)
        middle = Geodesic.WGS84.Direct(place.lat, place.lon, line["azi1"], line["s12"] / 2)
        # Two names for one place leave what the larger of them covers.
        reach = line["s12"] / 2000
        where = Part(middle["lat2"], middle["lon2"], reach if reach >= 1 else max(place.radius_km, end.radius_km))
    countries = tuple(dict.fromkeys(place.countries + end.countries))
    both = replace(
        place,
        countries=() if at_sea else countries,
        littoral=countries if at_sea else (),
        admin1=place.admin1 if place.admin1 == end.admin1 else None,
        disputed=place.disputed if place.disputed == end.disputed else None,
    )
    kind: PlaceKind = "sea" if at_sea else "region"
    return _made(both, f"between:{end.gazetteer_id}", f"between {place.name} and {end.name}", kind, where)
