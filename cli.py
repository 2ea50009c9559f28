"""The command line: ``garrison COMMAND``.

Exit codes: 0 done, 1 something failed, 2 wrong usage. An error is one line on stderr that names the input and the
remedy; ``GARRISON_DEBUG=1`` shows where an unexpected one came from. Heavy modules are imported by the commands that
need them, so that ``--help`` answers at once.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from errors import GarrisonError
from records import ASSETS, STATUSES, Article, Asset, ClaimFilter, Reading, Status
from settings import DATA, PROJECT, STATIC, Settings, load_settings
from store.unseen import visible

if TYPE_CHECKING:
    from pipeline import Outcome, Pipeline
    from store.sql import SqlStore

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Reads news and shows, on a map, who is reported to have military forces where.",
)


def _one_of(known: Sequence[str]) -> Callable[[list[str] | None], list[str] | None]:
    def check(values: list[str] | None) -> list[str] | None:
        for value in values or ():
            if value not in known:
                raise typer.BadParameter(f"{value!r} is none of {', '.join(known)}")
        return values

    return check


def _day(help: str) -> object:
    return typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help=help)


StoreUrl = Annotated[str, typer.Option("--store", metavar="URL", help="Another store, as sqlite:///PATH.")]
_PATHS = typer.Argument(metavar="PATH…", help="Text, Markdown or HTML; - is stdin.")
Paths = Annotated[list[Path], _PATHS]
AnyPaths = Annotated[list[Path] | None, _PATHS]
Published = Annotated[datetime | None, _day("Day of publication, as 2022-01-28; preferred to the file's own.")]
_LINES = typer.Option("--articles", metavar="FILE.jsonl", help="Lines with id, text, title, published: answer each id.")
JsonLines = Annotated[Path | None, _LINES]


# The commands


@app.command()
def run(
    store: StoreUrl = "",
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port of the page.")] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Serve the page on 127.0.0.1 and open it; prepare what is missing."""
    from dashboard import serving
    from store.samples import wants_samples

    settings = _settings(store, port)
    serving.check_free(settings.address, settings.port)
    _prepare(settings)
    opened = _open(settings)
    if wants_samples(opened):
        _add_samples(opened, settings)
    opened.close()
    typer.echo(f"Garrison: http://{settings.address}:{settings.port} (Ctrl+C ends it)")
    told = {"GARRISON_STORE": settings.store_url, "GARRISON_HOME": str(settings.home)}
    serving.serve(PROJECT / "app.py", settings.address, settings.port, settings=told, browser=browser)


@app.command()
def prepare() -> None:
    """Make the gazetteer and the outlines, unless they are there."""
    _prepare(_settings())
    typer.echo("everything is prepared")


@app.command()
def add(
    paths: Paths,
    published: Published = None,
    title: Annotated[str | None, typer.Option(help="Title; else the file's own or its first line.")] = None,
    source: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    url: Annotated[str | None, typer.Option(help="Its address: a corrected text of it becomes a new reading.")] = None,
    store: StoreUrl = "",
) -> None:
    """Read articles into the store. The same article again changes nothing."""
    if len(paths) > 1 and (url or title):
        raise typer.BadParameter("an address and a title belong to one article; give one PATH")
    from extract.article import read_article

    readable = _readable(
        paths,
        lambda raw, name: read_article(raw, name=name, published=_date(published), title=title, source=source, url=url),
    )
    settings = _settings(store)
    all_kept = not readable or _add(_open(settings), _pipeline(settings, typer.echo), readable.values())
    _fail_if(not all_kept or len(readable) < len(set(paths)))


@app.command()
def remove(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Ids of articles, as add and export name them.")],
    store: StoreUrl = "",
) -> None:
    """Take articles out of the store, with all their readings."""
    removed = _open(_settings(store), create=False).remove(ids)
    typer.echo(f"removed {_count(removed, 'article')}")


@app.command()
def extract(paths: AnyPaths = None, published: Published = None, articles: JsonLines = None) -> None:
    """Print claims as JSON lines, {"id", "claims"}; no store."""
    from store.interchange import claims_json

    for id, reading in _read_each(paths, published, articles):
        _print_json({"id": id, "claims": claims_json(reading)})


@app.command()
def places(paths: AnyPaths = None, published: Published = None, articles: JsonLines = None) -> None:
    """Print places named as JSON lines, {"id", "spans"}; no store."""
    from store.interchange import spans_json

    for id, reading in _read_each(paths, published, articles):
        _print_json({"id": id, "spans": spans_json(reading.placements)})


