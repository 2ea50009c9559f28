"""Whether two reports may be of one deployment: what forbids it, and what speaks for it. Pure.

A bar ends the matter, however much else agrees: other forces, another destination, other ships, another time, numbers
that one article tells apart. What is left is weighed in points, each with its reason; ``ENOUGH`` of them join. The
points were set by hand on ``bench/joins/build.jsonl`` and are few, so that each can be understood and disputed.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from deployments.containment import distance_km, is_spot, lies_in
from deployments.designations import names_of
from records import ASSETS, PRESENT, Asset, Quantity, Report, Status

#: Points from which two reports are of one deployment, where nothing forbids it.
ENOUGH = 4
#: Days between two reports above which they are not of one deployment.
APART_DAYS = 400

#: What a Patriot battery is called by one and by the other.
ALIKE: frozenset[Asset] = frozenset({"missile", "air_defence"})
#: Kinds of force that one report may take for the other.
KIN: frozenset[frozenset[Asset]] = frozenset(
    frozenset(pair)
    for pair in (
        ("ground", "armour"),
        ("ground", "artillery"),
        ("ground", "support"),
        ("ground", "staff"),
        ("missile", "artillery"),
    )
)
#: Kinds of force that people mean who say no kind.
ON_LAND: frozenset[Asset] = frozenset({"ground", "armour", "artillery", "support", "staff"})
#: How far along a deployment is. A denial is no step, and an exercise is a visit of its own.
COURSE: dict[Status, int] = {
    "discussed": 0,
    "offered": 1,
    "planned": 2,
    "deploying": 3,
    "deployed": 4,
    "exercise": 4,
    "withdrawn": 5,
}
#: Numbers closer than this are the same number, told with more or less care.
SAME_NUMBER = 1.12
#: Numbers farther apart than this are of two forces, when they are told within so many days.
OTHER_NUMBER, OTHER_NUMBER_DAYS = 4.0, 14
#: Who is only talked of is hardly there within so many days.
SOON_DAYS = 10
#: How long a force may still be reported to be where it left.
LAG_DAYS = 14
NEAR_KM = 30.0

_ON_TOP = re.compile(r"\b(additional(ly)?|another|extra|further|more|reinforce\w*)\b(?! than)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a comparison came to. ``bar`` says why the two cannot be one, None where they can."""

    bar: str | None
    points: int = 0
    reasons: tuple[str, ...] = ()
    #: Whether something was found that only this force has: a name, or a number of some size.
    marked: bool = False

    @property
    def joins(self) -> bool:
        return self.bar is None and self.points >= ENOUGH


Weighed = tuple[int, str] | None


def compare(one: Report, other: Report) -> Likeness:
    """Weigh two reports of the same actor; the order of the two does not matter."""
    return compare_in_order(*sorted((one, other), key=in_order))


def compare_in_order(earlier: Report, later: Report) -> Likeness:
    """The same, for whoever knows which of the two comes first by ``in_order``."""
    place = _places(earlier, later)
    if place is None:
        return Likeness("another destination")
    asset = _assets(earlier, later)
    if asset is None:
        return Likeness("another kind of force")
    days = days_between(earlier, later)
    bar = _told_apart(earlier, later, days)
    if bar:
        return Likeness(bar)
    name, number = _names(earlier, later), _numbers(earlier, later)
    marked = bool((name and name[0] > 0) or (number and number[0] > 1))
    if days is None and not marked:
        return Likeness("undated, and nothing else marks it")
    if asset[0] < 0 and place[0] < 3 and not marked:
        return Likeness("another kind of force, perhaps elsewhere")
    found = [place, asset, _times(earlier, later, days), _steps(earlier, later, days), name, number]
    weighed = [one for one in found if one]
    reasons = tuple(words for points, words in weighed if points > 0)
    return Likeness(None, sum(points for points, _ in weighed), reasons, marked)


def in_order(report: Report) -> tuple[bool, date, bool, bool, str, int, str]:
    """The order in which reports are brought together: by day of publication, those without one last.

    Of one day those first that say most, then by the article's id, plans before deeds: never by when they reached the
    store.
    """
    day = report.published or report.first or date.max
    step = COURSE.get(report.status, len(COURSE))
    vague = report.place is None or report.place.kind in ("country", "region", "sea")
    return report.published is None, day, vague, report.quantity is None, report.article, step, report.id


