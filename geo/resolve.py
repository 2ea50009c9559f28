"""Which place each mention means, by what the rest of the text says.

Every name has its candidates; each is scored by how often the bare name means it, by the words around it ("air
base", "Paris, Texas"), and by how well it fits the other places of the text: the same country, the same first-level
area, near by. Two or three rounds let the sure ones speak for the unsure ones. One name has one sense in a text.
The weights are round numbers set by hand; about a dozen settings were compared on LGL and GeoVirus, so the figures on
those two are figures of development.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from geo.areas import derived
from geo.gazetteer import Entry, Gazetteer, likelihood
from geo.names import capitals, fold
from records import Candidate, Mention, PlaceKind, Placement

EARTH_KM = 6371.0088
MOST = 40  # candidates of one name that are weighed
KEPT = 5  # alternatives that a placement shows
ROUNDS = 3

# What each kind of evidence is worth, in powers of ten of inhabitants.
INSIDE = 4.0  # lies in the container that follows the name
OUTSIDE = -2.5  # lies elsewhere
HOLDS = 3.0  # has in it the place before it ("Atlanta, Georgia")
LISTED = 4  # names in a row that make a list
LIST_GAP = 6  # characters between two of a row: ", and "
LIKE_LISTED = 3.0  # share of the others in the row that are of its kind
RIGHT_KIND = 2.5  # is what the words say it is
WRONG_KIND = -2.5
COUNTRY = 2.5  # share of the text's other places in its country
AREA = 2.5  # share of them in its first-level area
NEAR = 3.0  # others near by, saturating
NEAR_KM = 120.0
SHARPNESS = 1.6  # from scores to shares of belief
TIE = 0.03  # closer than that, and far apart on the map, it is a guess
# An uncertain name is taken for a place where the place is well known, or where the text speaks for it as well: most
# Franklins in the news are people. Names of several words are seldom anything else.
KNOWN = 5.0
SUPPORTED = 6.8
SUPPORTED_LONG = 5.0
MISSPELT = 4.0  # what a place must reach, with all that speaks for it, for a misspelt name to mean it

Floats = npt.NDArray[np.float64]


@dataclass(slots=True)
class Name:
    """One name in a text, with every mention of it: one sense for all."""

    entries: list[Entry]
    mentions: list[int] = field(default_factory=list)
    within: list[list[Entry]] = field(default_factory=list)
    holds: list[list[Entry]] = field(default_factory=list)
    listed: list[Name] = field(default_factory=list)
    scores: Floats = field(default_factory=lambda: np.zeros(0))

    @property
    def best(self) -> int:
        return int(np.argmax(self.scores))

    @property
    def belief(self) -> Floats:
        powers = np.exp(SHARPNESS * (self.scores - self.scores.max()))
        return np.asarray(powers / powers.sum())


def resolve(mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Placement]:
    """Place every mention: one placement for each, in the same order.

    ``place`` is None, with the reason in words, where the gazetteer does not know the name, where an uncertain name
    is not likely a place, or where two far apart are as likely. ``score`` and the alternatives' are shares of belief.
    """
    between = [index for index, mention in enumerate(mentions) if mention.relation == "between" and mention.within]
    names = list(mentions)
    for index in between:
        # Both ends are looked up as names like any other, by the same evidence.
        names[index] = _named(mentions[index], mentions[index].toponym)
        names.append(_named(mentions[index], mentions[index].within[0]))
    placed = _resolved(names, gazetteer)
    for index, end in zip(between, placed[len(mentions) :], strict=True):
        placed[index] = _spanned(replace(placed[index], mention=mentions[index]), end, gazetteer)
    return placed[: len(mentions)]


def _named(mention: Mention, name: str) -> Mention:
    return replace(mention, toponym=name, kind=None, within=(), relation=None)


def _spanned(placement: Placement, end: Placement, gazetteer: Gazetteer) -> Placement:
    """The placement of one end, widened to what lies between it and the other; nowhere if that is not known."""
    entry = gazetteer.entry(placement.place.gazetteer_id) if placement.place else None
    if entry is None:
        return placement
    if end.place is None:
        return replace(placement, place=None, score=0.0, reason=f"the other end is not known: {end.reason}")
    place = derived(entry, placement.mention, gazetteer, end=end.place)
    return replace(placement, place=place, score=min(placement.score, end.score))


def _resolved(mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Placement]:
    names = _names(mentions, gazetteer)
    known = [name for name in names.values() if name.entries]
    _weigh(known, mentions)
    by_mention = {index: name for name in names.values() for index in name.mentions}
    countries = {index: _country_of(name) for index, name in by_mention.items()}
    return [
        _placement(mention, by_mention[index], gazetteer, _neighbours(index, mentions, countries, gazetteer))
        for index, mention in enumerate(mentions)
    ]


def _names(mentions: Sequence[Mention], gazetteer: Gazetteer) -> dict[tuple[str, PlaceKind | None], Name]:
    """The text's names with their candidates, mentions that say the same name of the same kind together."""
    names: dict[tuple[str, PlaceKind | None], Name] = {}
    within: dict[str, list[list[Entry]]] = {}
    for index, mention in enumerate(mentions):
        folded = fold(mention.toponym)
        key = (folded, mention.kind)
        if key not in names:
            names[key] = Name(gazetteer.candidates(mention.toponym, fuzzy=mention.certain, limit=MOST))
        names[key].mentions.append(index)
        for container in mention.within:
            if found := [e for e in gazetteer.candidates(container) if e.place.kind in ("country", "admin1", "region")]:
                within.setdefault(folded, []).append(found)
    for mention in mentions:
        for container in mention.within[:1]:
            # "Atlanta, Georgia" tells which Georgia as well.
            inner = names[fold(mention.toponym), mention.kind].entries
            for (folded, _), name in names.items():
                if folded == fold(container) and inner is not name.entries:
                    name.holds.append(inner)
    _note_lists(names, mentions)
    # "Paris, Texas" once says it for every Paris of the text.
    for (folded, _), name in names.items():
        name.within = within.get(folded, [])
    return names


