"""A gazetteer of a few dozen places, so that reading is tested apart from geocoding.

Countries are those of ``data/countries.csv``; towns, seas and bases are named here, at round coordinates.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache

from records import Mention, Place, PlaceKind, Placement
from settings import DATA

_OTHERS: dict[str, tuple[PlaceKind, tuple[str, ...]]] = {
    "Tapa": ("base", ("EST",)),
    "Rukla": ("base", ("LTU",)),
    "Camp Lemonnier": ("base", ("DJI",)),
    "Anbar": ("admin1", ("IRQ",)),
    "Gao": ("city", ("MLI",)),
    "Constanta": ("city", ("ROU",)),
    "Vilnius": ("city", ("LTU",)),
    "Juba": ("city", ("SSD",)),
    "Toulon": ("city", ("FRA",)),
    "Palermo": ("city", ("ITA",)),
    "Black Sea": ("sea", ()),
    "Red Sea": ("sea", ()),
    "Baltic Sea": ("sea", ()),
    "Sahel": ("region", ()),
}


@cache
def _known() -> dict[str, Place]:
    places = {}
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            place = Place(row["iso3"], row["name"], "country", 0.0, 0.0, 100.0, (row["iso3"],))
            places.update(dict.fromkeys([row["name"], *filter(None, row["other_names"].split("|"))], place))
    for name, (kind, countries) in _OTHERS.items():
        places[name] = Place(name, name, kind, 0.0, 0.0, 10.0, countries)
    return places


def place(mention: Mention) -> Place | None:
    """The place that the name means; a part of it or an area beside it is a region."""
    found = _known().get(mention.toponym)
    if found is None or mention.relation is None:
        return found
    kind: PlaceKind = "sea" if mention.relation == "off" else "region"
    return Place(f"{found.gazetteer_id}/{mention.relation}", mention.text, kind, 0.0, 0.0, 100.0, found.countries)


def resolve(mentions: Sequence[Mention]) -> list[Placement]:
    return [Placement(mention, place(mention)) for mention in mentions]
