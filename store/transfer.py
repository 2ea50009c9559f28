"""All rows of a store into another one, whichever the engines."""

from __future__ import annotations

from sqlalchemy import Connection, Table, delete, func, insert, select

from store.tables import metadata

#: Rows carried at once.
_BATCH = 500


def copy_rows(source: Connection, target: Connection) -> None:
    """Put the source's rows in the place of the target's, each within its own transaction.

    Both have the tables of today. What the engine makes itself (a geometry, indexes) it makes again.
    """
    tables = metadata.sorted_tables
    for table in reversed(tables):
        target.execute(delete(table))
    for table in tables:
        rows = source.execution_options(yield_per=_BATCH).execute(select(table)).mappings()
        for part in rows.partitions():
            target.execute(insert(table), [dict(row) for row in part])
        _count_on(target, table)


def _count_on(target: Connection, table: Table) -> None:
    """PostgreSQL counts on from what it gave out itself, not from what it was given; SQLite from the greatest."""
    key = table.autoincrement_column
    if key is None or target.dialect.name != "postgresql":
        return
    sequence = func.pg_get_serial_sequence(table.name, key.name)
    greatest = select(func.coalesce(func.max(key), 0) + 1).scalar_subquery()
    target.execute(select(func.setval(sequence, greatest, False)))
