"""Alembic's steps from one schema to the next, taken on a connection of the store's own.

Each schema is a file in ``versions``, and its number Alembic's revision. A step is written once and never edited: it
must fit stores as they were then, so it says all itself instead of asking ``store.tables``, which goes on changing.
Stores of schema 1 and 2 were written before Alembic came: their number is among the notes, where it is still kept, so
that an older Garrison can tell that a store is too new for it. On PostgreSQL stores begin with schema 3.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, inspect, select, table
from sqlalchemy.sql import column

from errors import StoreError
from store.geometry import add_geometry, allow_geometry
from store.tables import SCHEMA, metadata, notes

if TYPE_CHECKING:
    from alembic.config import Config

_STEPS = Path(__file__).parent
_REVISION = table("alembic_version", column("version_num"))
# Alembic keeps what it works on in a global.
_ONE_AT_A_TIME = Lock()


def schema_of(connection: Connection) -> int | None:
    """The schema's number; None for a database without tables. Raises StoreError for what this version cannot use."""
    tables = set(inspect(connection).get_table_names()) - _POSTGIS
    if not tables:
        return None
    where = connection.engine.url.database
    if "notes" not in tables or "readings" not in tables:
        raise StoreError(f"{where}: a database, but not Garrison's; name another store with --store")
    if "alembic_version" in tables:
        number = connection.execute(select(_REVISION.c.version_num)).scalar_one()
    else:
        number = connection.execute(select(notes.c.value).where(notes.c.name == "schema")).scalar_one()
    if not (number.isdecimal() and int(number) <= SCHEMA):
        raise StoreError(
            f"{where}: written by a newer Garrison (schema {number}, this one knows up to {SCHEMA});"
            " update Garrison, or name another store with --store"
        )
    return int(number)


#: What the extension brings along.
_POSTGIS = {"spatial_ref_sys"}


def create(connection: Connection) -> None:
    """Make all tables at once, as they are today."""
    from alembic import command

    allow_geometry(connection)
    metadata.create_all(connection)
    add_geometry(connection)
    with _ONE_AT_A_TIME:
        command.stamp(_config(connection), "head")
    _write_number(connection)


def upgrade(connection: Connection, since: int) -> None:
    """Take all steps from the schema of that number to the newest, within the connection's transaction."""
    from alembic import command

    config = _config(connection)
    with _ONE_AT_A_TIME:
        if since and not inspect(connection).has_table("alembic_version"):
            command.stamp(config, str(since))
        command.upgrade(config, "head")
    _write_number(connection)


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _write_number(connection: Connection) -> None:
    connection.execute(delete(notes).where(notes.c.name == "schema"))
    connection.execute(insert(notes).values(name="schema", value=str(SCHEMA)))
