"""SQLite as an engine: one file, several processes at once.

As it comes, Python's driver begins transactions late and outside of SQLAlchemy's knowledge: of two concurrent
increments one was lost, another failed with "database is locked" at once whatever the time-out, and DDL survived a
rollback. So the driver's own transactions are switched off and every transaction begins here: ``BEGIN IMMEDIATE``,
which takes the write lock at once and waits for it, unless the caller said that it only reads.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import ExceptionContext

from errors import StoreError
from store.migrations import schema_of, upgrade
from store.sqlite_files import path_of, renew_file
from store.tables import SCHEMA

#: How long a writer waits for another one.
PATIENCE_S = 30


def open_engine(url: URL, *, create: bool) -> Engine:
    """An engine on the file that the URL names. Raises StoreError where it cannot be a store's file."""
    path = path_of(url)
    if create:
        _make_folder(path.parent)
    elif not path.exists():
        raise StoreError(f"{path}: no store there; add articles first (garrison add), or name another one with --store")
    if path.is_dir():
        raise StoreError(f"{path}: a folder, not a store's file; name a file in it")
    engine = create_engine(url, connect_args={"timeout": PATIENCE_S})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    event.listen(engine, "handle_error", _explain(path))
    return engine


def renew(url: URL) -> None:
    """Bring the store of an older version up to date, on a copy that is then put in its place."""

    def step(copy: Path) -> None:
        engine = open_engine(URL.create("sqlite", database=str(copy)), create=False)
        try:
            with engine.begin() as connection:
                upgrade(connection, schema_of(connection) or 0)
        finally:
            engine.dispose()

    def is_done() -> bool:
        engine = open_engine(url, create=False)
        try:
            with engine.execution_options(only_reads=True).begin() as connection:
                return schema_of(connection) == SCHEMA
        finally:
            engine.dispose()

    renew_file(path_of(url), step, is_done)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise StoreError(f"{folder}: cannot be made ({fault.strerror}); name another store with --store") from fault


def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    _write_ahead(cursor)
    cursor.close()


def _write_ahead(cursor: sqlite3.Cursor) -> None:
    """Readers go on while one writes. The busy time-out does not cover this switch, which needs the file alone."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as fault:
            if "locked" not in str(fault) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _on_begin(connection: Connection) -> None:
    if connection.get_execution_options().get("only_reads"):
        # A snapshot. To write in it after all is refused rather than left to chance.
        connection.exec_driver_sql("PRAGMA query_only = ON")
        connection.exec_driver_sql("BEGIN")
    else:
        connection.exec_driver_sql("PRAGMA query_only = OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _explain(path: Path) -> Callable[[ExceptionContext], None]:
    """What went wrong, in words: the driver's errors become StoreErrors that name the file and the remedy."""
    remedies = {
        "database is locked": f"another process has been writing for {PATIENCE_S} s; try again when it is done",
        "file is not a database": "no SQLite file; name another one with --store",
        "database disk image is malformed": "damaged; restore it from a copy",
        "unable to open database file": "cannot be opened; check that its folder exists and may be written to",
        "attempt to write a readonly database": "may not be written to; check its permissions",
        "disk is full": "the disk is full; make room and try again",
    }

    def handle(context: ExceptionContext) -> None:
        message = str(context.original_exception)
        remedy = next((words for sign, words in remedies.items() if sign in message), message)
        raise StoreError(f"{path}: {remedy}") from context.original_exception

    return handle
