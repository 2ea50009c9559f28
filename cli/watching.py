"""``garrison watch``: look at the feeds when they are due, read what is new in them, try again what failed.

Each article is kept as soon as it is read, and a feed counts as looked at when all that it points to was dealt with:
an end at any moment loses nothing, and the next start goes on from there. Nothing that fails stops the rest.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import typer

from cli.additions import Adder
from cli.gathering import Source, read_again
from cli.saying import complain, counted
from errors import GarrisonError, StoreError
from records import Article, Original
from store.unseen import visible

if TYPE_CHECKING:
    from intake.courtesy import Visitor
    from intake.syndication import Entry, Feed
    from store.feeds import WatchedFeed
    from store.sql import SqlStore

#: Feeds may be added meanwhile: not longer than this without a look at which are due.
_DOZE_S = 5.0


@dataclass(frozen=True, slots=True)
class Watch:
    """Feeds of a store, looked at every ``every``."""

    store: SqlStore
    adder: Adder
    visitor: Visitor
    every: timedelta

    def forever(self) -> None:
        while True:
            self.once()
            time.sleep(_DOZE_S)

    def once(self) -> bool:
        """All that is due now; whether nothing failed."""
        before, now = self.adder.counts["failed"], datetime.now(UTC)
        again = {failure.feed for failure in self.store.failures.due(now)}
        waited = {feed.address for feed in self.store.feeds.due(now)}
        due = [
            feed
            for feed in self.store.feeds.all()
            if feed.address in waited or (feed.address in again and _works(feed))
        ]
        well = [self._look_at(feed, whole=feed.address in again) for feed in due]
        for failure in self.store.failures.due(now):
            typer.echo(f"trying again: {visible(failure.what)} ({counted(failure.tries, 'failure')} so far)")
            for source in read_again(failure.what, self.visitor.get):
                self.adder.add(source, feed=failure.feed)
        return all(well) and self.adder.counts["failed"] == before

    def _look_at(self, feed: WatchedFeed, *, whole: bool) -> bool:
        """``whole``: even if nothing has changed: some of it is to be tried again, and the feed knows its day."""
        from intake.courtesy import patience
        from intake.feed import read_feed

        now = datetime.now(UTC)
        try:
            known = (None, None) if whole else (feed.etag, feed.last_modified)
            answer = self.visitor.get(feed.address, etag=known[0], last_modified=known[1])
            if answer.status == 304:
                typer.echo(f"no news    {visible(feed.title or feed.address)}")
                self.store.feeds.was_checked(feed.address, at=now, next_check=now + self.every)
                return True
            read = read_feed(answer)
        except StoreError:
            raise
        except GarrisonError as fault:
            complain(str(fault) if feed.address in str(fault) else f"{feed.address}: {fault}")
            wait = partial(patience, retry_after=getattr(fault, "retry_after", None))
            self.store.feeds.has_failed(feed.address, at=now, reason=str(fault), patience=wait)
            return False
        self._read_news(feed, read)
        self.store.feeds.was_checked(
            feed.address,
            at=now,
            next_check=now + self.every,
            title=read.title,
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
        )
        return True

    def _read_news(self, feed: WatchedFeed, read: Feed) -> None:
        news = list(self._news(feed, read))
        typer.echo(f"{counted(len(news), 'new article'):10} {visible(read.title or feed.address)}")
        for number, entry in enumerate(news, start=1):
            if len(news) > 1:
                typer.echo(f"{number} of {len(news)}: {visible(entry.title or entry.address)}")
            self.adder.add(Source(entry.address, partial(self._fetched, entry), entry.address), feed=feed.address)

    def _news(self, feed: WatchedFeed, read: Feed) -> Iterator[Entry]:
        """Entries that were never retrieved, or have changed since; of those that failed the ones that are due."""
        now = datetime.now(UTC)
        known = self.store.originals.retrieved(entry.address for entry in read.entries)
        for entry in read.entries:
            dealt_with = known.get(entry.address)
            if dealt_with and feed.checked:
                dealt_with = max(dealt_with, feed.checked)
            changed = dealt_with is None or (entry.changed is not None and entry.changed > dealt_with)
            failure = self.store.failures.of(entry.address) if changed else None
            if changed and (failure is None or (failure.next_try is not None and failure.next_try <= now)):
                yield entry

    def _fetched(self, entry: Entry) -> tuple[Article, Original]:
        from intake.article import read_original

        original = self.visitor.get(entry.address).original
        return read_original(original, stated=entry.published), original


def _works(feed: WatchedFeed) -> bool:
    return not feed.failures


def watch(store: SqlStore, adder: Adder, visitor: Visitor, *, every_min: float, once: bool) -> bool:
    """Watch the store's feeds, ``once`` or until interrupted; whether nothing failed."""
    watching = Watch(store, adder, visitor, timedelta(minutes=every_min))
    if once:
        return watching.once()
    typer.echo(f"watching {counted(len(store.feeds.all()), 'feed')} (Ctrl+C ends it)")
    watching.forever()
    return True
