"""What the reports of one deployment tell together: how far it has come, how many, where they disagree. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from deployments.likeness import COURSE, SAME_NUMBER, comparable, days_between, ratio
from records import PRESENT, Counted, Dispute, Report, Step

#: Numbers that differ are a dispute when they are told of so many days; later they may have changed.
SAME_TIME_DAYS = 30


def course_of(reports: Sequence[Report]) -> tuple[Step, ...]:
    """The steps forward, each with the first claim that reports it; a report of an earlier step takes none back.

    What is announced of leaving is no step: they are there until they left.
    """
    steps: list[Step] = []
    for report in reports:
        if report.status == "denied" or (report.direction == "out" and report.status != "withdrawn"):
            continue
        if not steps or COURSE[report.status] > COURSE[steps[-1].status]:
            steps.append(Step(report.status, report.last or report.published, report.id))
    return tuple(steps)


def numbers_of(reports: Sequence[Report]) -> tuple[int | None, int | None, Counted | None]:
    """Lowest and highest number reported, of what is counted most often; bounds that nobody gives are None."""
    told = [one.quantity for one in reports if one.quantity and (one.quantity.low or one.quantity.high)]
    kinds = Counter(one.of for one in told)
    if not kinds:
        return None, None, None
    of = max(kinds, key=lambda kind: (kinds[kind], kind))
    lows = [one.low for one in told if one.of == of and one.low is not None]
    ends = [end for one in told if one.of == of for end in (one.low, one.high) if end is not None]
    return min(lows, default=None), max(ends), of


def disputes_of(reports: Sequence[Report]) -> tuple[Dispute, ...]:
    """Denied against reported, and numbers of one time against each other."""
    return tuple(found for found in (_presence(reports), _number(reports)) if found)


def _presence(reports: Sequence[Report]) -> Dispute | None:
    denied = tuple(one.id for one in reports if one.status == "denied" and one.direction == "in")
    said = [one for one in reports if one.status != "denied" and one.direction == "in"]
    if not denied or not said:
        return None
    furthest = max(said, key=lambda one: COURSE[one.status]).status
    return Dispute("presence", (("denied", denied), (furthest, tuple(one.id for one in said))))


def _number(reports: Sequence[Report]) -> Dispute | None:
    """Sides are what each number's words are; only those that contradict another one are named."""
    disputed: dict[str, list[str]] = {}
    for one in reports:
        if any(_contradicts(one, other) for other in reports):
            assert one.quantity
            disputed.setdefault(_spelt(one), []).append(one.id)
    if not disputed:
        return None
    return Dispute("number", tuple((words, tuple(ids)) for words, ids in sorted(disputed.items())))


def _contradicts(one: Report, other: Report) -> bool:
    if not comparable(one, other) or one.story == other.story:
        return False
    assert one.quantity
    assert other.quantity
    days = days_between(one, other)
    alike = (one.status in PRESENT) == (other.status in PRESENT) and one.direction == other.direction
    arriving = (one.status == "deploying") != (other.status == "deploying")
    return (
        alike
        and not arriving
        and (days is None or days <= SAME_TIME_DAYS)
        and ratio(one.quantity, other.quantity) > SAME_NUMBER
    )


def _spelt(report: Report) -> str:
    assert report.quantity
    low, high = report.quantity.low, report.quantity.high
    if low == high:
        return f"{low:,} {report.quantity.of}"
    if low is None:
        return f"up to {high:,} {report.quantity.of}"
    return f"{low:,} to {high:,} {report.quantity.of}" if high else f"{low:,} or more {report.quantity.of}"
