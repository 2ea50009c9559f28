"""Where readings live. Open a store here; what it can do is in ``store.protocol``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from errors import StoreError

if TYPE_CHECKING:
    from store.sql import SqlStore


_FORMS = "sqlite:///PATH or postgresql://USER@HOST/DATABASE"


def open_store(url: str, *, create: bool = True) -> SqlStore:
    """Open the store at a URL of SQLAlchemy's form, ``sqlite:///PATH`` or ``postgresql://USER@HOST/DATABASE``.

    An absent one is made if ``create``; a database on a server must be there. One of an older version is brought up to
    date, on SQLite after a copy of it was laid beside it. Raises StoreError for another kind of URL, an absent,
    damaged or foreign file, a server that does not answer, a store of a newer version.
    """
    # Here, so that whoever wants something small of this room (the command line's help) need not wait for it.
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    from store import postgresql, sqlite
    from store.sql import SqlStore

    engines = {"sqlite": sqlite, "postgresql": postgresql, "postgresql+psycopg": postgresql}
    try:
        parsed = make_url(url)
    except ArgumentError as fault:
        raise StoreError(f"{url!r} is no store's URL; write {_FORMS}") from fault
    engine = engines.get(parsed.drivername)
    if engine is None:
        raise StoreError(f"{parsed.drivername}: no such kind of store; write {_FORMS}")
    return SqlStore(engine.open_engine(parsed, create=create), renew=partial(engine.renew, parsed), create=create)


__all__ = ["open_store"]
