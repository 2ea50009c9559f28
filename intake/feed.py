"""RSS and Atom: what a feed is called, and the articles that it points to."""

from __future__ import annotations

import calendar
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from urllib.parse import urljoin

import feedparser

from errors import ArticleError, FetchError
from intake.addresses import checked
from intake.fetch import Answer
from intake.found import one_line

#: More than that no feed has; the rest is left for the next time.
ENTRIES = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that a feed points to. ``changed`` is when the feed says that it last was."""

    address: str
    title: str | None = None
    published: date | None = None
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """``skipped`` are entries without an address that can be fetched."""

    title: str | None
    entries: tuple[Entry, ...]
    skipped: int


def read_feed(answer: Answer) -> Feed:
    """The feed in an answer. Raises ArticleError for what is none, or too broken to hold any entry."""
    try:
        # Bytes only: of a string the library would think that it might be an address, or a file.
        parsed = feedparser.parse(
            BytesIO(answer.body),
            response_headers=dict(answer.headers),
            resolve_relative_uris=False,
            sanitize_html=False,
        )
        entries = parsed.entries[:ENTRIES]
        listed = [_entry(raw, answer.address) for raw in entries]
        found: dict[str, Entry] = {}
        for entry in listed:
            if entry is not None:
                found.setdefault(entry.address, entry)
        title = one_line(parsed.feed.get("title"))
    except Exception as fault:
        # The library promises that it raises for nothing, and raises nearly anything for some feeds.
        raise ArticleError(f"{answer.address}: no readable feed ({type(fault).__name__}); check the address") from fault
    if not entries and (parsed.bozo or not parsed.get("version")):
        raise ArticleError(f"{answer.address}: no RSS or Atom feed; give the feed's own address, not the page's")
    return Feed(title, tuple(found.values()), skipped=listed.count(None))


def _entry(raw: feedparser.FeedParserDict, base: str) -> Entry | None:
    try:
        address = checked(urljoin(base, str(raw.get("link") or "").strip())).url
    except (FetchError, ValueError):
        return None
    if not raw.get("link"):
        return None
    # As a plain dict: the library's own look-up gives one of the two for the other.
    published, updated = (_moment(dict.get(raw, f"{which}_parsed")) for which in ("published", "updated"))
    return Entry(
        address=address,
        title=one_line(raw.get("title")),
        published=_local_day(str(raw.get("published") or "")) or (published.date() if published else None),
        changed=updated or published,
    )


def _local_day(said: str) -> date | None:
    """The day where it was published: late in New York it is the next one already in UTC, which the library gives."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        with suppress(ValueError, TypeError, OverflowError):
            return read(said).date()
    return None


def _moment(said: time.struct_time | None) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(said), UTC) if said else None
    except (ValueError, OverflowError, OSError):
        return None
