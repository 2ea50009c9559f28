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
        _copy(store, _free_name(path, f"schema-{number}"))
        working = path.with_name(f"{path.name}.renewing")
        remove_file(working)
        try:
            _copy(store, working)
            step(working)
            _put_in_place(working, store, path)
        finally:
            remove_file(working)


def replace_file(path: Path, new: Path) -> Path | None:
    """Copy the store beside itself as ``PATH.before-restore``, put another one's content in its place.

    The path of the copy; None where there was no store. Raises StoreError where others keep the store open, where
    there is no room, or where the new one is damaged; the store is then as it was.
    """
    if not path.exists():
        copy_file(new, path)
        return None
    with _alone(path, lambda: False) as store:
        assert store is not None
        kept = _free_name(path, "before-restore")
        _copy(store, kept)
        _put_in_place(new, store, path)
        return kept


def copy_file(path: Path, target: Path) -> None:
    """Copy what is committed, whole or not at all, whoever else has the file open.

    Raises StoreError for no room, no right to write, or what is no SQLite file.
    """
    with closing(sqlite3.connect(path)) as store:
        _copy(store, target)


def remove_file(path: Path) -> None:
    """Remove a store's file, if it is there, and what SQLite may have laid beside it."""
    for suffix in ("", "-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + suffix).unlink()


def _copy(store: sqlite3.Connection, target: Path) -> None:
    half = target.with_name(f"{target.name}.making-{os.getpid()}")
    try:
        with closing(sqlite3.connect(half)) as copy:
            store.backup(copy)
            # So that it is one file, and can be read where nothing may be written.
            copy.execute("PRAGMA journal_mode = DELETE")
        half.replace(target)
    except (sqlite3.Error, OSError) as fault:
        remove_file(half)
        raise StoreError(f"{target}: the store could not be copied ({fault}); make room or set permissions") from fault


def _put_in_place(new: Path, store: sqlite3.Connection, path: Path) -> None:
    """All at once: SQLite writes a copy as one transaction."""
    try:
        with closing(sqlite3.connect(new)) as source:
            damage = source.execute("PRAGMA foreign_key_check").fetchall()
            if damage or source.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise StoreError(f"{path}: damaged, so it was left as it was; restore it from a copy")
            source.backup(store)
    except sqlite3.Error as fault:
        raise StoreError(f"{path}: could not be written ({fault}); make room and try again") from fault


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
                f"{path}: another process has this store open (the page, a command); end it, so that the whole store"
                " can be replaced"
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


def _free_name(path: Path, name: str) -> Path:
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(free for one in names if not (free := path.with_name(f"{path.name}.{one}")).exists())
