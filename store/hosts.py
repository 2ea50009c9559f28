"""Which country or sea a place counts for, by the point of view that is asked for."""

from __future__ import annotations

from sqlalchemy import ColumnElement, FromClause, and_, case

from records import UNMOVED, Viewpoint
from store.tables import place_hosts, places

#: Places with their hosts, as they were placed.
HOSTED: FromClause = place_hosts.join(places, place_hosts.c.place == places.c.id)


def host_and_label(borders: Viewpoint | None) -> tuple[ColumnElement[str], ColumnElement[str]]:
    """The host and what to call it, as columns of ``HOSTED``; countries are called by their codes."""
    if borders is None or not borders.holders:
        return place_hosts.c.host, place_hosts.c.label
    moved = [
        (and_(places.c.disputed == area, places.c.kind.not_in(UNMOVED)), holder) for area, holder in borders.holders
    ]
    return case(*moved, else_=place_hosts.c.host), case(*moved, else_=place_hosts.c.label)
