"""The page's only door to settings, store and pipeline: each is opened once for all readers of the page.

Answers are kept as long as the store's files do not change, whichever process changes them.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from records import ClaimFilter, Mention, Place, Placement, Span, Viewpoint
from settings import DATA, PointOfView, Settings, load_settings
from store import open_store
from store.exports import export
from store.protocol import PlaceReview, Store, StoredArticle, StoredClaim, Summary

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.borders import Borders
    from geo.gazetteer import Gazetteer
    from pipeline import Pipeline

#: A page of the table; the export has no such limit.
TABLE_ROWS = 1000
#: Places of one name that a reader is offered.
FOUND = 8


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    return load_settings()


@st.cache_resource(show_spinner="Opening the store …")
def store() -> Store:
    return open_store(settings().store_url)


@st.cache_resource(show_spinner="Loading the language model and the gazetteer (once) …")
def pipeline() -> Pipeline:
    from pipeline import load_pipeline  # spaCy takes seconds to import: only who adds an article waits for it

    set_up = settings()
    return load_pipeline(gazetteer=set_up.gazetteer, data=DATA, point_of_view=set_up.point_of_view)


@st.cache_resource(show_spinner="Loading places and borders (once) …")
def _places() -> tuple[Gazetteer, Borders]:
    from geo.borders import Borders
    from geo.gazetteer import Gazetteer

    set_up = settings()
    return Gazetteer(set_up.gazetteer), Borders.load(DATA, set_up.point_of_view)


def places_called(name: str) -> list[Place]:
    """The gazetteer's places of a name, or where there is none those spelt alike; those meant most often first."""
    gazetteer, borders = _places()
    asked = Mention(Span(0, len(name)), name, name)
    found = [Placement(asked, entry.place) for entry in gazetteer.candidates(name, fuzzy=True, limit=FOUND)]
    return [one.place for one in borders.assign(found) if one.place]


def area_at(place: Place, mention: Mention) -> Place:
    """What a mention means at one of its candidates: "near Paris" is not Paris, but the area around it."""
    if mention.relation is None:
        return place
    from geo.areas import derived

    gazetteer, borders = _places()
    entry = gazetteer.entry(place.gazetteer_id)
    if entry is None:
        return place
    placed = borders.assign([Placement(mention, derived(entry, mention, gazetteer))])[0].place
    return placed or place


@dataclass(frozen=True, slots=True)
class Desk:
    """Read access to the store, as it stood when the page began to be drawn, by the borders that the reader chose."""

    version: str
    borders: Viewpoint

    def summary(self, wanted: ClaimFilter) -> Summary:
        return _summary(self.version, self.seen(wanted))

    def claims(self, wanted: ClaimFilter) -> GeoDataFrame:
        """At most TABLE_ROWS claims; shared between readers, so never to be changed."""
        return _claims(self.version, self.seen(wanted))

    def mentions(self, wanted: ClaimFilter) -> tuple[Placement, ...]:
        return _mentions(self.version, self.seen(wanted))

    def claim(self, id: str) -> StoredClaim | None:
        return store().claim(id)

    def article(self, id: str) -> StoredArticle | None:
        return store().article(id)

    def loose_reviews(self, article: str) -> list[PlaceReview]:
        """The last review on each stretch of words that the current reading lacks, unless it was taken back."""
        last = {(one.span, one.words): one for one in store().reviews(article)}
        return [one for one in last.values() if not one.attached and one.verdict != "withdrawn"]

    def seen(self, wanted: ClaimFilter) -> ClaimFilter:
        """The filter, by the reader's borders."""
        return replace(wanted, borders=self.borders)


def desk(point_of_view: PointOfView | None = None) -> Desk:
    """``point_of_view`` is the reader's choice; None: that of the settings."""
    return Desk(version(settings().store_url), viewpoint(point_of_view or settings().point_of_view))


@st.cache_resource(show_spinner=False)
def viewpoint(name: PointOfView) -> Viewpoint:
    """The disputed areas, each with the country that it counts for by this point of view."""
    import geopandas  # most of a second to import

    areas = geopandas.read_file(DATA / "borders.fgb", ignore_geometry=True, where="disputed <> ''")
    return Viewpoint(name, tuple(zip(areas["disputed"], areas[name], strict=True)))


def version(url: str) -> str:
    """Changes with every write to a SQLite store, by whatever process; any other store is asked anew each time."""
    scheme, _, path = url.partition(":///")
    if not scheme.startswith("sqlite"):
        return str(time.monotonic_ns())
    stamps = []
    for file in (Path(path), Path(f"{path}-wal")):
        if file.exists():
            stamp = file.stat()
            stamps.append(f"{stamp.st_mtime_ns}:{stamp.st_size}")
    return " ".join(stamps)


@st.cache_resource(show_spinner=False, max_entries=200)
def _summary(version: str, wanted: ClaimFilter) -> Summary:  # noqa: ARG001
    return store().summary(wanted)


@st.cache_resource(show_spinner=False, max_entries=50)
def _claims(version: str, wanted: ClaimFilter) -> GeoDataFrame:  # noqa: ARG001
    return store().claims(wanted, limit=TABLE_ROWS)


@st.cache_resource(show_spinner=False, max_entries=50)
def _mentions(version: str, wanted: ClaimFilter) -> tuple[Placement, ...]:  # noqa: ARG001
    return tuple(store().mentions(wanted))


def exported(wanted: ClaimFilter, format: str) -> bytes:
    """All claims that pass the filter, as a file. Reads the store as it is now."""
    return export(store(), wanted, format)
