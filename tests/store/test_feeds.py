"""Feeds and failures: which are due, what is remembered, and for how long something is left alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from errors import NotFoundError
from store.sql import SqlStore

FEED = "https://example.org/feed"
NOW = datetime(2022, 1, 28, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


def after(tries: int) -> timedelta | None:
    return tries * HOUR if tries < 3 else None


def test_a_feed_is_watched_once_and_due_at_once(store: SqlStore) -> None:
    assert store.feeds.add(FEED, title="Harbour", at=NOW)
    assert not store.feeds.add(FEED, title="Other", at=NOW)
    (feed,) = store.feeds.all()
    assert (feed.title, feed.added, feed.checked, feed.failures) == ("Harbour", NOW, None, 0)
    assert store.feeds.due(NOW) == (feed,)


def test_a_feed_that_was_looked_at_rests_and_keeps_what_it_said(store: SqlStore) -> None:
    store.feeds.add(FEED, title="Harbour", at=NOW)
    store.feeds.was_checked(FEED, at=NOW, next_check=NOW + HOUR, etag='"7"', last_modified="Fri")
    store.feeds.was_checked(FEED, at=NOW, next_check=NOW + HOUR)
    assert not store.feeds.due(NOW)
    (feed,) = store.feeds.due(NOW + HOUR)
    assert (feed.title, feed.etag, feed.last_modified, feed.checked) == ("Harbour", '"7"', "Fri", NOW)


def test_a_feed_that_fails_rests_longer_each_time_and_is_never_given_up(store: SqlStore) -> None:
    store.feeds.add(FEED, title=None, at=NOW)
    for tries, rest in ((1, HOUR), (2, 2 * HOUR), (3, timedelta(days=1))):
        store.feeds.has_failed(FEED, at=NOW, reason="down", patience=after)
        (feed,) = store.feeds.all()
        assert (feed.failures, feed.next_check, feed.last_error) == (tries, NOW + rest, "down")
    store.feeds.was_checked(FEED, at=NOW, next_check=NOW + HOUR)
    assert (store.feeds.all()[0].failures, store.feeds.all()[0].last_error) == (0, None)


def test_a_feed_that_is_removed_takes_its_failures_along(store: SqlStore) -> None:
    store.feeds.add(FEED, title=None, at=NOW)
    store.failures.note("https://example.org/a", at=NOW, reason="gone", patience=after, feed=FEED)
    store.failures.note("/a.pdf", at=NOW, reason="broken", patience=after)
    store.feeds.remove(FEED)
    assert not store.feeds.all() and [one.what for one in store.failures.all()] == ["/a.pdf"]
    with pytest.raises(NotFoundError, match="not watched"):
        store.feeds.remove(FEED)


def test_a_failure_is_tried_again_in_time_until_it_is_given_up(store: SqlStore) -> None:
    first = store.failures.note("/a.pdf", at=NOW, reason="broken", patience=after)
    assert (first.tries, first.next_try) == (1, NOW + HOUR)
    assert store.failures.due(NOW + HOUR) == (first,) and not store.failures.due(NOW)
    store.failures.note("/a.pdf", at=NOW, reason="broken", patience=after)
    last = store.failures.note("/a.pdf", at=NOW, reason="still broken", patience=after)
    assert (last.tries, last.next_try) == (3, None)
    assert store.failures.all() == (last,) == (store.failures.of("/a.pdf"),)
    assert not store.failures.due(NOW + 1000 * HOUR)
    store.failures.clear("/a.pdf")
    store.failures.clear("/a.pdf")
    assert store.failures.of("/a.pdf") is None
