"""The nouns of Garrison: frozen records that pass between rooms. Standard library only.

Offsets count characters (code points) of ``Article.text``, end exclusive.
Coordinates are WGS 84 degrees, latitude before longitude. Distances are kilometres.
Countries are ISO 3166-1 alpha-3 (``XKX`` for Kosovo).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Literal, get_args

Asset = Literal[
    "ground", "air", "naval", "missile", "air_defence", "armour", "artillery", "staff", "support", "unspecified"
]
Status = Literal["deployed", "deploying", "planned", "offered", "discussed", "exercise", "withdrawn", "denied"]
Direction = Literal["in", "out"]
PlaceKind = Literal["country", "admin1", "city", "base", "sea", "region"]
Counted = Literal["personnel", "aircraft", "ships", "vehicles", "systems", "units"]
DateSource = Literal["given", "metadata", "text", "unknown"]
Relation = Literal["part", "off", "near", "border", "between"]

ASSETS: tuple[Asset, ...] = get_args(Asset)
STATUSES: tuple[Status, ...] = get_args(Status)
PLACE_KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)
#: Thresholds of certainty by name: what the page and the commands show. Of the claims that "default" shows, about five
#: in six are right (``bench/README.md``); "cautious" leaves out more.
CERTAINTY: dict[str, float] = {"everything": 0.0, "default": 0.67, "cautious": 0.79}
#: Kinds of place that no point of view gives to another country.
UNMOVED: frozenset[PlaceKind] = frozenset({"country", "sea"})
#: Statuses that report forces as being (or having been) there; every other one is a plan, an offer or a doubt.
PRESENT: frozenset[Status] = frozenset({"deployed", "deploying", "exercise"})


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


def fingerprint(*parts: str | None) -> str:
    """Sixteen hex digits that stay the same as long as the parts do."""
    return sha256("\x1f".join(part or "" for part in parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Article:
    """A news text as it was read, never altered. ``published_from`` says where the date comes from."""

    id: str
    title: str
    text: str
    published: date | None = None
    published_from: DateSource = "unknown"
    source: str | None = None
    url: str | None = None
    language: str = "en"
    sample: bool = False

    @property
    def content(self) -> str:
        """What a reading depends on, as a fingerprint: another text or date makes another reading."""
        published = self.published.isoformat() if self.published else None
        return fingerprint(self.title, self.text, published, self.source, self.language)


@dataclass(frozen=True, slots=True)
class Original:
    """The raw thing that an article is read from, as it came, so that every reading can be made again.

    ``address`` is where it came from in the end, ``asked`` the address that was asked for, which redirects may have
    led away from. ``headers`` are those of the answer that matter, by their names in lower case.
    """

    body: bytes = field(repr=False)
    retrieved: datetime
    media_type: str = ""
    name: str | None = None
    address: str | None = None
    asked: str | None = None
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def sha256(self) -> str:
        return sha256(self.body).hexdigest()

    @property
    def called(self) -> str:
        """What to call it in messages."""
        return self.name or self.address or "the text"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a place, not yet looked up.

    ``text`` is the whole wording ("eastern Ukraine", "the coast of Somalia"), ``toponym`` the name in it to look up
    ("Ukraine"). ``relation`` says how the area lies to that place, with ``bearing`` ("north-east") and ``distance_km``
    where the words give them. ``kind`` is what the words say ("… air base": base), ``within`` the names that follow
    it as its container ("Meymaneh, Faryab": ("Faryab",)); where the relation is "between" it is the other end instead
    ("between Kyiv and Zhytomyr": Kyiv, within ("Zhytomyr",)). ``certain`` is False for a name that may be no place at
    all: a gazetteer that does not know it then drops it.
    """

    span: Span
    text: str
    toponym: str
    kind: PlaceKind | None = None
    within: tuple[str, ...] = ()
    relation: Relation | None = None
    bearing: str | None = None
    distance_km: float | None = None
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """A gazetteer's entry, or an area derived from one.

    ``radius_km`` is how far from the point the thing may honestly be: the extent of an area, a kilometre or two for a
    base. ``countries`` is where it lies; empty on the open sea. ``littoral`` are the coastal states of a sea.
    """

    gazetteer_id: str
    name: str
    kind: PlaceKind
    lat: float
    lon: float
    radius_km: float
    countries: tuple[str, ...] = ()
    admin1: str | None = None
    littoral: tuple[str, ...] = ()
    disputed: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a mention may mean, with its share of the belief (0 to 1)."""

    place: Place
    score: float


@dataclass(frozen=True, slots=True)
class Placement:
    """A mention and where it was put. ``place`` is None where no entry was found or none could be chosen."""

    mention: Mention
    place: Place | None
    score: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as reported: a bound that the words leave open is None; both are None for "several thousand"."""

    low: int | None
    high: int | None
    of: Counted
    text: str


