"""Articles from a file of JSON lines, each under the id that it brings along."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from errors import ArticleError
from intake.found import as_link, day, whole_letters
from records import Article

LONGEST_LINE_MB = 50


def read_articles(path: Path, *, language: str = "en") -> Iterator[Article]:
    """Lines with ``id`` and ``text``, and ``title``, ``published`` (ISO 8601), ``source``, ``url`` where known.

    The text is taken as it is, line ends too, so that offsets hold for whoever wrote the file. Empty lines are passed
    over. Raises ArticleError that names file and line.
    """
    return (read_line(line, where, language=language) for where, line in read_lines(path))


def read_lines(path: Path) -> Iterator[tuple[str, bytes]]:
    """The lines that are not empty, each with its file and number. Raises ArticleError for one that has no end."""
    most = LONGEST_LINE_MB * 1_000_000
    try:
        with path.open("rb") as opened:
            for number, line in enumerate(iter(partial(opened.readline, most + 1), b""), start=1):
                if len(line) > most:
                    raise ArticleError(
                        f"{path}:{number}: a line of more than {LONGEST_LINE_MB} MB; give one article a line"
                    )
                if line.strip():
                    yield f"{path}:{number}", line
    except OSError as fault:
        raise ArticleError(f"{path}: cannot be read ({fault.strerror}); give a file of JSON lines") from fault


def read_line(line: bytes, where: str, *, language: str = "en") -> Article:
    """The article on a line. Raises ArticleError."""
    try:
        row = json.loads(line.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except ValueError as fault:
        raise ArticleError(f"{where}: no JSON in UTF-8 ({fault}); give one object a line") from fault
    except RecursionError as fault:
        raise ArticleError(f"{where}: nested too deep; give one flat object a line") from fault
    if not isinstance(row, dict):
        raise ArticleError(f"{where}: a JSON {type(row).__name__}, not an object; give id and text by name")
    published = row.get("published")
    return Article(
        id=_text(row, "id", where, needed=True),
        title=_text(row, "title", where),
        text=_text(row, "text", where, needed=True),
        published=None if published is None else day(published, where),
        published_from="unknown" if published is None else "metadata",
        source=_text(row, "source", where) or None,
        # Collections write other things there, and are read all the same.
        url=as_link(_text(row, "url", where)),
        language=language,
    )


def _text(row: Mapping[str, object], field: str, where: str, *, needed: bool = False) -> str:
    value = row.get(field)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or (needed and not value.strip()):
        raise ArticleError(f"{where}: {field!r} is {'missing or empty' if not value else 'no text'}; give it as text")
    return whole_letters(value)