def _note_lists(names: dict[tuple[str, PlaceKind | None], Name], mentions: Sequence[Mention]) -> None:
    """Which names stand in a row, "Ohio, Georgia, Maine and Utah": they are mostly of one kind."""
    of_mention = {index: number for number, name in enumerate(names.values()) for index in name.mentions}
    every, row = list(names.values()), [0] if mentions else []
    for index in range(1, len(mentions) + 1):
        follows = index < len(mentions) and 0 < mentions[index].span.start - mentions[index - 1].span.end <= LIST_GAP
        if not follows:
            if len(members := {of_mention[one] for one in row}) >= LISTED:
                for number in members:
                    every[number].listed += [every[other] for other in members - {number}]
            row = []
        row.append(index)


def _weigh(names: list[Name], mentions: Sequence[Mention]) -> None:
    if not names:
        return
    own = [np.array([_alone(entry, name, mentions) for entry in name.entries]) for name in names]
    for name, scores in zip(names, own, strict=True):
        name.scores = scores
    if len(names) == 1:
        return
    fit = Fit(names)
    for _ in range(ROUNDS):
        for name, scores, extra in zip(names, own, fit.scores(), strict=True):
            name.scores = scores + extra


def _alone(entry: Entry, name: Name, mentions: Sequence[Mention]) -> float:
    """A candidate's score by its name and the words around it."""
    score = likelihood(entry) + _within(entry, name) + _holding(entry, name)
    kind = mentions[name.mentions[0]].kind
    if kind is not None:
        score += RIGHT_KIND if _is(entry, kind) else WRONG_KIND
    return score


def _is(entry: Entry, kind: PlaceKind) -> bool:
    if kind == "region":
        return entry.place.kind in ("region", "admin1")
    return entry.place.kind == kind


def ranked(entries: Sequence[Entry], containers: Sequence[Sequence[Entry]] = ()) -> list[tuple[Entry, float]]:
    """Candidates of one name without a text, the likeliest first, each with its share of belief.

    ``containers`` holds for each name of an enclosing area the places it may mean: "Paris, Texas" has one.
    """
    if not entries:
        return []
    name = Name(list(entries), within=[list(found) for found in containers])
    name.scores = np.array([likelihood(entry) + _within(entry, name) for entry in entries])
    belief = name.belief
    return [(entries[i], round(float(belief[i]), 4)) for i in np.argsort(-belief, kind="stable")]


