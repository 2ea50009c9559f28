"""Claims of many articles brought together: who is reported to be where, by how many, and since when. Pure.

Reports are taken in the order of their publication. Each goes to the deployment that it fits best, or opens one. It
must not be barred by *any* report that is in it already (``likeness``), so nothing is chained together by a vague
report in the middle: "troops in Lithuania" may belong to those at Rukla or to those at Pabradė, but once it is with
the first, the second stay out. A report that fits two deployments equally, and bears no mark of either, goes to
neither. Later reports never move earlier ones: what was known on a day is what stands here up to that day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from deployments.course import course_of, disputes_of, numbers_of
from deployments.likeness import (
    APART_DAYS,
    ENOUGH,
    Likeness,
    comes_after,
    compare_in_order,
    gone_since,
    grounds_of,
    in_order,
    span_of,
)
from records import Asset, Deployment, JoinDecision, Member, Place, Report, fingerprint

FIRST = "the first report of it"
BY_REVIEWER = "joined by a reviewer"


def join(reports: Iterable[Report], decisions: Sequence[JoinDecision] = ()) -> list[Deployment]:
    """All deployments in the reports, by their ids' order. The order of the reports does not matter, that of the
    decisions does: the last word on two claims holds.
    """
    joiner = Joiner(decisions)
    for report in sorted(reports, key=in_order):
        joiner.add(report)
    return joiner.deployments()


@dataclass(slots=True)
class _Group:
    """A deployment while it grows."""

    id: str
    members: list[Member] = field(default_factory=list)
    left: tuple[Report, date] | None = None
    #: From the first day to the last that a report is about; None as soon as one is about none.
    days: tuple[date, date] | None = (date.max, date.min)

    def take(self, report: Report, why: str) -> None:
        self.members.append(Member(report, why))
        span = span_of(report)
        self.days = (min(self.days[0], span[0]), max(self.days[1], span[1])) if self.days and span else None
        gone = gone_since(report)
        if gone and not self._leaves_some(report):
            self.left = report, gone

    def _leaves_some(self, leaving: Report) -> bool:
        """Whether those who leave are less than half of those who came."""
        there = [one.report.quantity for one in self.members if one.report.direction == "in"]
        known = [one.high for one in there if one and one.high and leaving.quantity and one.of == leaving.quantity.of]
        return bool(known and leaving.quantity and (leaving.quantity.high or 0) * 2 < max(known))


class Joiner:
    """Takes reports in the order of ``likeness.in_order`` and brings them together.

    One that was joined before is put where it was with ``restore``, so that only what follows is weighed anew.
    """

    def __init__(self, decisions: Sequence[JoinDecision] = ()) -> None:
        self._decided = Decisions(decisions)
        self._groups: dict[str, _Group] = {}
        # By actor and ground of the first report, which every further one must share.
        self._on: dict[tuple[str, tuple[str, Asset]], list[_Group]] = defaultdict(list)
        self._group_of: dict[str, _Group] = {}

    def add(self, report: Report) -> tuple[str, str]:
        """The id of the deployment that the report goes to, and why."""
        chosen, why = self._choose(report)
        self.restore(report, chosen or opened_by(report), why)
        return self._group_of[report.id].id, why

    def restore(self, report: Report, deployment: str, why: str) -> None:
        """Put a report where an earlier run put it."""
        group = self._groups.get(deployment)
        if group is None:
            group = self._groups[deployment] = _Group(deployment)
            for ground in grounds_of(report):
                self._on[report.actor, ground].append(group)
        group.take(report, why)
        self._group_of[report.id] = group

    def deployments(self) -> list[Deployment]:
        return [summarise(id, group.members) for id, group in sorted(self._groups.items())]

    def _choose(self, report: Report) -> tuple[str | None, str]:
        for partner in self._decided.partners(report.id):
            group = self._group_of.get(partner)
            if group and group.members[0].report.actor == report.actor and not self._parted(report, group):
                return group.id, BY_REVIEWER
        fitting = [(group, found) for group in self._near(report) if (found := _fit(report, group))]
        if not fitting:
            return None, FIRST
        most = max(found.points for _, found in fitting)
        best = [(group, found) for group, found in fitting if found.points == most]
        if len(best) > 1 and not best[0][1].marked:
            best = [(group, found) for group, found in best if _says_no_more(report, group)]
            if not best:
                return None, f"{FIRST}: fits several others equally, so it is joined to none"
        group, found = max(best, key=lambda one: (_last_day(one[0]), one[0].id))
        return group.id, f"joined because {'; '.join(found.reasons)}"

    def _near(self, report: Report) -> list[_Group]:
        """The groups that the report may go to as far as place, force and time tell at a glance."""
        near = {
            group.id: group
            for ground in grounds_of(report)
            if ground[1] == report.asset
            for group in self._on[report.actor, ground]
            if not _far_in_time(report, group)
        }
        return [group for group in near.values() if not self._parted(report, group)]

    def _parted(self, report: Report, group: _Group) -> bool:
        apart = self._decided.apart_from(report.id)
        return bool(apart) and any(one.report.id in apart for one in group.members)


def _far_in_time(report: Report, group: _Group) -> bool:
    span = span_of(report)
    if span is None or group.days is None:
        return False
    return max((span[0] - group.days[1]).days, (group.days[0] - span[1]).days) > APART_DAYS


def _fit(report: Report, group: _Group) -> Likeness | None:
    """How well a report fits a group: as well as the likest of its reports, if none of them bars it."""
    if group.left and comes_after(report, *group.left):
        return None
    best: Likeness | None = None
    for member in group.members:
        found = compare_in_order(member.report, report)
        if found.bar == "too long apart":
            continue  # of another time, but what lies between may carry on from it
        if found.bar:
            return None
        if best is None or found.points > best.points:
            best = found
    return best if best and best.points >= ENOUGH else None


def _says_no_more(report: Report, group: _Group) -> bool:
    """Whether all that is in a group is as vague as the report: then it is the place for what fits several."""
    return all(
        one.report.quantity is None and one.report.place == report.place and one.report.asset == report.asset
        for one in group.members
    )


def _last_day(group: _Group) -> date:
    spans = [span_of(one.report) for one in group.members]
    return max((span[1] for span in spans if span), default=date.min)


def opened_by(report: Report) -> str:
    """The id of the deployment that a report opens."""
    return fingerprint("deployment", report.id)


class Decisions:
    """What reviewers said of pairs of claims. The last word on a pair holds; together is passed on, apart is not."""

    def __init__(self, decisions: Sequence[JoinDecision]) -> None:
        last = {tuple(sorted((one.first, one.second))): one.verdict for one in decisions}
        self._apart: dict[str, set[str]] = defaultdict(set)
        self._together: dict[str, set[str]] = {}
        for (a, b), verdict in last.items():
            if verdict == "apart":
                self._apart[a].add(b)
                self._apart[b].add(a)
            elif verdict == "together":
                both = self._together.get(a, {a}) | self._together.get(b, {b})
                self._together.update(dict.fromkeys(both, both))

    def partners(self, claim: str) -> list[str]:
        """The claims that belong with this one, by their ids' order."""
        return sorted(self._together.get(claim, set()) - {claim})

    def apart_from(self, claim: str) -> set[str]:
        return self._apart.get(claim, set())


