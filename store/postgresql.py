"""PostgreSQL with PostGIS as an engine: one store for many, on a server.

A writing transaction takes one lock of the whole store first, just as SQLite's does, so that both engines answer two
writers alike: each waits for the other, and what it then reads is what the other left. One that only reads sees a
snapshot and waits for nobody.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import ExceptionContext

from errors import StoreError
from store.migrations import schema_of, upgrade
from store.tables import SCHEMA

#: How long a writer waits for another one.
PATIENCE_S = 30
#: Any number will do that nobody else locks in the same database.
_LOCK = 0x6761_7272_6973_6F6E


def open_engine(url: URL, *, create: bool) -> Engine:  # noqa: ARG001
    """An engine on the database that the URL names, which must be there. Raises StoreError where it cannot be used."""
    engine = create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    event.listen(engine, "handle_error", _explain)
    return engine


def renew(url: URL) -> None:
    """Bring the store of an older version up to date. A step that fails takes all back: tables too are transactional.

    No copy is made before: who keeps a server keeps copies by its means, or by ``garrison backup``.
    """
    engine = open_engine(url, create=False)
    try:
        with engine.begin() as connection:
            known = schema_of(connection)
            if known is not None and known < SCHEMA:
                upgrade(connection, known)
    finally:
        engine.dispose()


def _on_connect(connection: Any, _record: object) -> None:
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise StoreError(f"{connection.info.dbname}: its encoding is {encoding}; a store needs a database in UTF8")
    connection.execute(f"SET lock_timeout = '{PATIENCE_S}s'")
    connection.commit()


def _on_begin(connection: Connection) -> None:
    if connection.get_execution_options().get("only_reads"):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    else:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def _explain(context: ExceptionContext) -> None:
    """What went wrong, in words: the driver's errors become StoreErrors that name the database and the remedy."""
    if context.is_pre_ping:
        return
    message = str(context.original_exception)
    remedy = next((words for sign, words in _REMEDIES.items() if sign in message), None)
    database = context.engine.url.database if context.engine else "the database"
    raise StoreError(f"{database}: {remedy or _one_line(message)}") from context.original_exception


_REMEDIES = {
    "lock timeout": f"another process has been writing for {PATIENCE_S} s; try again when it is done",
    'extension "postgis" is not available': "the server has no PostGIS; install it there (Debian: postgresql-postgis)",
    'permission denied to create extension "postgis"': "PostGIS may not be switched on by this user; have the server's"
    " keeper run in this database: CREATE EXTENSION postgis",
    "permission denied": "this user may not do that; have the server's keeper grant it",
    "does not exist": "the server knows no such database or user; make it first, as with: createdb NAME",
    "NUL (0x00)": "a text holds the character NUL, which PostgreSQL cannot keep; take it out and try again",
    "connection failed": "the server does not answer; see that it runs, and that address and user are right",
    "the connection is lost": "the server has ended the connection; try again",
}


def _one_line(message: str) -> str:
    return " ".join(message.split())
