"""Answers of ``garrison geocode``, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import typer

from cli.opening import geocoder_of
from cli.saying import counted, print_json
from errors import NotFoundError
from records import Place, PlaceKind
from settings import Settings
from store.unseen import visible

if TYPE_CHECKING:
    from geo.geocoder import OfflineGeocoder

Location = Any  # geopy's, which has no types and lives in geo/
ATTRIBUTION = (
    "Places: GeoNames, geonames.org, CC BY 4.0. Borders: Natural Earth, drawn to about 2 km, point of view {}."
)


def tell_name(
    settings: Settings, name: str, countries: Sequence[str], kinds: Sequence[PlaceKind], limit: int, *,
    online: bool, as_json: bool,
) -> None:  # fmt: skip
    """Print the place a name means, and what else it could be. Raises NotFoundError where it means none."""
    offline, geocoder = geocoder_of(settings, online=online)
    try:
        found = geocoder.geocode(name, exactly_one=False, country_codes=countries or None, kinds=kinds or None)
    except ValueError as fault:  # as geopy.exc.GeocoderQueryError is
        raise typer.BadParameter(str(fault)) from fault
    if not found:
        raise NotFoundError(_unknown(offline, name, countries, kinds))
    if as_json:
        _print_json({"query": name}, found, limit, settings)
        return
    best, others = found[0], found[1:limit]
    if best.raw.get("resembles"):
        typer.echo(f"No place is spelt {visible(name)!r}; spelt most like it:")
    _print_place(best)
    if others:
        typer.echo("\nIt could also be")
        _print_rows(others)
    _print_rest(len(found), limit)
    _print_sources(found[:limit], settings)


def tell_point(
    settings: Settings,
    point: tuple[float, float],
    kinds: Sequence[PlaceKind],
    limit: int,
    *,
    online: bool,
    as_json: bool,
) -> None:
    """Print what a point lies in and what is near. Raises NotFoundError where nothing is."""
    offline, geocoder = geocoder_of(settings, online=online)
    found = geocoder.reverse(point, exactly_one=False, kinds=kinds or None, limit=None)
    if not found:
        said = " or ".join(kinds) or "place"
        raise NotFoundError(f"{point[0]:g}, {point[1]:g}: no {said} there nor within 200 km; leave out --kind")
    if as_json:
        _print_json({"point": list(point)}, found, limit, settings)
        return
    typer.echo(f"{point[0]:.4f}, {point[1]:.4f} {_lying_in(offline, found[0])}\n")
    _print_rows(found[:limit])
    _print_rest(len(found), limit)
    _print_sources(found[:limit], settings)


def _print_json(asked: dict[str, object], found: Sequence[Location], limit: int, settings: Settings) -> None:
    places = [{"address": one.address, "lat": one.latitude, "lon": one.longitude, **one.raw} for one in found[:limit]]
    print_json({
        **asked, "places": places, "more": max(0, len(found) - limit), "point_of_view": settings.point_of_view,
        "attribution": ATTRIBUTION.format(settings.point_of_view),
    })  # fmt: skip


def _print_place(place: Location) -> None:
    raw = place.raw
    typer.echo(_line(place.address))
    rows = {
        "kind": raw["kind"] or "not said",
        "country": ", ".join(raw["countries"]),
        "disputed": raw.get("disputed"),
        "coasts": ", ".join(raw.get("littoral", ())),
        "point": f"{_coordinates(place)} (WGS 84, latitude first)",
        "radius": f"{raw['radius_km']:g} km" if raw["radius_km"] is not None else "not said",
        "gazetteer": raw["gazetteer_id"],
        "belief": f"{raw['score']:.2f} of 1" if "score" in raw else None,
        "doubt": raw.get("doubt"),
        "because": raw.get("reason"),
    }
    for name, value in rows.items():
        if value:
            typer.echo(f"  {name:9}  {_line(str(value))}")


def _print_rows(places: Iterable[Location]) -> None:
    for place in places:
        raw = place.raw
        parts = [
            raw["kind"] or raw["source"],
            _coordinates(place),
            raw["gazetteer_id"],
            f"{raw['distance_km']:g} km away" if raw.get("distance_km") else "",
            f"belief {raw['score']:.2f}" if "score" in raw else "",
            f"doubted: {raw['doubt']}" if "doubt" in raw else "",
        ]
        typer.echo("  " + _line(" · ".join([place.address, *filter(None, parts)])))


def _print_rest(found: int, limit: int) -> None:
    if found > limit:
        typer.echo(f"  and {counted(found - limit, 'place')} more; --limit {min(found, 1000)} shows them")


def _print_sources(places: Iterable[Location], settings: Settings) -> None:
    typer.echo("\n" + ATTRIBUTION.format(settings.point_of_view))
    services = {one.raw["source"]: one.raw["service"] for one in places if "service" in one.raw}
    for name, raw in services.items():
        licence = raw.get("licence") if isinstance(raw, dict) else None
        typer.echo(_line(f"{name}: {licence or 'by the terms of that service'}"))


def _line(text: str) -> str:
    """One line, whatever a server put into it."""
    return visible(" ".join(text.split()))


def _coordinates(place: Location) -> str:
    return f"{place.latitude:.4f}, {place.longitude:.4f}"


def _lying_in(offline: OfflineGeocoder, place: Location) -> str:
    around: dict[str, Any] = place.raw["lies_in"]
    country = _named(offline, around["country"])
    if around["sea"]:
        off = f", {around['offshore_km']:g} km off the outline of {country}" if country else ", beyond twelve miles"
        return f"lies in the {around['sea']}{off}"
    if not country:
        return "lies in no country and no sea that we know"
    where = f"lies in {', '.join(dict.fromkeys(filter(None, (around['admin1'], country))))}"
    if around["disputed"]:
        where += f"; {around['disputed']} is disputed"
    if around["maybe"]:
        others = " or ".join(_named(offline, code) for code in around["maybe"])
        where += f", or in {others}: the border is too near to be sure"
    return where


def _named(offline: OfflineGeocoder, code: str) -> str:
    entry = offline.gazetteer.entry(f"country:{code}") if code else None
    return f"{entry.place.name} ({code})" if entry else code


def _unknown(offline: OfflineGeocoder, name: str, countries: Sequence[str], kinds: Sequence[PlaceKind]) -> str:
    """Why nothing was found, and what to try."""
    said = f"no {' or '.join(kinds) or 'place'} is called {name!r}" + (
        f" in {' or '.join(countries)}" if countries else ""
    )
    elsewhere = offline.geocode(name, exactly_one=False, limit=3) if countries or kinds else None
    if elsewhere:
        return f"{said}; without --country and --kind: {_listed(elsewhere)}"
    alike = [f"{p.name} ({p.kind}, {'/'.join(p.countries)})" for p in _alike(offline, name)]
    if alike:
        return f"{said}; spelt somewhat like it: {', '.join(alike)}"
    return f"{said}, nor anything like it; try another spelling, or --reverse LAT LON"


def _alike(offline: OfflineGeocoder, name: str) -> list[Place]:
    return [entry.place for entry in offline.gazetteer.spelt_like(name)]


def _listed(places: Iterable[Location]) -> str:
    return "; ".join(f"{place.address} ({place.raw['kind']})" for place in places)
