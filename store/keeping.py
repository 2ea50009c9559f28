"""Copies of a store, and back: one kind of file, whichever the engine.

A copy is itself a store, a SQLite file: it can be opened, looked at and checked like any other, and put on a server or
taken from one. Of a SQLite store it is a copy page by page, of a store on a server one row by row from one snapshot.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL

from errors import StoreError
from store import open_store
from store.sql import SqlStore
from store.sqlite_files import copy_file, remove_file, replace_file


def back_up(store: SqlStore, target: Path) -> None:
    """Copy all that is committed to a file, whole or not at all; others may go on writing meanwhile.

    Raises StoreError where the file is there already, or cannot be written.
    """
    if target.exists():
        raise StoreError(f"{target}: there already; name another file, or remove it first")
    if not target.parent.is_dir():
        raise StoreError(f"{target.parent}: no such folder; make it first")
    if store.file:
        copy_file(store.file, target)
        return
    half = target.with_name(f"{target.name}.making")
    remove_file(half)
    try:
        with _opened(half) as copy:
            copy.copy_from(store)
        half.replace(target)
    except OSError as fault:
        raise StoreError(f"{target}: cannot be written ({fault.strerror}); name another file") from fault
    finally:
        remove_file(half)


def restore(store: SqlStore, backup: Path, *, replace: bool = False) -> Path | None:
    """Put a copy in the place of the store; one of an older version is brought up to date on the way.

    A SQLite store that was there is copied to ``PATH.before-restore`` first; the path of that copy. Raises StoreError
    for a file that is no sound copy, and for a store that is not empty unless ``replace``; nothing is changed then.
    """
    if not backup.is_file():
        raise StoreError(f"{backup}: no file there; name one that garrison backup made")
    if not replace and (held := store.count()["articles"]):
        raise StoreError(f"the store holds {held:,} articles; --replace puts the backup in their place")
    with tempfile.TemporaryDirectory(prefix="garrison-restore-") as folder:
        own = Path(folder) / backup.name
        copy_file(backup, own)
        with _opened(own, create=False) as copy:
            if fault := next(copy.faults(), None):
                raise StoreError(f"{backup}: not sound, so nothing was restored ({fault})")
            if not store.file:
                store.copy_from(copy)
                return None
        store.close()
        return replace_file(store.file, own)


@contextmanager
def _opened(path: Path, *, create: bool = True) -> Iterator[SqlStore]:
    store = open_store(URL.create("sqlite", database=str(path)).render_as_string(), create=create)
    try:
        yield store
    finally:
        store.close()