def _within(entry: Entry, name: Name) -> float:
    fits = (any(_inside(entry, container) for container in containers) for containers in name.within)
    return sum(INSIDE if fit else OUTSIDE for fit in fits)


def _holding(entry: Entry, name: Name) -> float:
    """What it is worth that it encloses the places named before it: once, whatever their number."""
    if not name.holds or entry.place.kind not in ("country", "admin1", "region"):
        return 0.0
    return HOLDS if any(_inside(inner, entry) for entries in name.holds for inner in entries[:10]) else 0.0


def _inside(entry: Entry, container: Entry) -> bool:
    place, outer = entry.place, container.place
    if place.gazetteer_id == outer.gazetteer_id:
        return False
    if outer.kind == "country":
        return outer.countries[0] in place.countries
    if outer.gazetteer_id.startswith("admin1:") and "+" not in outer.gazetteer_id and entry.area:
        # A town has its area from the outlines; the box would put it into the neighbouring state as well.
        return entry.area == outer.gazetteer_id
    if outer.countries and place.countries and set(outer.countries).isdisjoint(place.countries):
        return False
    if container.box is not None:
        west, south, east, north = container.box
        return west - 0.2 <= place.lon <= east + 0.2 and south - 0.2 <= place.lat <= north + 0.2
    return _km(place.lat, place.lon, outer.lat, outer.lon) <= outer.radius_km + 10


def _km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    one, other = _vectors(np.array([lat1]), np.array([lon1])), _vectors(np.array([lat2]), np.array([lon2]))
    return float(EARTH_KM * np.arccos(np.clip(one @ other.T, -1, 1))[0, 0])


def _vectors(lat: Floats, lon: Floats) -> Floats:
    """Points on the unit sphere: great-circle distance is then an arc cosine of a product."""
    y, x = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)], axis=1)


class Fit:
    """How well each candidate fits what the other names of the text mean at the moment."""

    def __init__(self, names: list[Name]) -> None:
        self._names = names
        entries = [entry for name in names for entry in name.entries]
        self._owner = np.repeat(np.arange(len(names)), [len(name.entries) for name in names])
        self._first = np.concatenate([[0], np.cumsum([len(name.entries) for name in names])[:-1]])
        self._points = _vectors(np.array([e.place.lat for e in entries]), np.array([e.place.lon for e in entries]))
        self._country = _codes([e.place.countries[0] if len(e.place.countries) == 1 else "" for e in entries])
        self._area = _codes([e.area or (e.place.gazetteer_id if e.place.kind == "admin1" else "") for e in entries])
        # A country's middle says nothing of where in it something lies.
        self._pointlike = np.array(
            [e.place.kind in ("city", "base", "admin1") and e.place.radius_km < 400 for e in entries]
        )
        kinds = sorted({e.place.kind for e in entries})
        self._kind = np.array([kinds.index(e.place.kind) for e in entries])
        number = {id(name): at for at, name in enumerate(names)}
        self._listed = np.zeros((len(names), len(names)))
        for name in names:
            for other in name.listed:
                if id(other) in number:
                    self._listed[number[id(name)], number[id(other)]] = 1.0
        self._listed /= np.maximum(self._listed.sum(axis=1, keepdims=True), 1.0)
        self._times = np.sqrt([len(name.mentions) for name in names])

    def scores(self) -> list[Floats]:
        best = self._first + np.array([name.best for name in self._names])
        trust = np.array([name.belief.max() for name in self._names]) * self._times
        others = self._owner[:, None] != np.arange(len(self._names))[None, :]
        weight = others * trust[None, :]
        total = np.maximum(weight.sum(axis=1), 1e-9)
        # Few others are weak evidence: two names more are thought to say nothing.
        evidence = total + 1.0
        country = (self._country[:, None] == self._country[best][None, :]) & (self._country[:, None] >= 0)
        area = (self._area[:, None] == self._area[best][None, :]) & (self._area[:, None] >= 0)
        arc = np.arccos(np.clip(self._points @ self._points[best].T, -1, 1)) * EARTH_KM
        near = (weight * np.exp(-arc / NEAR_KM) * self._pointlike[best][None, :]).sum(axis=1) * self._pointlike
        alike = (self._listed[self._owner] * (self._kind[:, None] == self._kind[best][None, :])).sum(axis=1)
        extra = (
            LIKE_LISTED * alike
            + COUNTRY * (weight * country).sum(axis=1) / evidence
            + AREA * (weight * area).sum(axis=1) / evidence
            + NEAR * near / (near + 0.7)
        )
        return list(np.split(extra, self._first[1:]))


