"""A SQLite store as a file: copied while others use it, and replaced as a whole.

A file that others have open must not be renamed over: they would go on writing into the one that nobody finds any
more. So it is SQLite that puts the new content in the place of the old one, in one transaction, while nobody else has
the file open.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import chain, count
from pathlib import Path

from sqlalchemy import URL

from errors import StoreError

#: How long to wait until nobody else has the file open.
PATIENCE_S = 30


def path_of(url: URL) -> Path:
    if not url.database or url.database == ":memory:":
        raise StoreError("sqlite://: a store needs a file; write sqlite:///PATH")
    return Path(url.database)


def renew_file(path: Path, step: Callable[[Path], None], is_done: Callable[[], bool]) -> None:
    """Copy the store beside itself as ``PATH.schema-N``, take ``step`` on a second copy, put that in its place.

    ``is_done`` is asked as long as others have the file open: one of them may be at the same. Raises StoreError where
    they keep it open, where there is no room, or where the step leaves something damaged; the store is then as it was.
    """
    with _alone(path, is_done) as store:
        if store is None:
            return
        number = store.execute("SELECT value FROM notes WHERE name = 'schema'").fetchone()[0]
        copy_to(store, _free_name(path, f"schema-{number}"))
        working = path.with_name(f"{path.name}.renewing")
        try:
            copy_to(store, working)
            step(working)
            with closing(sqlite3.connect(working)) as renewed:
                _refuse_damage(renewed, path)
                renewed.backup(store)
        except sqlite3.Error as fault:
            raise StoreError(f"{path}: could not be brought up to date ({fault}); make room and try again") from fault
        finally:
            for suffix in ("", "-wal", "-shm"):
                with suppress(OSError):
                    working.with_name(working.name + suffix).unlink()


def copy_to(store: sqlite3.Connection, target: Path) -> None:
    """Copy what is committed to a file, whole or not at all. Raises StoreError for no room or no right to write."""
    half = target.with_name(f"{target.name}.making-{os.getpid()}")
    try:
        with closing(sqlite3.connect(half)) as copy:
            store.backup(copy)
        half.replace(target)
    except (sqlite3.Error, OSError) as fault:
        with suppress(OSError):
            half.unlink()
        raise StoreError(f"{target}: the store could not be copied ({fault}); make room or set permissions") from fault


@contextmanager
def _alone(path: Path, is_done: Callable[[], bool]) -> Iterator[sqlite3.Connection | None]:
    """A connection beside which there is no other one, of whatever process; None as soon as there is nothing to do."""
    deadline = time.monotonic() + PATIENCE_S
    while not is_done():
        with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as store:
            if _shut_out_others(store):
                yield store
                return
        if time.monotonic() > deadline:
            raise StoreError(
                f"{path}: another process has this store of an older version open; end it (the page, a command),"
                " so that the store can be brought up to date"
            )
        time.sleep(0.05)
    yield None


def _shut_out_others(store: sqlite3.Connection) -> bool:
    try:
        store.execute("PRAGMA locking_mode = EXCLUSIVE")
        # The lock stays when the transaction ends. Whoever has the file open holds a shared one, even in between.
        store.execute("BEGIN EXCLUSIVE")
        store.execute("COMMIT")
    except sqlite3.OperationalError as fault:
        if "locked" not in str(fault):
            raise
        return False
    return True


def _refuse_damage(store: sqlite3.Connection, path: Path) -> None:
    if store.execute("PRAGMA foreign_key_check").fetchall() or store.execute("PRAGMA quick_check").fetchone() != (
        "ok",
    ):
        raise StoreError(f"{path}: damaged, so it was not brought up to date; restore it from a copy")


def _free_name(path: Path, name: str) -> Path:
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(free for one in names if not (free := path.with_name(f"{path.name}.{one}")).exists())
