"""What the page shows, and its form in the address bar. Plain Python: no widget, no server.

An address comes from anywhere, so it is read as data: what cannot be used is left out and said, never guessed at.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, get_args

from records import ASSETS, CERTAINTY, STATUSES, Asset, ClaimFilter, Status
from settings import PointOfView

DEFAULT_CERTAINTY = "default"
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)

MOST_VALUES = 200
LONGEST_VALUE = 200

Parameters = Mapping[str, Sequence[str]]
Word = TypeVar("Word", Status, Asset, PointOfView)
POINTS_OF_VIEW: tuple[PointOfView, ...] = get_args(PointOfView)


@dataclass(frozen=True, slots=True)
class View:
    """The filter, what is selected (a place by its gazetteer id, a claim by its id), the layers beside the claims, and
    whose borders (None: those of the settings).

    Where the map stands is not part of it: the browser keeps that in the address's fragment.
    """

    wanted: ClaimFilter = field(default_factory=lambda: ClaimFilter(minimum_confidence=CERTAINTY[DEFAULT_CERTAINTY]))
    place: str | None = None
    claim: str | None = None
    mentions: bool = False
    borders: PointOfView | None = None

    @property
    def selected(self) -> bool:
        return bool(self.place or self.claim)


def to_parameters(view: View) -> dict[str, list[str]]:
    """The query parameters of a view, without those that say what holds anyway."""
    wanted = view.wanted
    several: dict[str, Iterable[str]] = {
        "actor": wanted.actors,
        "host": wanted.hosts,
        "status": wanted.statuses,
        "asset": wanted.assets,
        "article": wanted.articles,
        "source": wanted.sources,
    }
    single = {
        "q": wanted.search,
        "since": wanted.since.isoformat() if wanted.since else "",
        "until": wanted.until.isoformat() if wanted.until else "",
        "certainty": _certainty_name(wanted.minimum_confidence),
        "place": view.place or "",
        "claim": view.claim or "",
        "mentions": "shown" if view.mentions else "",
        "borders": view.borders or "",
    }
    given = {name: list(values) for name, values in several.items()} | {
        name: [value] for name, value in single.items() if value
    }
    return {name: values for name, values in given.items() if values}


def from_parameters(given: Parameters) -> tuple[View, list[str]]:
    """Read query parameters: the view, and a sentence on each value that was left out."""
    reader = _Reader(given)
    since, until = reader.day("since"), reader.day("until")
    if since and until and since > until:
        reader.ignored.append(f"The dates {since} to {until} run backwards and were left out.")
        since = until = None
    wanted = ClaimFilter(
        actors=reader.several("actor"),
        hosts=reader.several("host"),
        since=since,
        until=until,
        statuses=reader.chosen("status", STATUSES),
        assets=reader.chosen("asset", ASSETS),
        articles=reader.several("article"),
        sources=reader.several("source"),
        search=reader.one("q") or "",
        minimum_confidence=reader.certainty(),
    )
    view = View(
        wanted=wanted,
        place=reader.one("place"),
        claim=reader.one("claim"),
        mentions=reader.one("mentions") == "shown",
        borders=next(iter(reader.chosen("borders", POINTS_OF_VIEW)), None),
    )
    return view, reader.ignored


def _certainty_name(threshold: float) -> str:
    if threshold == CERTAINTY[DEFAULT_CERTAINTY]:
        return ""
    return next((name for name, value in CERTAINTY.items() if value == threshold), repr(threshold))


class _Reader:
    """Reads one parameter after another and collects what it had to leave out."""

    def __init__(self, given: Parameters) -> None:
        self._given = given
        self.ignored: list[str] = []

    def several(self, name: str, known: Callable[[str], bool] = lambda _: True) -> tuple[str, ...]:
        """Each usable value once, in the order given."""
        values = [value for value in self._given.get(name, ()) if value]
        if len(values) > MOST_VALUES:
            self.ignored.append(f"Only the first {MOST_VALUES} values of “{name}” were used.")
        used: dict[str, None] = {}
        for value in values[:MOST_VALUES]:
            if _readable(value) and known(value):
                used[value] = None
            else:
                self._ignore(name, value)
        return tuple(used)

    def chosen(self, name: str, known: tuple[Word, ...]) -> tuple[Word, ...]:
        wanted = self.several(name, lambda value: value in known)
        return tuple(value for value in known if value in wanted)

    def one(self, name: str) -> str | None:
        values = self.several(name)
        return values[-1] if values else None

    def day(self, name: str) -> date | None:
        text = self.one(name)
        if text is None:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = None
        if day is None or not EARLIEST <= day <= LATEST:
            self._ignore(name, text)
            return None
        return day

    def certainty(self) -> float:
        text = self.one("certainty") or DEFAULT_CERTAINTY
        if text in CERTAINTY:
            return CERTAINTY[text]
        try:
            threshold = float(text)
        except ValueError:
            threshold = -1.0
        if 0.0 <= threshold <= 1.0:
            return threshold
        self._ignore("certainty", text)
        return CERTAINTY[DEFAULT_CERTAINTY]

    def _ignore(self, name: str, value: str) -> None:
        shown = "".join(letter if letter.isprintable() else "�" for letter in value[:40])
        self.ignored.append(f"The address's “{name}” “{shown}” cannot be used and was left out.")


def _readable(value: str) -> bool:
    """Short, and free of control characters and lone surrogates, which no store could look up."""
    return len(value) <= LONGEST_VALUE and not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in value)