@app.command()
def export(
    format: Annotated[Literal["geojson", "csv"], typer.Option(help="Kind of file.")],
    actor: Annotated[list[str] | None, typer.Option(help="Whose forces: FRA, NATO, …")] = None,
    host: Annotated[list[str] | None, typer.Option(help="Where: a country as ROU, or a sea's gazetteer id.")] = None,
    since: Annotated[datetime | None, _day("No earlier than this day.")] = None,
    until: Annotated[datetime | None, _day("No later than this day.")] = None,
    status: Annotated[list[str] | None, typer.Option(help=", ".join(STATUSES), callback=_one_of(STATUSES))] = None,
    asset: Annotated[list[str] | None, typer.Option(help=", ".join(ASSETS), callback=_one_of(ASSETS))] = None,
    article: Annotated[list[str] | None, typer.Option(help="Id of an article.")] = None,
    source: Annotated[list[str] | None, typer.Option(help="Who published it.")] = None,
    search: Annotated[str, typer.Option(help="Words in title or text.")] = "",
    confidence: Annotated[float, typer.Option(min=0, max=1, help="Least certainty, 0 to 1.")] = 0,
    place: Annotated[str | None, typer.Option(help="Gazetteer id of a place.")] = None,
    store: StoreUrl = "",
) -> None:
    """Write exactly what is filtered to stdout, with provenance."""
    from store.exports import export as exported

    wanted = ClaimFilter(
        actors=tuple(actor or ()),
        hosts=tuple(host or ()),
        since=_date(since),
        until=_date(until),
        statuses=cast(tuple[Status, ...], tuple(status or ())),
        assets=cast(tuple[Asset, ...], tuple(asset or ())),
        articles=tuple(article or ()),
        sources=tuple(source or ()),
        search=search,
        minimum_confidence=confidence,
        place=place,
    )
    _print_bytes(exported(_open(_settings(store), create=False), wanted, format))


@app.command()
def relocate(store: StoreUrl = "") -> None:
    """Place all that is stored again; no article is read again."""
    settings = _settings(store)
    opened = _open(settings, create=False)
    pipeline = _pipeline(settings, typer.echo)
    changed = opened.relocate(pipeline.place, pipeline.places)
    typer.echo(f"{_count(changed, 'placement')} changed")


@app.command()
def samples(
    action: Annotated[Literal["add", "remove"], typer.Argument(help="Add them again, or remove them all.")],
    store: StoreUrl = "",
) -> None:
    """Add or remove the sample reports, which are not evidence."""
    settings = _settings(store)
    if action == "add":
        _fail_if(not _add_samples(_open(settings), settings))
    else:
        removed = _open(settings, create=False).remove_samples()
        typer.echo(f"removed {_count(removed, 'sample')}")


# Reading what is named


def _read_each(
    paths: Sequence[Path] | None, published: datetime | None, lines: Path | None
) -> Iterator[tuple[str, Reading]]:
    """Readings without a store, and what to call each; at the end an exit with 1, if paths had to be left out.

    A line's reading is called by its id, a file's by its name without suffix, or its path where names are alike.
    """
    if bool(paths) == bool(lines):
        raise typer.BadParameter("give PATHs, or --articles FILE.jsonl")
    articles: Iterable[tuple[str, Article]]
    if lines:
        from extract.jsonl import read_articles

        articles, missing = ((article.id, article) for article in read_articles(lines)), False
    else:
        from extract.article import read_article

        names = {path: path.stem for path in paths or ()}
        if len(set(names.values())) < len(names):
            names = {path: str(path) for path in names}
        readable = _readable(names, lambda raw, name: read_article(raw, name=name, published=_date(published)))
        articles, missing = [(names[path], article) for path, article in readable.items()], len(readable) < len(names)
    pipeline: Pipeline | None = None
    for id, article in articles:
        pipeline = pipeline or _pipeline(_settings(), _aside)
        yield id, pipeline.read(article)
    _fail_if(missing)


def _readable(paths: Iterable[Path], read: Callable[[Path | bytes, str], Article]) -> dict[Path, Article]:
    """The articles that can be read; of each other path stderr says why not, and the rest goes on."""
    articles = {}
    for path in paths:
        try:
            stdin = str(path) == "-"
            articles[path] = read(sys.stdin.buffer.read() if stdin else path, "stdin" if stdin else str(path))
        except GarrisonError as fault:
            _complain(str(fault))
    return articles


