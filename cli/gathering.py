"""What is named on the command line, as articles: addresses, files, folders, lines of JSON, archives of the web."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from errors import ArticleError, GarrisonError
from records import Article, Original

if TYPE_CHECKING:
    from intake.fetch import Answer

LINES = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Given:
    """What the command says of all articles; preferred to what they say of themselves."""

    published: date | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One article to be had, under the name to call it by when it cannot be: ``read`` raises GarrisonError then.

    ``again`` is what to name to try again later: an address, or a path from the root; None for standard input. By a
    person only (``by_hand``) where the command said more of it than will be known then.
    """

    name: str
    read: Callable[[], tuple[Article, Original]]
    again: str | None = None
    by_hand: bool = False


def is_address(named: str) -> bool:
    return named.startswith(("http://", "https://"))


def gather(named: Sequence[str], given: Given, fetch: Callable[[str], Answer]) -> Iterator[Source]:
    """One after the other, nothing read or fetched before its turn: a folder may hold any number.

    ``fetch`` is asked for what an address names.
    """
    for one in dict.fromkeys(named):
        if is_address(one):
            yield _page(one, given, fetch)
        elif one == "-":
            yield Source(
                "stdin", lambda: _read(Original(sys.stdin.buffer.read(), datetime.now(UTC), name="stdin"), given)
            )
        else:
            path = Path(one)
            for file in _files(path) if path.is_dir() else [path]:
                yield from _of_file(file, given)


def read_again(what: str, fetch: Callable[[str], Answer]) -> Iterator[Source]:
    """What failed once, an address or a path, as ``gather`` would name it."""
    return gather([what], Given(), fetch)


def _page(address: str, given: Given, fetch: Callable[[str], Answer]) -> Source:
    return Source(address, lambda: _read(fetch(address).original, given), address, given != Given())


def _files(folder: Path) -> Iterator[Path]:
    """All in a folder and the folders in it, in the order of their names, but for hidden ones; links are not followed
    into other folders, so that there is no circle.
    """
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(where) / name for name in sorted(names) if not name.startswith("."))


def _of_file(path: Path, given: Given) -> Iterator[Source]:
    from intake.warc import ENDINGS

    again = str(path.absolute())
    if path.suffix.lower() in LINES:
        yield from _lines(path, given)
    elif path.name.lower().endswith(ENDINGS):
        yield from _archive(path, given)
    else:
        from intake.article import load

        yield Source(str(path), lambda: _read(load(path), given), again, given != Given())


def _lines(path: Path, given: Given) -> Iterator[Source]:
    from intake.jsonl import read_lines

    try:
        for where, line in read_lines(path):
            yield Source(where, partial(_of_line, line, where, given))
    except GarrisonError as fault:
        yield _failed(str(path), fault, str(path.absolute()))


def _of_line(line: bytes, where: str, given: Given) -> tuple[Article, Original]:
    from intake.jsonl import read_line

    article = read_line(line, where)
    if given.published:
        article = replace(article, published=given.published, published_from="given")
    article = replace(article, source=given.source or article.source)
    return article, Original(line, datetime.now(UTC), media_type="application/json", name=where)


def _archive(path: Path, given: Given) -> Iterator[Source]:
    from intake.warc import read_warc

    again = str(path.absolute())
    try:
        for page in read_warc(path):
            if isinstance(page, ArticleError):
                yield _failed(str(path), page, again)
            else:
                yield Source(page.called, partial(_read, page, given))
    except GarrisonError as fault:
        yield _failed(str(path), fault, again)


def _failed(name: str, fault: GarrisonError, again: str) -> Source:
    def read() -> tuple[Article, Original]:
        raise fault

    return Source(name, read, again)


def _read(original: Original, given: Given) -> tuple[Article, Original]:
    from intake.article import read_original

    article = read_original(original, published=given.published, title=given.title, source=given.source, url=given.url)
    return article, original
