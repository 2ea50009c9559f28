"""A ClaimFilter as SQL: one condition for each field that is set, so that a count can leave one out."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, FromClause, and_, select

from records import ClaimFilter
from store.folding import patterns
from store.hosts import HOSTED, host_and_label
from store.tables import claims, place_hosts, places, readings

Conditions = Mapping[str, ColumnElement[bool]]

#: Readings that are shown: of each article the current one, unless somebody took it off the map.
SHOWN: ColumnElement[bool] = and_(readings.c.current, readings.c.retired.is_(None))
#: Claims of these readings: what every question is asked of.
CURRENT: FromClause = claims.join(readings, and_(claims.c.reading == readings.c.id, SHOWN))


def conditions(wanted: ClaimFilter) -> Conditions:
    """The fields that are set, by the name of the field; ``dates`` stands for ``since`` and ``until``."""
    return {
        name: condition
        for name, condition in (
            ("actors", claims.c.actor.in_(wanted.actors) if wanted.actors else None),
            ("hosts", _hosts(wanted)),
            ("dates", _dates(wanted)),
            ("statuses", claims.c.status.in_(wanted.statuses) if wanted.statuses else None),
            ("assets", claims.c.asset.in_(wanted.assets) if wanted.assets else None),
            ("articles", readings.c.article.in_(wanted.articles) if wanted.articles else None),
            ("sources", readings.c.source.in_(wanted.sources) if wanted.sources else None),
            ("search", _search(wanted.search)),
            ("minimum_confidence", _confidence(wanted.minimum_confidence)),
            ("place", _place(wanted.place)),
        )
        if condition is not None
    }


def of_articles(wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    """The conditions that choose articles, whatever is claimed in them."""
    chosen = conditions(wanted)
    return [chosen[name] for name in ("articles", "sources", "search") if name in chosen]


def but(chosen: Conditions, left_out: str) -> list[ColumnElement[bool]]:
    """All conditions except one field's."""
    return [condition for name, condition in chosen.items() if name != left_out]


def _hosts(wanted: ClaimFilter) -> ColumnElement[bool] | None:
    if not wanted.hosts:
        return None
    host, _ = host_and_label(wanted.borders)
    return claims.c.place.in_(select(place_hosts.c.place).select_from(HOSTED).where(host.in_(wanted.hosts)))


def _dates(wanted: ClaimFilter) -> ColumnElement[bool] | None:
    """Whatever may have been on one of the days: an event "in February" is kept by a filter for the 10th.

    A claim with neither date is never within dates.
    """
    bounds = []
    if wanted.since:
        bounds.append(claims.c.last_day >= wanted.since)
    if wanted.until:
        bounds.append(claims.c.day <= wanted.until)
    return and_(*bounds) if bounds else None


def _search(search: str) -> ColumnElement[bool] | None:
    words = patterns(search)
    if not words:
        return None
    # A reading is looked through once, not once for each of its claims.
    found = (readings.c.folded.like(word, escape="\\") for word in words)
    return readings.c.id.in_(select(readings.c.id).where(readings.c.current, *found))


def _confidence(least: float) -> ColumnElement[bool] | None:
    return claims.c.confidence >= least if least > 0 else None


def _place(gazetteer_id: str | None) -> ColumnElement[bool] | None:
    if gazetteer_id is None:
        return None
    return claims.c.place.in_(select(places.c.id).where(places.c.gazetteer_id == gazetteer_id))
