"""Deployments as rows: made again only where something has changed, and then equal to what a whole run makes.

``deployments.join`` takes reports in the order of their publication, and none moves an earlier one. So a change is
noted as the actors that it is about and the first day that it touches (``note``). What was published before stays where
it is, and whatever follows is joined again, in a context that reaches as far as the rules of likeness do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Select,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    true,
)

from deployments.designations import names_of
from deployments.joiner import Joiner, summarise
from deployments.likeness import APART_DAYS, in_order, span_of
from records import Deployment, JoinDecision, Member, Report
from store.filters import CURRENT
from store.parts import in_parts
from store.places import find_places
from store.rows import quantity_of
from store.tables import (
    claims,
    deployment_claims,
    deployments,
    due,
    joins,
    readings,
    stories,
)

_UNDATED = date.max
_SPREAD = timedelta(days=APART_DAYS)

#: What a report is made of. ``place`` is the key of the place where the claim is shown.
COLUMNS = (
    claims.c.id,
    claims.c.reading,
    readings.c.article,
    func.coalesce(stories.c.story, readings.c.article).label("story"),
    readings.c.source.label("outlet"),
    readings.c.published,
    claims.c.actor,
    claims.c.asset,
    claims.c.status,
    claims.c.place,
    claims.c.direction,
    claims.c.hedged,
    claims.c.unit,
    claims.c.quantity_low,
    claims.c.quantity_high,
    claims.c.quantity_of,
    claims.c.quantity_text,
    claims.c.day,
    claims.c.last_day,
    claims.c.stated,
    claims.c.confidence,
)
TOLD = CURRENT.outerjoin(stories, stories.c.article == readings.c.article)


def note(connection: Connection, of_readings: ColumnElement[bool]) -> None:
    """Note that the claims of these readings came, go, or are other ones: to be called while they are there."""
    first = func.min(func.coalesce(readings.c.published, _UNDATED))
    touched = select(claims.c.actor, first.label("since")).join(readings, claims.c.reading == readings.c.id)
    for row in connection.execute(touched.where(of_readings).group_by(claims.c.actor)).all():
        _note(connection, row.actor, row.since)


def _note(connection: Connection, actor: str, since: date) -> None:
    known = connection.execute(select(due.c.since).where(due.c.actor == actor)).scalar()
    if known is None or since < known:
        connection.execute(delete(due).where(due.c.actor == actor))
        connection.execute(insert(due).values(actor=actor, since=since))


def note_decision(connection: Connection, claims_: Iterable[str]) -> None:
    """Note that a reviewer said something of these claims: it may touch whatever was ever joined with them by hand."""
    touched, known = set(claims_), defaultdict[str, set[str]](set)
    for row in connection.execute(select(joins.c.claim_a, joins.c.claim_b)):
        known[row.claim_a].add(row.claim_b)
        known[row.claim_b].add(row.claim_a)
    reached: set[str] = set()
    while touched - reached:
        claim = (touched - reached).pop()
        reached.add(claim)
        touched |= known[claim]
    for few in in_parts(sorted(reached)):
        named = select(claims.c.reading).where(claims.c.id.in_(few))
        note(connection, and_(readings.c.current, readings.c.id.in_(named)))


def join_all(writing: Engine) -> int:
    """Join again what is due, each actor in a transaction of its own; how many deployments were made or changed."""
    changed = 0
    while True:
        with writing.begin() as connection:
            waiting = connection.execute(select(due).order_by(due.c.actor).limit(1)).first()
            if waiting is None:
                return changed
            connection.execute(delete(due).where(due.c.actor == waiting.actor))
            changed += _join_again(connection, waiting.actor, waiting.since)


def _join_again(connection: Connection, actor: str, since: date) -> int:
    later = or_(readings.c.published >= since, readings.c.published.is_(None))
    anew = sorted(
        reports(
            connection,
            select(*COLUMNS).select_from(TOLD).where(claims.c.actor == actor, later),
        ),
        key=in_order,
    )
    decided = decisions(connection)
    context = _context(
        actor,
        since,
        anew,
        by_hand=bool(decided),
    )
    before = _members(connection, context, readings.c.published < since)
    joiner = Joiner(decided)
    for deployment, member in before:
        joiner.restore(member.report, deployment, member.why)
    touched = {joiner.add(one)[0] for one in anew}
    open_then = and_(
        deployments.c.actor == actor,
        or_(deployments.c.last >= since, deployments.c.last.is_(None)),
    )
    touched |= set(connection.execute(select(deployments.c.id).where(open_then)).scalars())
    _write(connection, touched, joiner.deployments())
    return len(touched)


def _context(
    actor: str,
    since: date,
    anew: Sequence[Report],
    *,
    by_hand: bool,
) -> Select[str]:
    """The deployments that a report may go to, or did: those near it in time, open since, or named by a reviewer."""
    own = deployments.c.actor == actor
    held = select(deployment_claims.c.deployment)
    near = held.select_from(
        deployment_claims.join(
            claims,
            and_(
                deployment_claims.c.reading == claims.c.reading,
                deployment_claims.c.claim == claims.c.id,
            ),
        ).join(readings, claims.c.reading == readings.c.id)
    ).where(claims.c.actor == actor, or_(*_near(anew)))
    named = held.where(deployment_claims.c.claim.in_(select(joins.c.claim_a).union(select(joins.c.claim_b))))
    chosen = [
        deployments.c.last >= since,
        deployments.c.last.is_(None),
        deployments.c.id.in_(near),
    ]
    if by_hand:
        chosen.append(deployments.c.id.in_(named))
    return select(deployments.c.id).where(own, or_(*chosen))


def _near(anew: Sequence[Report]) -> Iterator[ColumnElement[bool]]:
    """Conditions for claims whose time is so near to one of the reports that they may be of one deployment."""
    yield claims.c.id == ""  # none, should there be no report
    if any(span_of(one) is None and (one.quantity or names_of(one)) for one in anew):
        yield true()  # without a day it may belong to any time
    spans = sorted(span for one in anew if (span := span_of(one)))
    first: date | None = None
    last = date.min
    for begin, end in [*spans, (date.max, date.max)]:
        if first is None or begin > last + 2 * _SPREAD:
            if first is not None:
                yield _between(first, last)
            first = begin
        last = max(last, end) if begin < date.max else last


def _between(first: date, last: date) -> ColumnElement[bool]:
    start = first - _SPREAD if first - date.min > _SPREAD else date.min
    end = last + _SPREAD if date.max - last > _SPREAD else date.max
    begins = or_(claims.c.day <= end, readings.c.published <= end)
    return and_(claims.c.last_day >= start, begins)


def _members(connection: Connection, of: Select[str], condition: ColumnElement[bool]) -> list[tuple[str, Member]]:
    """The members of these deployments with their deployment's id, in the order in which they were reported."""
    held = and_(
        deployment_claims.c.reading == claims.c.reading,
        deployment_claims.c.claim == claims.c.id,
    )
    wanted = (
        select(*COLUMNS, deployment_claims.c.deployment, deployment_claims.c.why)
        .select_from(TOLD.join(deployment_claims, held))
        .where(deployment_claims.c.deployment.in_(of), condition)
    )
    rows = connection.execute(wanted).mappings().all()
    found = zip(rows, _reports(connection, rows), strict=True)
    return sorted(
        ((row["deployment"], Member(report, row["why"])) for row, report in found),
        key=lambda one: in_order(one[1].report),
    )