def _codes(values: list[str]) -> npt.NDArray[np.int64]:
    """Numbers for values that are alike; -1 for none."""
    order = {value: number for number, value in enumerate(sorted(set(values) - {""}))}
    return np.array([order.get(value, -1) for value in values], dtype=np.int64)


def _country_of(name: Name) -> str:
    if not name.entries:
        return ""
    place = name.entries[name.best].place
    return place.countries[0] if place.kind == "country" else ""


def _neighbours(
    index: int, mentions: Sequence[Mention], countries: dict[int, str], gazetteer: Gazetteer
) -> tuple[str, ...]:
    """Countries that a border mention may be shared with: those of ``within``, then the one named just before it."""
    mention = mentions[index]
    if mention.relation != "border":
        return ()
    named = [e.place.countries[0] for name in mention.within for e in gazetteer.candidates(name, kinds=["country"])[:1]]
    before = [countries[i] for i in range(index - 1, max(-1, index - 3), -1) if countries[i]]
    after = [countries[index + 1]] if index + 1 < len(mentions) and countries[index + 1] else []
    return tuple(dict.fromkeys(named + before + after))


def _placement(mention: Mention, name: Name, gazetteer: Gazetteer, neighbours: tuple[str, ...]) -> Placement:
    if not name.entries:
        return Placement(mention, None, reason=f"no place called {mention.toponym!r} in the gazetteer")
    belief = name.belief
    order = np.argsort(-belief, kind="stable")
    candidates = tuple(Candidate(name.entries[i].place, round(float(belief[i]), 4)) for i in order[:KEPT])
    entry, score = name.entries[order[0]], float(name.scores[order[0]])
    if doubt := _doubt(mention, entry, score):
        return Placement(mention, None, 0.0, candidates, doubt)
    if len(order) > 1:
        second = name.entries[order[1]]
        tied = score - float(name.scores[order[1]]) < TIE
        apart = _km(entry.place.lat, entry.place.lon, second.place.lat, second.place.lon)
        if tied and apart > entry.place.radius_km + second.place.radius_km + 100:
            reason = f"cannot choose between {_described(entry)} and {_described(second)}"
            return Placement(mention, None, candidates[0].score, candidates, reason)
    place = derived(entry, mention, gazetteer, neighbours) if mention.relation else entry.place
    return Placement(mention, place, candidates[0].score, candidates, _reason(entry, name, len(order)))


def _doubt(mention: Mention, entry: Entry, score: float) -> str:
    """Why a name that may be none is taken for none; empty where it is taken for a place."""
    if entry.rank == 4 and (score < MISSPELT or not mention.certain):
        return f"no place is spelt {mention.toponym!r}, and {entry.place.name} is too unlikely to be meant"
    if mention.certain:
        return ""
    if entry.rank == 3:
        return f"{mention.toponym!r} names a people, not a place"
    letters = capitals(mention.toponym)
    # "UN" is no town called Un: in capitals only what has such a short form is meant.
    if letters.isupper() and len(letters) <= 4 and entry.place.kind in ("city", "base"):
        return f"{mention.toponym!r} is more likely an organisation"
    supported = SUPPORTED_LONG if " " in mention.toponym else SUPPORTED
    likely = likelihood(entry) >= KNOWN or score >= supported
    return "" if likely else f"{mention.toponym!r} is more likely no place here"


def _described(entry: Entry) -> str:
    where = ", ".join(part for part in (entry.place.admin1, *entry.place.countries[:2]) if part)
    return f"{entry.place.name} ({where})" if where else entry.place.name


def _reason(entry: Entry, name: Name, count: int) -> str:
    if entry.rank == 4:
        return f"no place is spelt so; {entry.place.name} is spelt most alike"
    if name.within and any(_inside(entry, container) for containers in name.within for container in containers):
        return "lies in the area that the text names with it"
    if count == 1:
        return "the only place of that name"
    alone = max(name.entries, key=likelihood)
    if alone.place.gazetteer_id == entry.place.gazetteer_id:
        return f"the best known of {count} places of that name"
    return f"of {count} places of that name the one that fits the other places in the text"
