"""What a mention may mean: the places that the machine weighed, in the words that a reader chooses by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import wording
from records import Place
from store.protocol import PlaceReview, StoredClaim

#: From which share of the belief on a choice is called so.
BELIEF = ((0.95, "almost certain"), (0.8, "probable"), (0.5, "more likely than not"), (0.0, "doubtful"))

#: A smaller share is not told by itself.
FAINT = 0.01


@dataclass(frozen=True, slots=True)
class Offer:
    """A place to choose, with its share of the machine's belief (0 to 1); None for one that the reader looked up."""

    place: Place
    share: float | None


def others(stored: StoredClaim) -> list[Offer]:
    """The places weighed, the likeliest first, without the one that is shown.

    An area derived from an entry ("near Paris") bears the entry's id before a ``#``.
    """
    shown = entry_id(stored.shown) if stored.shown else None
    candidates = stored.placement.candidates if stored.placement else ()
    return [Offer(one.place, one.score) for one in candidates if entry_id(one.place) != shown]


def with_found(offered: Sequence[Offer], found: Sequence[Place]) -> list[Offer]:
    """What is offered, and what was looked up beside it."""
    known = {offer.place.gazetteer_id for offer in offered}
    return [*offered, *(Offer(place, None) for place in found if place.gazetteer_id not in known)]


def entry_id(place: Place) -> str:
    return place.gazetteer_id.partition("#")[0]


def described(place: Place) -> str:
    """Kind and whereabouts: "town in Texas, United States"."""
    countries = [wording.country(code) for code in place.countries]
    around = [part for part in (place.admin1, " and ".join(countries)) if part and part != place.name]
    joined = "near" if place.kind == "sea" else "in"
    return f"{wording.KINDS[place.kind]} {joined} {', '.join(around)}" if around else wording.KINDS[place.kind]


def derived(place: Place) -> bool:
    """Whether it is an area that the words make of an entry ("near Paris"): a circle, without an outline."""
    return "#" in place.gazetteer_id


def extent(place: Place) -> str:
    if place.kind in ("city", "base"):
        return f"within {place.radius_km:,.0f} km of the point"
    if derived(place):
        return f"an area, within {place.radius_km:,.0f} km of its middle"
    return "an area, not a point"


def belief(share: float) -> str:
    """A share of belief in words; it is no probability that the place is right, only what the machine gave it."""
    words = next(words for least, words in BELIEF if share >= least)
    return f"{percent(share)} of the belief, {words}"


def percent(share: float) -> str:
    """Never 0% nor 100%: what is weighed is neither excluded nor sure."""
    if share < FAINT:
        return "under 1%"
    return "over 99%" if share > 1 - FAINT else f"{share:.0%}"


def reviewed(review: PlaceReview) -> str:
    """One review as a line: who did what when, and why."""
    place = review.place
    done = {
        "chosen": f"judged it to be {place.name}, {described(place)}" if place else "chose a place",
        "none": "found none of the places right",
        "withdrawn": "took that back",
    }[review.verdict]
    return f"{review.who} {done}, {when(review)}"


def when(review: PlaceReview) -> str:
    """When it was given, with the reviewer's reason."""
    reason = f": “{review.reason}”" if review.reason else ""
    return f"{review.at:%Y-%m-%d %H:%M} UTC{reason}"