# What there is to say of a deployment


def summarise(id: str, members: Sequence[Member]) -> Deployment:
    """A deployment from its members, in the order in which they were reported."""
    reports = [one.report for one in members]
    course = course_of(reports)
    low, high, counted = numbers_of(reports)
    days = sorted(one.published for one in reports if one.published)
    return Deployment(
        id=id,
        actor=reports[0].actor,
        asset=_asset(reports),
        place=_closest(reports),
        status=course[-1].status if course else reports[-1].status,
        members=tuple(members),
        course=course,
        disputes=disputes_of(reports),
        articles=len({one.article for one in reports}),
        sources=independent(reports),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        low=low,
        high=high,
        counted=counted,
    )


def independent(reports: Iterable[Report]) -> int:
    """How many sources do not depend on each other: articles of one story, or of one outlet, are one source."""
    sets: list[set[str]] = []
    for report in reports:
        marks = {f"story {report.story}"} | ({f"outlet {report.outlet.casefold()}"} if report.outlet else set())
        touched = [one for one in sets if one & marks]
        sets = [one for one in sets if not one & marks] + [marks.union(*touched)]
    return len(sets)


def _asset(reports: Sequence[Report]) -> Asset:
    told: Counter[Asset] = Counter(one.asset for one in reports if one.asset != "unspecified")
    return max(told, key=lambda asset: (told[asset], asset)) if told else "unspecified"


def _closest(reports: Sequence[Report]) -> Place | None:
    """The smallest place that is named; of equal ones the one named most."""
    named = Counter(one.place for one in reports if one.place)
    return min(named, key=lambda place: (place.radius_km, -named[place], place.gazetteer_id), default=None)
