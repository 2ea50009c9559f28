"""The page's words for the records' values, and text made safe for the two languages of the page: HTML and Markdown."""

from __future__ import annotations

import csv
import html
import re
from datetime import date, datetime
from functools import cache

from records import PRESENT, Asset, Claim, Direction, EventDate, PlaceKind, Status
from settings import DATA, PointOfView
from store.unseen import visible

ASSETS: dict[Asset, str] = {
    "ground": "ground troops",
    "air": "aircraft",
    "naval": "ships",
    "missile": "missiles",
    "air_defence": "air defence",
    "armour": "armour",
    "artillery": "artillery",
    "staff": "headquarters",
    "support": "support, trainers",
    "unspecified": "forces, unspecified",
}
STATUSES: dict[Status, str] = {
    "deployed": "there",
    "deploying": "on the way",
    "exercise": "exercising",
    "planned": "planned",
    "offered": "offered",
    "discussed": "discussed",
    "withdrawn": "leaving or gone",
    "denied": "denied",
}
KINDS: dict[PlaceKind, str] = {
    "country": "country",
    "admin1": "province",
    "city": "town",
    "base": "military base",
    "sea": "sea",
    "region": "region",
}
BORDERS: dict[PointOfView, str] = {
    "un": "UN General Assembly view",
    "de_facto": "as controlled on the ground",
}
UNREVIEWED = "unreviewed machine reading"
BY_READER = "placed by a reader"
OFF_MAP_BY_READER = "taken off the map by a reader"
PLACE_REVIEWED = "machine reading of which only the place is reviewed"
SAMPLE = "Sample, written for demonstration: not evidence"


@cache
def _countries() -> dict[str, str]:
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["iso3"]: row["name"] for row in csv.DictReader(file)}


def country(code: str) -> str:
    """A country's name; what has no code of its own ("NATO", "Wagner") is its own name."""
    return _countries().get(code, code)


def status(claim: Claim) -> str:
    return status_words(claim.status, claim.direction)


def status_words(status: Status, direction: Direction) -> str:
    """What is reported: whether the forces are there, or their leaving is planned or denied."""
    words = STATUSES[status]
    if direction == "out" and status != "withdrawn":
        return f"withdrawal {'under way' if status in PRESENT else words}"
    return words


def force(claim: Claim) -> str:
    return force_words(claim.quantity.text if claim.quantity else None, claim.unit, claim.asset)


def force_words(quantity: str | None, unit: str | None, asset: Asset) -> str:
    """The article's words for number and unit, else the kind of force."""
    number, unit = quantity or "", unit or ""
    if number.casefold() in unit.casefold():
        return unit or ASSETS[asset]
    return number if unit.casefold() in number.casefold() else f"{number} {unit}"


def movement(claim: Claim, place: str) -> str:
    """Who goes where, as a headline."""
    if claim.direction == "out":
        return f"{country(claim.actor)}: out of {place}"
    return f"{country(claim.actor)} → {place}"


def day(when: date | datetime | None) -> str:
    return f"{when.day} {when:%B %Y}" if when else ""


def event(when: EventDate) -> str:
    """An event's date as fine as the text gives it."""
    return _iso(when.start) + (f" to {_iso(when.end)}" if when.end else "")


def _iso(text: str) -> str:
    """ "2022-02" as "February 2022", "2022" as it is; what is no such date as it is."""
    try:
        if len(text) == 7:
            return f"{date.fromisoformat(text + '-01'):%B %Y}"
        return day(date.fromisoformat(text)) if len(text) == 10 else text
    except ValueError:
        return text


def counted(number: int, one: str, several: str = "") -> str:
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def escaped(text: str) -> str:
    """For HTML: the text as text, with no sign in it that reorders or hides what stands around."""
    return f'<bdi dir="auto">{html.escape(visible(text))}</bdi>'


_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>:&])")


def plain(text: str) -> str:
    """For Markdown, which labels are read as: the text as text, on one line."""
    return _MARKUP.sub(r"\\\1", visible(" ".join(text.split())))


def web_address(url: str | None) -> str | None:
    """The address if it is one of the web; any other scheme (``javascript:``) is not to be followed."""
    return url if url and re.match(r"https?://[^\s/]", url, re.IGNORECASE) else None
