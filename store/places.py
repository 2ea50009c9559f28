"""Places as rows that all readings and reviews share: each is kept once, with the countries that it lies in."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from records import Place
from store.rows import host_rows, place_key, place_of, place_row
from store.tables import place_hosts, places


def insert_places(connection: Connection, wanted: Iterable[Place]) -> None:
    """Keep the places that are not there yet."""
    by_key = {place_key(place): place for place in wanted}
    new = [by_key[key] for key in by_key.keys() - set(find_places(connection, by_key))]
    hosts = [row for place in new for row in host_rows(place)]
    if new:
        connection.execute(insert(places), [place_row(place) for place in new])
    if hosts:
        connection.execute(insert(place_hosts), hosts)


def find_places(connection: Connection, keys: Iterable[str]) -> dict[str, Place]:
    """The places of these keys, as ``store.rows.place_key`` makes them."""
    wanted = list(keys)
    if not wanted:
        return {}
    found = connection.execute(select(places).where(places.c.id.in_(wanted))).mappings()
    return {row["id"]: place_of(row) for row in found}