# Where


def _places(one: Report, other: Report) -> Weighed:
    if one.place is None or other.place is None:
        return None
    a, b = one.place, other.place
    if a.gazetteer_id == b.gazetteer_id:
        return 3, f"same place ({min(a.name, b.name)})"
    if (a.radius_km, a.gazetteer_id) > (b.radius_km, b.gazetteer_id):
        a, b = b, a
    afloat = one.asset == other.asset == "naval"
    if lies_in(a, b) and (afloat or b.kind != "sea" or a.kind == "sea"):
        return 2, f"{a.name} lies {'on' if b.kind == 'sea' else 'in'} {b.name}"
    if is_spot(a) and is_spot(b) and set(a.countries) & set(b.countries) and distance_km(a, b) <= NEAR_KM:
        return 2, f"{a.name} lies near {b.name}"
    return None


def grounds_of(report: Report) -> frozenset[tuple[str, Asset]]:
    """Marks of where a report is and of what: two that share none are barred, so they need not be compared."""
    if report.place is None:
        return frozenset()
    where = {
        report.place.gazetteer_id,
        *report.place.countries,
        *report.place.littoral,
        report.place.kind == "sea" and "sea",
    }
    return frozenset((str(mark), asset) for mark in where if mark for asset in taken_for(report.asset))


@cache
def taken_for(asset: Asset) -> frozenset[Asset]:
    """The kinds of force that one report may call so and another one otherwise, itself among them."""
    if asset == "unspecified":
        return frozenset(ASSETS)
    found: set[Asset] = {asset, "unspecified"}
    found.update(*(pair for pair in (*KIN, ALIKE) if asset in pair))
    return frozenset(found)


# What


def _assets(one: Report, other: Report) -> Weighed:
    if one.asset == other.asset:
        return 1, f"same kind of force ({one.asset})"
    if {one.asset, other.asset} == ALIKE:
        return 0, ""
    if "unspecified" in (one.asset, other.asset):
        return _unsaid(*((one, other) if one.asset == "unspecified" else (other, one)))
    if frozenset((one.asset, other.asset)) in KIN and one.article != other.article:
        return -1, ""
    return None


def _unsaid(unsaid: Report, said: Report) -> Weighed:
    """ "Forces" may well be soldiers; that they are aircraft or ships needs more, and 900 people are none."""
    if said.asset in ON_LAND:
        return 0, ""
    return None if unsaid.quantity and unsaid.quantity.of == "personnel" else (-1, "")


def _names(one: Report, other: Report) -> Weighed:
    mine, theirs = (names_of(report) for report in (one, other))
    shared = mine & theirs
    return (3, f"same name ({', '.join(sorted(shared))})") if shared else None


# How many


def comparable(one: Report, other: Report) -> bool:
    mine, theirs = one.quantity, other.quantity
    return bool(mine and theirs and mine.of == theirs.of and _known(mine) and _known(theirs))


def ratio(one: Quantity, other: Quantity) -> float:
    """How many times the higher number is the lower, 1 where the two ranges touch. "Up to 350" reaches from 1."""
    (low_a, high_a), (low_b, high_b) = _bounds(one), _bounds(other)
    return max(low_a / high_b, low_b / high_a, 1.0)


def _known(quantity: Quantity) -> bool:
    return quantity.low is not None or quantity.high is not None


def _bounds(quantity: Quantity) -> tuple[float, float]:
    return float(quantity.low or 1), float(quantity.high) if quantity.high is not None else math.inf


def _numbers(one: Report, other: Report) -> Weighed:
    if not comparable(one, other):
        return None
    assert one.quantity
    assert other.quantity
    a, b = (quantity.high or quantity.low or 1 for quantity in (one.quantity, other.quantity))
    times = max(a, b) / min(a, b)
    if times <= SAME_NUMBER or (ratio(one.quantity, other.quantity) == 1 and _closed(one.quantity, other.quantity)):
        return (0 if min(a, b) == 1 else 2 if min(a, b) < 10 else 3), f"same number ({one.quantity.text})"
    return (0 if ratio(one.quantity, other.quantity) == 1 else -1), ""


def _closed(*quantities: Quantity) -> bool:
    return all(one.low is not None and one.high is not None for one in quantities)


def _agree(one: Report, other: Report) -> bool:
    found = _numbers(one, other)
    return bool(found and found[1])


# When


