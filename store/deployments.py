"""Claims of many articles brought together, as the store keeps them up to date; and who of the reviewers said what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    and_,
    func,
    insert,
    or_,
    select,
    true,
)

from deployments.joiner import join
from errors import NotFoundError, ReviewError
from records import ClaimFilter, Deployment
from store.copies import sign_all
from store.filters import CURRENT, conditions
from store.joining import (
    COLUMNS,
    decisions,
    join_all,
    note,
    note_decision,
    reports,
    whole,
)
from store.parts import in_parts
from store.tables import (
    claims,
    deployment_claims,
    deployments,
    due,
    joins,
    readings,
    stories,
)

Verdict = Literal["together", "apart", "withdrawn"]
#: A day's news is what was printed by then, or what this store had been given by then.
KnownBy = Literal["publication", "retrieval"]


@dataclass(frozen=True, slots=True)
class JoinReview:
    """What a reviewer said of two claims, never altered: a later word on the same two overrules it."""

    id: int
    first: str
    second: str
    verdict: Verdict
    reason: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Deployments:
    """Deployments of all articles that are shown. Whoever asks gets what is up to date."""

    reading: Engine
    writing: Engine

    def refresh(self) -> int:
        """Bring what is due up to date; how many deployments were made or changed. At once where nothing is due."""
        with self.reading.begin() as connection:
            if connection.execute(select(due.c.actor).limit(1)).first() is None:
                return 0
        moved = sign_all(self.writing)
        for few in in_parts(moved):
            with self.writing.begin() as connection:
                note(connection, and_(readings.c.current, readings.c.article.in_(few)))
        return join_all(self.writing)

    def count(self, wanted: ClaimFilter) -> int:
        self.refresh()
        with self.reading.begin() as connection:
            return connection.execute(select(func.count()).select_from(_chosen(wanted).subquery())).scalar_one()

    def find(
        self,
        wanted: ClaimFilter,
        *,
        known_on: date | None = None,
        known_by: KnownBy = "publication",
        limit: int | None = None,
        offset: int = 0,
    ) -> Sequence[Deployment]:
        """The deployments with a claim that passes the filter, those with most sources first, then the latest.

        Each is shown whole, but for claims that are less certain than the filter asks for. With ``known_on`` as it was
        known at the end of that day (UTC), of what was published by then (what has no date is left out), or of what
        the store held by then, read as it was then.
        """
        self.refresh()
        with self.reading.begin() as connection:
            if known_on is None or known_by == "publication":
                found = _as_published(connection, wanted, known_on)
            else:
                found = _as_retrieved(connection, wanted, known_on)
        return found[offset:][:limit]

    def one(self, id: str) -> Deployment | None:
        self.refresh()
        with self.reading.begin() as connection:
            return next(iter(whole(connection, [id], true())), None)

    def of_claim(self, claim: str) -> Deployment | None:
        self.refresh()
        with self.reading.begin() as connection:
            held = select(deployment_claims.c.deployment).where(deployment_claims.c.claim == claim)
            ids = connection.execute(held).scalars().all()
            return next(iter(whole(connection, ids, true())), None)

    def review(self, first: str, second: str, verdict: Verdict, *, who: str, reason: str = "") -> JoinReview:
        """Say that two claims are of one deployment, or of two, or take back what was said of them.

        Raises ReviewError without a name, for a claim with itself or with one of another actor, NotFoundError for a
        claim that is not shown.
        """
        if not who.strip():
            raise ReviewError("a review without a name; say who reviews")
        if first == second:
            raise ReviewError(f"{first} is one claim; name two")
        pair = sorted((first, second))
        at = datetime.now(UTC)
        with self.writing.begin() as connection:
            shown = select(claims.c.id, claims.c.actor).select_from(CURRENT).where(claims.c.id.in_(pair))
            actor_of = {row.id: row.actor for row in connection.execute(shown)}
            if missing := sorted({*pair} - {*actor_of}):
                raise NotFoundError(f"{missing[0]}: no claim of this id; its article was removed or read anew")
            if verdict == "together" and len({*actor_of.values()}) > 1:
                raise ReviewError(
                    f"{' and '.join(sorted(actor_of.values()))} are not one actor; no deployment is of two"
                )
            values = {
                "claim_a": pair[0],
                "claim_b": pair[1],
                "verdict": verdict,
                "reason": reason.strip(),
                "who": who.strip(),
                "at": at,
            }
            id = connection.execute(insert(joins).values(values).returning(joins.c.id)).scalar_one()
            note_decision(connection, pair)
        return JoinReview(id, pair[0], pair[1], verdict, reason.strip(), who.strip(), at)

    def reviews(self, claim: str) -> Sequence[JoinReview]:
        """All that was said of a claim and another one, oldest first."""
        with self.reading.begin() as connection:
            about = or_(joins.c.claim_a == claim, joins.c.claim_b == claim)
            rows = connection.execute(select(joins).where(about).order_by(joins.c.id))
            return [
                JoinReview(
                    row.id,
                    row.claim_a,
                    row.claim_b,
                    row.verdict,
                    row.reason,
                    row.who,
                    row.at,
                )
                for row in rows
            ]


def _chosen(wanted: ClaimFilter, *more: ColumnElement[bool]) -> Select[str]:
    passing = select(claims.c.id).select_from(CURRENT).where(*conditions(wanted).values(), *more)
    held = select(deployment_claims.c.deployment).where(deployment_claims.c.claim.in_(passing))
    return select(deployments.c.id).where(deployments.c.id.in_(held))


def _as_published(connection: Connection, wanted: ClaimFilter, known_on: date | None) -> list[Deployment]:
    """Later reports move no earlier ones, so what was known is what stands today, without what was printed later."""
    printed = true() if known_on is None else readings.c.published <= known_on
    ids = list(connection.execute(_chosen(wanted, printed)).scalars())
    certain = claims.c.confidence >= wanted.minimum_confidence
    return _sorted(whole(connection, ids, and_(printed, certain)))


def _as_retrieved(connection: Connection, wanted: ClaimFilter, known_on: date) -> list[Deployment]:
    """All that the store held then, joined as it would have been: by today's rules and reviews, from the readings of
    then. Articles removed since are gone."""
    end = datetime.combine(known_on, time(), UTC) + timedelta(days=1)
    by_then = select(func.max(readings.c.id)).where(readings.c.saved < end).group_by(readings.c.article)
    kept = and_(
        readings.c.id.in_(by_then),
        or_(readings.c.retired.is_(None), readings.c.retired >= end),
    )
    told = claims.join(readings, claims.c.reading == readings.c.id)
    told = told.outerjoin(stories, stories.c.article == readings.c.article)
    made = join(
        reports(connection, select(*COLUMNS).select_from(told).where(kept)),
        decisions(connection),
    )
    passing = select(claims.c.id).select_from(told).where(kept, *conditions(wanted).values())
    chosen = set(connection.execute(passing).scalars())
    return _sorted([one for one in made if any(member.report.id in chosen for member in one.members)])


def _sorted(made: Sequence[Deployment]) -> list[Deployment]:
    return sorted(
        made,
        key=lambda one: (-one.sources, -(one.last or date.min).toordinal(), one.id),
    )
