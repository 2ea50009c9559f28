"""Articles named on the command line: files, standard input, lines of JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cli.opening import loaded_pipeline, settings_for
from cli.saying import aside, complain, fail_if
from errors import GarrisonError
from records import Article, Reading

if TYPE_CHECKING:
    from pipeline import Pipeline


def read_each(
    paths: Sequence[Path] | None, published: datetime | None, lines: Path | None, *, whole: bool = False
) -> Iterator[tuple[str, Reading]]:
    """Readings without a store, and what to call each; at the end an exit with 1, if paths had to be left out.

    ``whole``: places are wanted wherever the text names them, not only near claims.

    A line's reading is called by its id, a file's by its name without suffix, or its path where names are alike.
    """
    if bool(paths) == bool(lines):
        raise typer.BadParameter("give PATHs, or --articles FILE.jsonl")
    articles: Iterable[tuple[str, Article]]
    if lines:
        from intake.jsonl import read_articles

        articles, missing = ((article.id, article) for article in read_articles(lines)), False
    else:
        from intake.article import read_article

        names = {path: path.stem for path in paths or ()}
        if len(set(names.values())) < len(names):
            names = {path: str(path) for path in names}
        readable = read_paths(names, lambda raw, name: read_article(raw, name=name, published=as_day(published)))
        articles, missing = [(names[path], article) for path, article in readable.items()], len(readable) < len(names)
    pipeline: Pipeline | None = None
    for id, article in articles:
        pipeline = pipeline or loaded_pipeline(settings_for(), aside)
        yield id, pipeline.read(article, whole=whole)
    fail_if(missing)


def read_paths(paths: Iterable[Path], read: Callable[[Path | bytes, str], Article]) -> dict[Path, Article]:
    """The articles that can be read; of each other path stderr says why not, and the rest goes on."""
    articles = {}
    for path in paths:
        try:
            stdin = str(path) == "-"
            articles[path] = read(sys.stdin.buffer.read() if stdin else path, "stdin" if stdin else str(path))
        except GarrisonError as fault:
            complain(str(fault))
    return articles


def as_day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def as_point(given: tuple[float, float]) -> tuple[float, float]:
    lat, lon = given
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise typer.BadParameter(f"{lat:g} {lon:g} is no point; give a latitude to 90 and a longitude to 180 degrees")
    return given
