"""RSS and Atom, parsed: what a feed is called, and the articles that it points to. Call it by ``intake.feed``."""

from __future__ import annotations

import calendar
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from errors import ArticleError, FetchError
from intake.addresses import checked
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


def parsed(body: bytes, headers: Mapping[str, str], address: str) -> Feed:
    """The feed in these bytes. Raises ArticleError for what is none, or too broken to hold any entry."""
    import feedparser

    try:
        # Bytes only: of a string the library would think that it might be an address, or a file.
        said = feedparser.parse(
            BytesIO(body), response_headers=dict(headers), resolve_relative_uris=False, sanitize_html=False
        )
        entries = [_entry(raw, address) for raw in said.entries[:ENTRIES]]
        title = one_line(said.feed.get("title"))
    except MemoryError:
        raise
    except Exception as fault:
        # The library promises that it raises for nothing, and raises nearly anything for some feeds.
        raise ArticleError(f"{address}: no readable feed ({type(fault).__name__}); check the address") from fault
    if not entries and (said.bozo or not said.get("version")):
        raise ArticleError(f"{address}: no RSS or Atom feed; give the feed's own address, not the page's")
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry is not None:
            found.setdefault(entry.address, entry)
    return Feed(title, tuple(found.values()), skipped=entries.count(None))


def _entry(raw: dict[str, Any], base: str) -> Entry | None:
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
