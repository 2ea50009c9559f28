"""Raw input -> Article. All that is ever done to a text is done here, before any offset into it is taken.

Plain text and Markdown are kept as they are, but for line ends and a byte order mark; of HTML the text is what
trafilatura finds to be the article. Nothing is fetched. The date is the given one, else the one that the input states
about itself, else unknown: none is guessed from the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urldefrag, urlsplit

import frontmatter
from yaml import YAMLError

from errors import ArticleError
from intake.encoding import decode
from records import Article, DateSource, fingerprint

Kind = Literal["text", "markdown", "html"]

KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
LARGEST_MB = 50
_LONGEST_TITLE = 160
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html)\b", re.IGNORECASE)
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Found:
    """What an input says of itself."""

    text: str
    title: str | None = None
    published: date | None = None
    source: str | None = None
    url: str | None = None
    sample: bool = False


def read_article(
    raw: Path | bytes | str,
    *,
    name: str = "",
    published: date | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    language: str = "en",
) -> Article:
    """Read one article from a file, from bytes, or from text.

    ``name`` is what to call bytes or text in messages; its suffix, as that of a path, tells the kind (``KINDS``).
    Without a suffix a head of ``---`` means Markdown, ``<html`` means HTML, all else is text. What is given here is
    preferred to what the input says of itself.

    The id comes from the address, where one is known, so that a corrected text is another reading of the same
    article; else from the text.

    Raises ArticleError for what is absent, empty, binary, too large, of an unknown kind or encoding.
    """
    name = str(raw) if isinstance(raw, Path) else name or "the text"
    if isinstance(raw, Path):
        raw = _read(raw)
    text = normalise(raw if isinstance(raw, str) else decode(raw, name))
    found = _READERS[_kind(name, text)](text, name)
    if not re.search(r"\w", found.text):
        raise ArticleError(f"{name}: no text in it; give an article's text")
    address = _address(url or found.url, name)
    date_from: DateSource = "given" if published else "metadata" if found.published else "unknown"
    return Article(
        id=fingerprint("url", address) if address else fingerprint("text", found.text),
        title=_one_line(title) or found.title or _first_line(found.text),
        text=found.text,
        published=published or found.published,
        published_from=date_from,
        source=_one_line(source) or found.source,
        url=address,
        language=language,
        sample=found.sample,
    )


def normalise(text: str) -> str:
    """Line ends as ``\\n``, no byte order mark, and U+FFFD for the halves of letters that no file can hold."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATES.sub("\ufffd", text)


_COARSE = re.compile(r"\d{4}(?:-\d{2})?")


def day(value: object, name: str) -> date:
    """A day from ISO 8601 or from a date that YAML has read; a month or a year stands for its first day.

    Raises ArticleError for anything else.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        text = str(value).strip()
        return datetime.fromisoformat(f"{text}-01-01"[:10] if _COARSE.fullmatch(text) else text).date()
    except ValueError as fault:
        raise ArticleError(f"{name}: published {str(value)[:40]!r} is no date; write it as 2022-01-28") from fault


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_MB * 1_000_000:
            raise ArticleError(f"{path}: larger than {LARGEST_MB} MB; split it into articles")
        return path.read_bytes()
    except FileNotFoundError as fault:
        raise ArticleError(f"{path}: no such file; check the path") from fault
    except IsADirectoryError as fault:
        raise ArticleError(f"{path}: a folder; name the files in it") from fault
    except OSError as fault:
        raise ArticleError(f"{path}: cannot be read ({fault.strerror}); check its permissions") from fault


def _kind(name: str, text: str) -> Kind:
    suffix = Path(name).suffix.lower()
    if suffix in KINDS:
        return KINDS[suffix]
    if re.fullmatch(r"\.[a-z]\w{0,4}", suffix):
        raise ArticleError(f"{name}: cannot read {suffix} files; give one of {', '.join(KINDS)}")
    if _HTML.match(text):
        return "html"
    return "markdown" if text.startswith("---\n") else "text"


def _from_text(text: str, _name: str) -> _Found:
    return _Found(text)


def _from_markdown(text: str, name: str) -> _Found:
    try:
        said, body = frontmatter.parse(text)
    except (YAMLError, ValueError) as fault:
        first = str(fault).splitlines()[0]
        raise ArticleError(f"{name}: front matter is not readable ({first}); mend it or remove it") from fault
    published = said.get("published", said.get("date"))
    return _Found(
        text=body,
        title=_said(said, "title") or _heading(body),
        published=None if published is None else day(published, name),
        source=_said(said, "source"),
        url=_said(said, "url"),
        sample=said.get("sample") is True,
    )


def _from_html(text: str, name: str) -> _Found:
    # Here, since it takes most of a second to import and only HTML needs it.
    from trafilatura import bare_extraction

    document = bare_extraction(
        text,
        include_comments=False,
        with_metadata=True,
        # The extensive search takes a copyright year for a date rather than finding none.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if document is None or isinstance(document, dict) or not document.text:
        raise ArticleError(f"{name}: no article found in the HTML; save its text as a .txt file")
    title = _one_line(document.title)
    paragraphs = document.text.splitlines()
    if paragraphs[0] == title:
        del paragraphs[0]
    return _Found(
        text="\n\n".join(paragraphs),
        title=title,
        published=day(document.date, name) if document.date else None,
        source=_one_line(document.sitename),
        url=document.url,
    )


_READERS = {"text": _from_text, "markdown": _from_markdown, "html": _from_html}


def _said(said: Mapping[str, object], key: str) -> str | None:
    """A line of the front matter, if it is one: YAML also has lists and maps."""
    value = said.get(key)
    return _one_line(str(value)) if isinstance(value, str | int | float | date) else None


def _address(url: str | None, name: str) -> str | None:
    """A web address without its fragment. Anything else would become a link on the page that may run."""
    if not url or not url.strip():
        return None
    address = urldefrag(url.strip()).url
    try:
        parts = urlsplit(address)
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", address)
    except ValueError:
        valid = False
    if not valid:
        raise ArticleError(f"{name}: {address[:80]!r} is no web address; give one that begins with https://")
    return address


def _one_line(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None


def _heading(markdown: str) -> str | None:
    found = re.search(r"^#{1,2}\s+(.+?)\s*#*$", markdown, flags=re.MULTILINE)
    return _one_line(found[1]) if found else None


def _first_line(text: str) -> str:
    line = next(line for line in text.splitlines() if re.search(r"\w", line))
    line = " ".join(line.split())
    if len(line) <= _LONGEST_TITLE:
        return line
    return line[:_LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