def span_of(report: Report) -> tuple[date, date] | None:
    """The days that a report is about: the event's, else its own; what is announced reaches from word to deed."""
    first, last = report.first or report.published, report.last or report.published
    if first is None or last is None:
        return None
    if report.published and report.status not in PRESENT and report.published < first:
        first = report.published
    return first, last


def days_between(one: Report, other: Report) -> int | None:
    """Days from the end of one report's time to the beginning of the other's; 0 where they overlap."""
    a, b = span_of(one), span_of(other)
    if a is None or b is None:
        return None
    return max((max(a[0], b[0]) - min(a[1], b[1])).days, 0)


def _times(one: Report, other: Report, days: int | None) -> Weighed:
    if days is None:
        return -1, ""
    leaving = other.status == "withdrawn" and one.status != "withdrawn"
    for most, points in ((10, 2), (35, 1), (100, 0), (APART_DAYS, 0 if leaving else -1)):
        if days <= most:
            return points, "reported on the same day" if days == 0 else f"{days} days apart"
    return -2, ""


def _steps(one: Report, other: Report, days: int | None) -> Weighed:
    """Whether the later report carries the earlier one on."""
    if "denied" in (one.status, other.status) or days is None:
        return None
    before, after = COURSE[one.status], COURSE[other.status]
    if one.direction == "in" and other.direction == "out":
        return 1, "leaving follows being there"
    if before < COURSE["planned"] and other.status == "deployed" and days <= SOON_DAYS:
        return -1, ""
    if before < after and days <= 100:
        return 1, f"{other.status} follows {one.status}"
    if before == COURSE["deployed"] and after < before:
        return -1, ""
    return None


# What forbids it


def _told_apart(one: Report, other: Report, days: int | None) -> str | None:
    mine, theirs = (names_of(report) for report in (one, other))
    if mine and theirs and not mine & theirs:
        return "forces of another name"
    if days is not None and days > APART_DAYS:
        return "too long apart"
    if "exercise" in (one.status, other.status) and {one.status, other.status} & {"deployed", "withdrawn"}:
        return "an exercise is a visit of its own"
    return _numbers_apart(one, other, days)


def _numbers_apart(one: Report, other: Report, days: int | None) -> str | None:
    differ = comparable(one, other) and not _agree(one, other)
    if one.article == other.article and differ:
        return "one article gives two numbers"
    if _on_top(one, other, days):
        return "one comes on top of the other"
    if differ and one.quantity and other.quantity and days is not None and days <= OTHER_NUMBER_DAYS:
        apart = ratio(one.quantity, other.quantity) > OTHER_NUMBER and not _arriving(one, other)
        return "numbers too far apart" if apart else None
    return None


def _on_top(one: Report, other: Report, days: int | None) -> bool:
    """Whether one report is of those who come on top of those whom the other is about."""
    more = [bool(_ON_TOP.search(report.unit or "")) for report in (one, other)]
    if more[0] == more[1]:
        return False
    added, standing = (one, other) if more[0] else (other, one)
    if comparable(one, other):
        assert one.quantity
        assert other.quantity
        return one.quantity != other.quantity and ratio(one.quantity, other.quantity) > 1
    there_before = standing is one or (days is not None and days <= OTHER_NUMBER_DAYS)
    return standing.status == "deployed" and COURSE.get(added.status, 5) < COURSE["deployed"] and there_before


def _arriving(one: Report, other: Report) -> bool:
    """Whether the smaller number is of the first who arrive."""
    smaller = min(
        (one, other), key=lambda report: report.quantity.high or report.quantity.low or 0 if report.quantity else 0
    )
    return smaller.status == "deploying"


def gone_since(report: Report) -> date | None:
    """The day by which a report has the force leave; None where it does not."""
    span = span_of(report)
    if report.status != "withdrawn" or report.direction != "out" or report.hedged or span is None:
        return None
    return span[1]


def comes_after(report: Report, left: Report, gone: date) -> bool:
    """Whether a report is of forces that come, or are there, after others have left.

    Of the very place that they left, news may lag behind.
    """
    span = span_of(report)
    coming = report.direction == "in" and report.status not in ("denied", "withdrawn")
    same = report.place and left.place and report.place.gazetteer_id == left.place.gazetteer_id
    return coming and span is not None and span[0] > gone + timedelta(days=LAG_DAYS if same else 0)