def _date(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


# Into the store


def _add(store: SqlStore, pipeline: Pipeline, articles: Iterable[Article]) -> bool:
    """Add one by one, each told as soon as it is kept; whether all could be."""
    from pipeline import add_article

    all_kept = True
    for article in articles:
        if len(article.text) > 200_000:
            typer.echo(f"reading {visible(article.title)} ({len(article.text):,} characters) …")
        try:
            typer.echo(_told(add_article(store, pipeline, article)))
        except GarrisonError as fault:
            all_kept = False
            _complain(f"{article.title}: {fault}")
    return all_kept


def _told(outcome: Outcome) -> str:
    name = f"{outcome.article.id}  {visible(outcome.article.title)}"
    if outcome.reading is None:
        return f"unchanged  {name} (in the store already)"
    word = "added" if outcome.saved == "added" else "read anew"
    claims = outcome.reading.claims
    unplaced = sum(1 for one in claims if not (found := outcome.reading.placement_of(one.place)) or not found.place)
    without = f", {unplaced} without a place" if unplaced else ""
    undated = ", no date of publication" if outcome.article.published is None else ""
    return f"{word:9}  {name} ({_count(len(claims), 'claim')}{without}{undated})"


def _add_samples(store: SqlStore, settings: Settings) -> bool:
    from extract.article import read_article
    from store.samples import samples_were_added

    typer.echo("loading the sample reports …")
    reports = sorted((DATA / "reports").glob("*.md"))
    all_kept = _add(store, _pipeline(settings, typer.echo), map(read_article, reports))
    samples_were_added(store)
    return all_kept


# Opening things


def _settings(store: str = "", port: int | None = None) -> Settings:
    settings = load_settings()
    return replace(settings, store=store or settings.store, port=port or settings.port)


def _open(settings: Settings, *, create: bool = True) -> SqlStore:
    from store import open_store

    return open_store(settings.store_url, create=create)


def _prepare(settings: Settings) -> None:
    from data.build import build

    build(settings.home, STATIC, progress=lambda what: typer.echo(f"{what} …", err=True))


def _pipeline(settings: Settings, say: Callable[[str], None]) -> Pipeline:
    _prepare(settings)
    say("loading the language model …")
    from pipeline import load_pipeline

    return load_pipeline(gazetteer=settings.gazetteer, data=DATA, point_of_view=settings.point_of_view)


# Saying things


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _aside(message: str) -> None:
    """Progress of a command whose output is data: on a terminal only."""
    if sys.stderr.isatty():
        typer.echo(message, err=True)


def _print_json(value: dict[str, object]) -> None:
    _print_bytes(json.dumps(value, ensure_ascii=False).encode() + b"\n")


def _print_bytes(data: bytes) -> None:
    """In UTF-8, whatever the terminal is set to."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _complain(message: str) -> None:
    """One line, whatever is in the message."""
    typer.echo(f"garrison: {visible(' '.join(message.split()))}", err=True)


def _fail_if(failed: bool) -> None:
    if failed:
        raise typer.Exit(1)


def main() -> None:
    """Run a command and exit with its code: every error ends here, as one line."""
    try:
        code = int(app(prog_name="garrison", standalone_mode=False) or 0)
    except typer.TyperException as fault:
        _explain_usage(fault)
        code = 2
    except (KeyboardInterrupt, typer.Abort):
        _complain("interrupted; what was told as done is done")
        code = 130
    except BrokenPipeError:
        # Whoever read the output has had enough; without this Python would complain of it once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except Exception as fault:
        if os.environ.get("GARRISON_DEBUG"):
            raise
        _complain(_explained(fault))
        code = 1
    sys.exit(code)


def _explain_usage(fault: typer.TyperException) -> None:
    words: str = getattr(fault, "format_message", fault.__str__)()
    if words.startswith("Usage:"):
        typer.echo(words)  # the help, for want of a command
    else:
        _complain(f"{words.rstrip('.')}; see: {_command_of(fault)} --help")


def _command_of(fault: typer.TyperException) -> str:
    context: typer.Context | None = getattr(fault, "ctx", None)
    return context.command_path if context else "garrison"


def _explained(fault: Exception) -> str:
    if isinstance(fault, GarrisonError):
        return str(fault)
    if isinstance(fault, OSError):
        return f"{fault.filename or 'the system'}: {fault.strerror or fault}; mend that and try again"
    return f"unexpected {type(fault).__name__}: {fault}; GARRISON_DEBUG=1 shows where, please report it"


if __name__ == "__main__":
    main()
