"""What is watched, and what could not be fetched or read: until when to leave it alone, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, Row, delete, insert, select, update

from errors import NotFoundError
from store.tables import failures, feeds

#: How long to wait after so many failures in a row; None: for good.
Patience = Callable[[int], timedelta | None]


@dataclass(frozen=True, slots=True)
class WatchedFeed:
    """``etag`` and ``last_modified`` are what its server said last; ``failures`` counts those in a row."""

    address: str
    title: str | None
    etag: str | None
    last_modified: str | None
    added: datetime
    checked: datetime | None
    next_check: datetime | None
    failures: int
    last_error: str | None


@dataclass(frozen=True, slots=True)
class Failure:
    """An address or a path that failed. ``next_try`` is None where it was given up."""

    what: str
    reason: str
    at: datetime
    tries: int
    next_try: datetime | None
    feed: str | None


@dataclass(frozen=True, slots=True)
class Feeds:
    """The feeds that are watched."""

    reading: Engine
    writing: Engine

    def add(self, address: str, *, title: str | None, at: datetime) -> bool:
        """Watch a feed, from now on; whether it was not watched before."""
        with self.writing.begin() as connection:
            known = connection.execute(select(feeds.c.active).where(feeds.c.address == address)).first()
            if known is None:
                connection.execute(insert(feeds).values(address=address, title=title, added=at, next_check=at))
            elif not known.active:
                own = update(feeds).where(feeds.c.address == address)
                connection.execute(own.values(active=True, failures=0, next_check=at))
            return known is None or not known.active

    def remove(self, address: str) -> None:
        """Watch it no more; its articles stay. Raises NotFoundError for one that is not watched."""
        with self.writing.begin() as connection:
            if not connection.execute(delete(feeds).where(feeds.c.address == address)).rowcount:
                raise NotFoundError(f"{address}: not watched; garrison feeds list shows those that are")

    def all(self) -> tuple[WatchedFeed, ...]:
        """In the order of their addresses."""
        with self.reading.begin() as connection:
            rows = connection.execute(select(feeds).where(feeds.c.active).order_by(feeds.c.address))
            return tuple(_feed(row) for row in rows)

    def due(self, now: datetime) -> tuple[WatchedFeed, ...]:
        """Those to look at now, the longest waiting first."""
        with self.reading.begin() as connection:
            waiting = select(feeds).where(feeds.c.active, feeds.c.next_check <= now)
            return tuple(_feed(row) for row in connection.execute(waiting.order_by(feeds.c.next_check)))

    def was_checked(
        self,
        address: str,
        *,
        at: datetime,
        next_check: datetime,
        title: str | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> None:
        """Note that all that was new in it is dealt with. What is None stays as it was known."""
        news = {"title": title, "etag": etag, "last_modified": last_modified}
        values = {name: value for name, value in news.items() if value is not None}
        own = update(feeds).where(feeds.c.address == address)
        with self.writing.begin() as connection:
            connection.execute(own.values(checked=at, next_check=next_check, failures=0, last_error=None, **values))

    def has_failed(self, address: str, *, at: datetime, reason: str, patience: Patience) -> None:
        """Note why it could not be read, and leave it alone for as long as ``patience`` says; never for good."""
        with self.writing.begin() as connection:
            before = connection.execute(select(feeds.c.failures).where(feeds.c.address == address)).scalar() or 0
            wait = patience(before + 1) or timedelta(days=1)
            own = update(feeds).where(feeds.c.address == address)
            connection.execute(
                own.values(checked=at, next_check=at + wait, failures=before + 1, last_error=reason[:500])
            )


@dataclass(frozen=True, slots=True)
class Failures:
    """What failed, one row a thing, until it is read or given up."""

    reading: Engine
    writing: Engine

    def note(self, what: str, *, at: datetime, reason: str, patience: Patience, feed: str | None = None) -> Failure:
        """Note why something failed; how often it has by now, and when to try again."""
        with self.writing.begin() as connection:
            before = connection.execute(select(failures).where(failures.c.what == what)).first()
            tries = (before.tries if before else 0) + 1
            wait = patience(tries)
            failure = Failure(what, reason[:500], at, tries, at + wait if wait else None, feed)
            values = {
                "reason": failure.reason,
                "at": at,
                "tries": tries,
                "next_try": failure.next_try,
                "feed": feed,
            }
            if before:
                connection.execute(update(failures).where(failures.c.what == what).values(values))
            else:
                connection.execute(insert(failures).values(what=what, **values))
            return failure

    def clear(self, what: str) -> None:
        """It was read after all, or shall not be tried again."""
        if not self.of(what):
            return  # without waiting for other writers
        with self.writing.begin() as connection:
            connection.execute(delete(failures).where(failures.c.what == what))

    def of(self, what: str) -> Failure | None:
        with self.reading.begin() as connection:
            row = connection.execute(select(failures).where(failures.c.what == what)).first()
            return _failure(row) if row else None

    def all(self) -> tuple[Failure, ...]:
        """The latest first."""
        with self.reading.begin() as connection:
            return tuple(map(_failure, connection.execute(select(failures).order_by(failures.c.at.desc()))))

    def due(self, now: datetime) -> tuple[Failure, ...]:
        """Those to try again now, the longest waiting first."""
        waiting = select(failures).where(failures.c.next_try <= now).order_by(failures.c.next_try)
        with self.reading.begin() as connection:
            return tuple(map(_failure, connection.execute(waiting)))


def _feed(row: Row[tuple[object, ...]]) -> WatchedFeed:
    return WatchedFeed(**{name: value for name, value in row._mapping.items() if name != "active"})


def _failure(row: Row[tuple[object, ...]]) -> Failure:
    return Failure(**{name: value for name, value in row._mapping.items() if name != "id"})