@dataclass(frozen=True, slots=True)
class EventDate:
    """ISO 8601 day, month or year, only as fine as the text gives it; ``end`` closes a span."""

    start: str
    end: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One reported (actor, destination) pair, as ``claim.schema.json`` describes it.

    ``place`` is one of the reading's mentions; ``place_words`` are the words that stand for it in the sentence where
    it is not named there ("there", "the camp"). ``quantity_shared``: the number is stated for several claims together
    and must not be added up.
    """

    id: str
    actor: str
    asset: Asset
    place: Mention
    status: Status
    evidence: Span
    confidence: float
    rule: str
    direction: Direction = "in"
    hedged: bool = False
    unit: str | None = None
    quantity: Quantity | None = None
    quantity_shared: bool = False
    origin: Mention | None = None
    date: EventDate | None = None
    source: str | None = None
    place_words: Span | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one run of the extractor got out of one article. ``placements`` holds one entry for each mention."""

    article: Article
    placements: tuple[Placement, ...]
    claims: tuple[Claim, ...]
    extractor: str
    gazetteer: str
    made: datetime

    def placement_of(self, mention: Mention) -> Placement | None:
        return next((p for p in self.placements if p.mention.span == mention.span), None)


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Whose borders. ``holders`` says for each disputed area (by ``Place.disputed``) which country it counts for."""

    name: str
    holders: tuple[tuple[str, str], ...]

    def seen(self, place: Place) -> Place:
        """The place with the country that this point of view gives it; countries themselves and seas stay."""
        holder = dict(self.holders).get(place.disputed or "")
        if holder is None or place.kind in UNMOVED or place.countries == (holder,):
            return place
        return replace(place, countries=(holder,))


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """What to show. An empty tuple or None leaves that field open; all that is set must hold at once.

    ``hosts`` are country codes, or gazetteer ids of seas. Dates are those of the event, else of the publication.
    ``status`` holds at least one of the statuses, and so on. ``minimum_confidence`` is the certainty threshold.
    ``borders`` decides which country disputed areas count for; None: as they were placed.
    """

    actors: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    statuses: tuple[Status, ...] = ()
    assets: tuple[Asset, ...] = ()
    articles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    search: str = ""
    minimum_confidence: float = 0.0
    place: str | None = None
    borders: Viewpoint | None = None


# Claims of several articles brought together


@dataclass(frozen=True, slots=True)
class Report:
    """A claim as the join sees it: who is said to be where, when, and who printed it.

    ``id`` is the claim's. ``story`` stands for all copies of one text (the smallest of their articles' ids). ``first``
    and ``last`` are the days that the event may have been on, by the text itself, None where it gives none.
    """

    id: str
    article: str
    story: str
    outlet: str | None
    published: date | None
    actor: str
    asset: Asset
    status: Status
    place: Place | None
    direction: Direction = "in"
    hedged: bool = False
    unit: str | None = None
    quantity: Quantity | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class JoinDecision:
    """What a reviewer said of two claims: about one deployment, about two, or an earlier word taken back."""

    first: str
    second: str
    verdict: Literal["together", "apart", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Member:
    """A report of a deployment, and why it was joined to it."""

    report: Report
    why: str


@dataclass(frozen=True, slots=True)
class Step:
    """The first claim (by its id) that reports a deployment to have come so far, and the day that it tells of."""

    status: Status
    day: date | None
    claim: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """Reports that cannot all be true, side by side: what each side says, and the ids of the claims that say so."""

    about: Literal["presence", "number"]
    sides: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Deployment:
    """Forces of one actor at one destination, or under way to it, as one or more articles report them.

    ``place`` is the closest that any report gives; ``low`` and ``high`` are the range of the numbers reported, of what
    ``counted`` says. ``first`` and ``last`` are the days of the first and the last report, ``status`` is the last step
    of the ``course``. ``sources`` counts those independent of each other: copies of one text are one, and so are all
    articles of one outlet.
    """

    id: str
    actor: str
    asset: Asset
    place: Place | None
    status: Status
    members: tuple[Member, ...]
    course: tuple[Step, ...]
    disputes: tuple[Dispute, ...]
    articles: int
    sources: int
    first: date | None
    last: date | None
    low: int | None = None
    high: int | None = None
    counted: Counted | None = None
