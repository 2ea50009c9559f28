"""Text, Markdown and HTML: what is written for people, with what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import frontmatter
from yaml import YAMLError

from errors import ArticleError
from intake.found import Found, day, one_line

_LANGUAGE = re.compile(r"<html\b[^>]{0,500}?\blang\s*=\s*[\"']?\s*([a-z]{2,3})(?![a-z])", re.IGNORECASE)


def from_text(text: str, _name: str) -> Found:
    return Found(text)


def from_markdown(text: str, name: str) -> Found:
    try:
        said, body = frontmatter.parse(text)
    except (YAMLError, ValueError, RecursionError, OverflowError) as fault:
        first = (str(fault).splitlines() or [type(fault).__name__])[0]
        raise ArticleError(f"{name}: front matter is not readable ({first}); mend it or remove it") from fault
    published = said.get("published", said.get("date"))
    return Found(
        text=body,
        title=_said(said, "title") or _heading(body),
        published=None if published is None else day(published, name),
        source=_said(said, "source"),
        author=_said(said, "author"),
        url=_said(said, "url"),
        language=_said(said, "language"),
        sample=said.get("sample") is True,
    )


def from_html(text: str, name: str) -> Found:
    """What trafilatura finds to be the article, with title, outlet, author, date and address."""
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
    title = one_line(document.title)
    paragraphs = document.text.splitlines()
    if paragraphs[0] == title:
        del paragraphs[0]
    language = _LANGUAGE.search(text[:20_000])
    return Found(
        text="\n\n".join(paragraphs),
        title=title,
        published=day(document.date, name) if document.date else None,
        source=one_line(document.sitename),
        author=one_line(document.author),
        url=document.url,
        language=language[1].lower() if language else None,
    )


def _said(said: Mapping[str, object], key: str) -> str | None:
    """A line of the front matter, if it is one: YAML also has lists and maps."""
    value = said.get(key)
    if isinstance(value, int | float) and abs(value) > 1e15:
        return None  # Python will not even write down an integer of very many digits
    return one_line(value) if isinstance(value, str | int | float | date) else None


def _heading(markdown: str) -> str | None:
    found = re.search(r"^#{1,2}\s+(.+?)\s*#*$", markdown, flags=re.MULTILINE)
    return one_line(found[1]) if found else None
