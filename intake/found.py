"""What an input says of itself, whatever its kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urldefrag, urlsplit

from errors import ArticleError


@dataclass(frozen=True, slots=True)
class Found:
    """Text and what is known of it. ``made`` is the day that a file was made: a weaker word than ``published``."""

    text: str
    title: str | None = None
    published: date | None = None
    made: date | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    sample: bool = False


def one_line(text: object) -> str | None:
    return " ".join(str(text or "").split()) or None


_HALVES = re.compile("[\ud800-\udfff]")
_COARSE = re.compile(r"\d{4}(?:-\d{2})?")


def day(value: object, name: str) -> date:
    """A day from ISO 8601 or from a date that YAML has read; a month or a year stands for its first day.

    Raises ArticleError for anything else.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str) and not (isinstance(value, int) and 0 < value < 10_000):
        raise ArticleError(f"{name}: published is a {type(value).__name__}, no date; write it as 2022-01-28")
    try:
        text = str(value).strip()
        return datetime.fromisoformat(f"{text}-01-01"[:10] if _COARSE.fullmatch(text) else text).date()
    except ValueError as fault:
        raise ArticleError(f"{name}: published {repr(value)[:40]} is no date; write it as 2022-01-28") from fault


def whole_letters(text: str) -> str:
    """U+FFFD for halves of letters, which no file can hold. One character for one: offsets hold."""
    return _HALVES.sub("\ufffd", text)


def web_address(url: str | None, name: str) -> str | None:
    """A web address without its fragment; None where nothing is given. Raises ArticleError for anything else."""
    if not url or not url.strip():
        return None
    address = as_link(url)
    if address is None:
        raise ArticleError(f"{name}: {url.strip()[:80]!r} is no web address; give one that begins with https://")
    return address


def as_link(url: str) -> str | None:
    """The address as it may be linked to; None for what is none, which on the page might be run."""
    try:
        address = urldefrag(url.strip()).url
        parts = urlsplit(address)
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", address)
    except ValueError:
        return None
    return address if valid else None
