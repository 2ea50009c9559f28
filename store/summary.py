"""The page's numbers: counted by the engine, over what passes the filter."""

from __future__ import annotations

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    distinct,
    func,
    literal,
    select,
)

from records import ClaimFilter, Place, Viewpoint
from store.filters import CURRENT, Conditions, but, conditions
from store.hosts import HOSTED, host_and_label
from store.protocol import Day, Facet, Mark, Summary
from store.rows import place_of
from store.tables import claims, place_hosts, places, readings

#: Up to so many shown articles have marks of their own, and are listed by name.
ARTICLES_APART = 50

_COUNT = func.count().label("count")
_BY_READER = func.count().filter(claims.c.by_reader).label("by_reader")


def summarise(connection: Connection, wanted: ClaimFilter) -> Summary:
    """One consistent answer: run it within one transaction."""
    chosen = conditions(wanted)
    shown, articles, place_count, unplaced, by_reader = connection.execute(
        select(
            func.count(),
            func.count(distinct(readings.c.article)),
            func.count(distinct(claims.c.place)),
            func.count().filter(claims.c.place.is_(None)),
            _BY_READER,
        )
        .select_from(CURRENT)
        .where(*chosen.values())
    ).one()
    updated, samples = connection.execute(
        select(func.max(readings.c.saved), func.count().filter(readings.c.sample)).where(readings.c.current)
    ).one()
    return Summary(
        total=_count(connection, []),
        shown=shown,
        articles=articles,
        places=place_count,
        updated=updated,
        unreviewed=shown - by_reader,
        by_reader=by_reader,
        samples=samples,
        unplaced=unplaced,
        undated=_count(connection, [claims.c.day.is_(None), *but(chosen, "dates")]),
        marks=_marks(connection, chosen, wanted.borders, apart=articles <= ARTICLES_APART),
        actors=_facet(connection, chosen, "actors", claims.c.actor),
        hosts=_hosts(connection, chosen, wanted.borders),
        statuses=_facet(connection, chosen, "statuses", claims.c.status),
        assets=_facet(connection, chosen, "assets", claims.c.asset),
        by_article=_by_article(connection, chosen, wanted.articles),
        days=_days(connection, chosen),
        excluded=_excluded(connection, chosen, shown),
    )


def _count(connection: Connection, where: list[ColumnElement[bool]]) -> int:
    return connection.execute(select(func.count()).select_from(CURRENT).where(*where)).scalar_one()


def _marks(connection: Connection, chosen: Conditions, borders: Viewpoint | None, *, apart: bool) -> tuple[Mark, ...]:
    # Not to be called "article": SQLite would group by the column of that name.
    layer = (readings.c.article if apart else literal("")).label("layer")
    grouped = (
        select(layer, claims.c.place, claims.c.actor, claims.c.asset, claims.c.status, _COUNT, _BY_READER)
        .select_from(CURRENT)
        .where(claims.c.place.is_not(None), *chosen.values())
        .group_by(layer, claims.c.place, claims.c.actor, claims.c.asset, claims.c.status)
        .subquery()
    )
    rows = connection.execute(
        select(grouped, places)
        .join(places, grouped.c.place == places.c.id)
        .order_by(grouped.c.layer, places.c.gazetteer_id, places.c.id)
        .order_by(grouped.c.actor, grouped.c.asset, grouped.c.status)
    ).mappings()
    known: dict[str, Place] = {}
    marks = []
    for row in rows:
        if row["id"] not in known:
            known[row["id"]] = borders.seen(place_of(row)) if borders else place_of(row)
        marks.append(_mark(row, known[row["id"]]))
    return tuple(marks)


def _mark(row: RowMapping, place: Place) -> Mark:
    return Mark(
        article=row["layer"],
        place=place.gazetteer_id,
        name=place.name,
        kind=place.kind,
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km,
        countries=place.countries,
        disputed=place.disputed,
        actor=row["actor"],
        asset=row["asset"],
        status=row["status"],
        count=row["count"],
        by_reader=row["by_reader"],
    )


def _facet(connection: Connection, chosen: Conditions, name: str, column: ColumnElement[str]) -> tuple[Facet, ...]:
    rows = connection.execute(
        select(column, _COUNT)
        .select_from(CURRENT)
        .where(*but(chosen, name))
        .group_by(column)
        .order_by(_COUNT.desc(), column)
    )
    return tuple(Facet(value, value, count) for value, count in rows)


def _hosts(connection: Connection, chosen: Conditions, borders: Viewpoint | None) -> tuple[Facet, ...]:
    """A claim on a place in two countries counts for both."""
    host, label = host_and_label(borders)
    hosted = (
        select(place_hosts.c.place, host.label("host"), label.label("label")).select_from(HOSTED).distinct().subquery()
    )
    rows = connection.execute(
        select(hosted.c.host, func.max(hosted.c.label), _COUNT)
        .select_from(CURRENT.join(hosted, claims.c.place == hosted.c.place))
        .where(*but(chosen, "hosts"))
        .group_by(hosted.c.host)
        .order_by(_COUNT.desc(), hosted.c.host)
    )
    return tuple(Facet(value, name, count) for value, name, count in rows)


def _by_article(connection: Connection, chosen: Conditions, kept: tuple[str, ...]) -> tuple[Facet, ...]:
    """The articles with most claims, newest first among equals, and always those that the filter names."""
    by_size = (
        select(readings.c.article, readings.c.title, func.count().label("claims"))
        .select_from(CURRENT)
        .where(*but(chosen, "articles"))
        .group_by(readings.c.article, readings.c.title, readings.c.published)
        .order_by(func.count().desc(), readings.c.published.desc().nulls_last(), readings.c.article)
    )
    found = {row.article: row for row in connection.execute(by_size.limit(ARTICLES_APART))}
    if missing := [id for id in kept if id not in found]:
        found |= {row.article: row for row in connection.execute(by_size.where(readings.c.article.in_(missing)))}
    return tuple(Facet(id, row.title, row.claims) for id, row in found.items())


def _days(connection: Connection, chosen: Conditions) -> tuple[Day, ...]:
    rows = connection.execute(
        select(claims.c.day, claims.c.status, claims.c.stated, _COUNT)
        .select_from(CURRENT)
        .where(claims.c.day.is_not(None), *chosen.values())
        .group_by(claims.c.day, claims.c.status, claims.c.stated)
        .order_by(claims.c.day, claims.c.status, claims.c.stated)
    )
    return tuple(Day(day, status, stated, count) for day, status, stated, count in rows)


def _excluded(connection: Connection, chosen: Conditions, shown: int) -> tuple[Facet, ...]:
    kept_out = ((name, _count(connection, but(chosen, name)) - shown) for name in chosen)
    return tuple(Facet(name, name, count) for name, count in kept_out if count)
