"""A feed that was fetched, read where it can do no harm: in a child process."""

from __future__ import annotations

from datetime import date, datetime

from intake.confined import answered
from intake.fetch import Answer
from intake.syndication import Entry, Feed


def read_feed(answer: Answer) -> Feed:
    """The feed in an answer. Raises ArticleError for what is none, or too broken to hold any entry."""
    found = answered("feed", answer.body, {"name": answer.address, "headers": dict(answer.headers)})
    entries = tuple(
        Entry(
            address=entry["address"],
            title=entry["title"],
            published=entry["published"] and date.fromisoformat(entry["published"]),
            changed=entry["changed"] and datetime.fromisoformat(entry["changed"]),
        )
        for entry in found["entries"]
    )
    return Feed(found["title"], entries, found["skipped"])
