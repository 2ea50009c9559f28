"""Where readings live. Open a store here; what it can do is in ``store.protocol``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from errors import StoreError

if TYPE_CHECKING:
    from store.sql import SqlStore


def open_store(url: str, *, create: bool = True) -> SqlStore:
    """Open the store at a URL of SQLAlchemy's form, ``sqlite:///PATH``; an absent one is made if ``create``.

    One of an older version is brought up to date, after a copy of it was laid beside it.
    Raises StoreError for another kind of URL, an absent, damaged or foreign file, a store of a newer version.
    """
    # Here, so that whoever wants something small of this room (the command line's help) need not wait for it.
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    from store import sqlite
    from store.sql import SqlStore

    engines = {"sqlite": sqlite}
    try:
        parsed = make_url(url)
    except ArgumentError as fault:
        raise StoreError(f"{url!r} is no store's URL; write sqlite:///PATH") from fault
    engine = engines.get(parsed.drivername)
    if engine is None:
        raise StoreError(f"{parsed.drivername}: no such kind of store; write sqlite:///PATH")
    return SqlStore(engine.open_engine(parsed, create=create), renew=partial(engine.renew, parsed))


__all__ = ["open_store"]
