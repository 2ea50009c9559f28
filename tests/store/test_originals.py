"""Originals: kept with their reading in one transaction, once each, and gone with their article."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from records import Original
from store.sql import SqlStore
from tests import readings

MOMENT = datetime(2022, 1, 28, 10, 30, tzinfo=UTC)
PAGE = Original(
    body=b"<p>" + bytes(range(256)) * 40,
    retrieved=MOMENT,
    media_type="text/html",
    name="/home/somebody/page.html",
    address="https://example.org/b",
    asked="https://example.org/a",
    headers=(("content-type", "text/html"), ("etag", '"7"')),
)


def test_an_original_comes_back_as_it_was(store: SqlStore) -> None:
    reading = readings.baltic()
    store.save(reading, PAGE)
    (kept,) = store.originals.of(reading.article.id)
    assert kept == replace(PAGE, name="page.html"), "and without the folders of somebody's machine"
    assert kept.sha256 == PAGE.sha256


def test_the_same_bytes_are_kept_once(store: SqlStore) -> None:
    reading = readings.baltic()
    store.save(reading, PAGE)
    assert store.save(reading, replace(PAGE, retrieved=MOMENT + timedelta(days=1))) == "unchanged"
    store.keep(reading.article, replace(PAGE, body=b"other", retrieved=MOMENT + timedelta(days=2)))
    assert [one.body[:5] for one in store.originals.of(reading.article.id)] == [PAGE.body[:5], b"other"]
    assert store.originals.of("none") == ()


def test_when_addresses_were_retrieved(store: SqlStore) -> None:
    store.save(readings.baltic(), PAGE)
    asked = [f"https://example.org/{number}" for number in range(1200)]
    assert store.originals.retrieved([*asked, "https://example.org/a"]) == {"https://example.org/a": MOMENT}


def test_a_removed_article_takes_its_originals_along(store: SqlStore) -> None:
    reading = readings.baltic()
    store.save(reading, PAGE)
    store.remove([reading.article.id])
    assert store.originals.of(reading.article.id) == ()
