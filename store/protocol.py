"""What a store of readings can do, and the records it answers with: all that the page and the commands know of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, Protocol

from records import (
    Article,
    Asset,
    Claim,
    ClaimFilter,
    Mention,
    Original,
    Place,
    PlaceKind,
    Placement,
    Reading,
    Span,
    Status,
)

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

Saved = Literal["added", "unchanged", "superseded"]
#: A place was chosen, none of those offered was right, or an earlier review is taken back.
Verdict = Literal["chosen", "none", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Claims that share article, place, actor, asset and status, as one row for the map.

    ``article`` is empty where more articles are shown than have a layer of their own. Of the ``count`` claims a reader
    chose the place of ``by_reader``.
    """

    article: str
    place: str
    name: str
    kind: PlaceKind
    lat: float
    lon: float
    radius_km: float
    countries: tuple[str, ...]
    actor: str
    asset: Asset
    status: Status
    count: int
    by_reader: int = 0
    disputed: str | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that can be filtered by, what to call it, and how many claims it has under the other filters."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Day:
    """Claims dated to one day, by status. ``stated`` is False where the day is the article's, not the event's."""

    day: date
    status: Status
    stated: bool
    count: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What the page needs of a filtered store, aggregated.

    ``total`` counts all claims, ``shown`` those that pass the filter; ``articles`` and ``places`` are counted over
    those shown, ``unplaced`` among them. ``undated`` (neither an event's nor a publication date) is counted with the
    dates left open, since a filter by date would hide these claims without a word. Both go to the tray.

    Each list of facets is counted with its own field left open. ``hosts`` are labelled by the country's code or the
    sea's name; ``by_article`` lists the 50 articles with most claims, and those that the filter names.
    ``excluded`` says for each field of the filter (``dates`` for both ends) how many claims it alone keeps out.
    ``samples`` counts sample articles in the whole store. Of those shown, ``by_reader`` were placed by a reader and
    ``unreviewed`` looked at by nobody.
    """

    total: int
    shown: int
    articles: int
    places: int
    updated: datetime | None
    unreviewed: int
    samples: int
    unplaced: int
    undated: int
    marks: tuple[Mark, ...]
    actors: tuple[Facet, ...]
    hosts: tuple[Facet, ...]
    statuses: tuple[Facet, ...]
    assets: tuple[Facet, ...]
    by_article: tuple[Facet, ...]
    days: tuple[Day, ...]
    excluded: tuple[Facet, ...]
    by_reader: int = 0


@dataclass(frozen=True, slots=True)
class PlaceReview:
    """What a reader said of where some words of an article are. Never altered: another one may overrule it.

    ``place`` is where they were put, as it was known then; None unless the verdict is ``chosen``. ``attached`` is
    False where the article's current reading names no place in just these words at that spot.
    """

    id: int
    article: str
    span: Span
    words: str
    verdict: Verdict
    place: Place | None
    reason: str
    who: str
    at: datetime
    attached: bool


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim with its article and where it was placed: all that a claim card shows.

    ``placement`` is the machine's, ``reviews`` are all on the words of the place, the last one last, and ``shown`` is
    where the claim is shown after them.
    """

    claim: Claim
    article: Article
    placement: Placement | None
    extractor: str
    shown: Place | None
    reviews: tuple[PlaceReview, ...] = ()

    @classmethod
    def unreviewed(cls, claim: Claim, reading: Reading) -> StoredClaim:
        """A claim as its reading has it, before anybody looked at it."""
        placement = reading.placement_of(claim.place)
        return cls(claim, reading.article, placement, reading.extractor, placement.place if placement else None)

    @property
    def review(self) -> PlaceReview | None:
        """The review that holds; None where the machine's placement does."""
        last = self.reviews[-1] if self.reviews else None
        return last if last and last.verdict != "withdrawn" else None


@dataclass(frozen=True, slots=True)
class Retirement:
    """That a person took an article off the map, when, and why."""

    at: datetime
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article's current reading, with the times of the readings that it superseded."""

    reading: Reading
    added: datetime
    earlier: tuple[datetime, ...]
    retired: Retirement | None = None


class Store(Protocol):
    """Readings, kept whole. Every write is one transaction; an earlier reading of an article stays, superseded."""

    def save(self, reading: Reading, original: Original | None = None) -> Saved:
        """Keep a reading as the current one of its article, and what it was read from.

        One of the same content and extractor changes nothing but that another ``original`` is kept with it.
        """
        ...

    def keep(self, article: Article, original: Original) -> None:
        """Keep one more original of an article that the store holds: other bytes, the same text."""
        ...

    def remove(self, articles: Iterable[str]) -> int:
        """Remove articles with all their readings; the count. Raises NotFoundError for an id that is not there."""
        ...

    def retire(self, article: str, *, who: str, reason: str) -> Retirement:
        """Take an article off the map: kept with all its readings, but in no summary, list or export any more.

        It stays so when read anew. Raises NotFoundError for an unknown id, ReviewError without a name or a reason.
        """
        ...

    def reinstate(self, article: str) -> None:
        """Show a retired article again. Raises NotFoundError for an unknown id."""
        ...

    def remove_samples(self) -> int:
        """Remove every sample article; the count."""
        ...

    def holds(self, article: Article, extractor: str) -> bool:
        """Whether the article's current reading has this content and extractor: nothing to do."""
        ...

    def summary(self, wanted: ClaimFilter) -> Summary: ...

    def claims(self, wanted: ClaimFilter, *, limit: int | None = None, offset: int = 0) -> GeoDataFrame:
        """Row by row, in a stable order; columns as ``store.frame.COLUMNS``; EPSG:4326, empty point if unplaced."""
        ...

    def claim(self, id: str) -> StoredClaim | None: ...

    def article(self, id: str) -> StoredArticle | None: ...

    def mentions(self, wanted: ClaimFilter) -> Sequence[Placement]:
        """Places that the chosen articles name without any claim on them, for the faint layer; as readers put them."""
        ...

    def relocate(self, place: Callable[[Article, Sequence[Mention]], Sequence[Placement]], gazetteer: str) -> int:
        """Place every stored mention of the current readings again; how many of the machine's placements changed.

        What readers chose stays chosen.
        """
        ...

    def review_place(
        self,
        article: str,
        span: Span,
        place: Place | None,
        *,
        who: str,
        reason: str = "",
        instead_of: int | None = None,
    ) -> PlaceReview:
        """Put the mention at a span of the article's text there from now on; None: none of the places is meant.

        All views follow, and later readings with the same words there. ``instead_of`` is the review in force that the
        reader saw, None for the machine's placement. Raises ConflictError where another one came in between,
        NotFoundError where the current reading has no such mention, ReviewError without a name.
        """
        ...

    def withdraw_review(self, review: int, *, who: str, reason: str = "") -> PlaceReview:
        """Take the review in force back, by a further one: the machine's placement holds again.

        Raises NotFoundError for an unknown number, ConflictError for one that is not in force any more.
        """
        ...

    def reviews(self, article: str) -> Sequence[PlaceReview]:
        """All reviews of an article's places, oldest first, withdrawn ones too."""
        ...

    def note(self, name: str, value: str) -> None:
        """Keep a word on the store itself under a name, instead of an earlier one."""
        ...

    def noted(self, name: str) -> str | None:
        """What was noted under the name."""
        ...