def _write(connection: Connection, touched: set[str], made: Sequence[Deployment]) -> None:
    for few in in_parts(sorted(touched)):
        connection.execute(delete(deployments).where(deployments.c.id.in_(few)))
    kept = [one for one in made if one.id in touched]
    if not kept:
        return
    of_claim = _rows_of(connection, [member.report.id for one in kept for member in one.members])
    connection.execute(insert(deployments), [_row(one, of_claim) for one in kept])
    members = [(one.id, member) for one in kept for member in one.members]
    connection.execute(
        insert(deployment_claims),
        [
            {"deployment": id, "claim": one.report.id, "reading": of_claim[one.report.id].reading, "why": one.why}
            for id, one in members
        ],
    )


def _rows_of(connection: Connection, ids: Sequence[str]) -> dict[str, Row[str, int, str | None]]:
    """Reading and key of the place of each of these claims."""
    wanted = select(claims.c.id, claims.c.reading, claims.c.place).select_from(CURRENT)
    found = (row for few in in_parts(ids) for row in connection.execute(wanted.where(claims.c.id.in_(few))))
    return {row.id: row for row in found}


def _row(one: Deployment, of_claim: Mapping[str, Row[str, int, str | None]]) -> dict[str, object]:
    there = (of_claim[member.report.id].place for member in one.members if member.report.place == one.place)
    return {
        "id": one.id,
        "actor": one.actor,
        "asset": one.asset,
        "place": next(there),
        "status": one.status,
        "first": one.first,
        "last": one.last,
        "low": one.low,
        "high": one.high,
        "counted": one.counted,
        "sources": one.sources,
        "disputed": bool(one.disputes),
    }


# Coming out


def decisions(connection: Connection) -> list[JoinDecision]:
    """All that reviewers said of two claims, oldest first."""
    rows = connection.execute(select(joins).order_by(joins.c.id))
    return [JoinDecision(row.claim_a, row.claim_b, row.verdict) for row in rows]


def whole(connection: Connection, ids: Sequence[str], condition: ColumnElement[bool]) -> list[Deployment]:
    """The deployments of these ids, in their order, of the members whose claims the condition lets pass."""
    members: dict[str, list[Member]] = {}
    for few in in_parts(ids):
        for id, member in _members(
            connection,
            select(deployments.c.id).where(deployments.c.id.in_(few)),
            condition,
        ):
            members.setdefault(id, []).append(member)
    return [summarise(id, members[id]) for id in ids if id in members]


def reports(connection: Connection, wanted: Select[Any]) -> list[Report]:
    """Reports from rows of ``COLUMNS``, in their order."""
    return _reports(connection, connection.execute(wanted).mappings().all())


def _reports(connection: Connection, rows: Sequence[Any]) -> list[Report]:
    places = {}
    for few in in_parts(sorted({row["place"] for row in rows if row["place"]})):
        places.update(find_places(connection, few))
    return [
        Report(
            id=row["id"],
            article=row["article"],
            story=row["story"],
            outlet=row["outlet"],
            published=row["published"],
            actor=row["actor"],
            asset=row["asset"],
            status=row["status"],
            place=places.get(row["place"]),
            direction=row["direction"],
            hedged=row["hedged"],
            unit=row["unit"],
            quantity=quantity_of(row),
            first=row["day"] if row["stated"] else None,
            last=row["last_day"] if row["stated"] else None,
        )
        for row in rows
    ]
