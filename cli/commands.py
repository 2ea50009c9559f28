"""The commands of ``garrison``: what each takes, and what it does in a few lines.

Heavy modules are imported by the commands that need them, so that ``--help`` answers at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal, cast

import typer

from cli.additions import Adder, add_samples, offer_samples
from cli.deployments import deployments_app
from cli.feeds import feeds
from cli.gathering import Given, gather
from cli.inputs import as_day, as_point, read_each
from cli.keeping import keeping
from cli.opening import fetcher_of, loaded_pipeline, prepare_data, settings_for, store_of, visitor_of
from cli.rereading import rereading
from cli.saying import complain, counted, fail_if, print_bytes, print_json
from cli.serving import check_free, serve
from records import ASSETS, CERTAINTY, PLACE_KINDS, STATUSES, Asset, ClaimFilter, PlaceKind, Status
from settings import PROJECT

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Reads news and shows, on a map, who is reported to have military forces where.",
)


app.add_typer(feeds, name="feeds")
app.add_typer(keeping)
app.add_typer(deployments_app)
app.add_typer(rereading)


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
_ADDABLE = "Address; or file, folder, JSON lines, WARC: text, Markdown, HTML, mail, PDF, Word; - is stdin."
AnyPaths = Annotated[list[Path] | None, _PATHS]
Published = Annotated[datetime | None, _day("Day of publication, as 2022-01-28; preferred to the file's own.")]
_LINES = typer.Option("--articles", metavar="FILE.jsonl", help="Lines with id, text, title, published: answer each id.")
_CERTAINTY = typer.Option(help="Leave out claims that are less certain.")
Certainty = Annotated[Literal["everything", "default", "cautious"], _CERTAINTY]
JsonLines = Annotated[Path | None, _LINES]


# The commands


@app.command()
def run(
    store: StoreUrl = "",
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port of the page.")] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Serve the page on 127.0.0.1 and open it; prepare what is missing."""
    settings = settings_for(store, port)
    check_free(settings.address, settings.port)
    if not settings.gazetteer.is_file():
        prepare_data(settings)  # one that is out of date the page makes anew: to look takes a second of each start
    offer_samples(settings)
    typer.echo(f"Garrison: http://{settings.address}:{settings.port} (Ctrl+C ends it)")
    told = {"GARRISON_STORE": settings.store_url, "GARRISON_HOME": str(settings.home)}
    serve(PROJECT / "app.py", settings.address, settings.port, settings=told, browser=browser)


@app.command()
def prepare() -> None:
    """Make the gazetteer and the outlines, unless they are there."""
    prepare_data(settings_for())
    typer.echo("everything is prepared")


@app.command()
def add(
    named: Annotated[list[str], typer.Argument(metavar="URL|PATH…", help=_ADDABLE)],
    published: Published = None,
    title: Annotated[str | None, typer.Option(help="Title; else the file's own or its first line.")] = None,
    source: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    url: Annotated[str | None, typer.Option(help="Its address: a corrected text of it becomes a new reading.")] = None,
    store: StoreUrl = "",
) -> None:
    """Read articles into the store. The same article again changes nothing."""
    if len(named) > 1 and (url or title):
        raise typer.BadParameter("an address and a title belong to one article; give one PATH")
    settings = settings_for(store)
    adder = Adder(settings)
    given = Given(as_day(published), title, source, url)
    kept = [adder.add(one) for one in gather(named, given, lambda address: fetcher_of(settings).get(address))]
    if len(kept) > 1:
        typer.echo(adder.summary())
    if not kept:
        complain("nothing to read in what was named; give files of text, HTML, mail, PDF or Word")
    fail_if(not kept or not all(kept))


@app.command()
def watch(
    once: Annotated[bool, typer.Option("--once", help="Look at what is due now, then end.")] = False,
    store: StoreUrl = "",
) -> None:
    """Look at the feeds again and again, and read what is new into the store."""
    from cli.watching import watch as watch_feeds

    settings = settings_for(store)
    opened = store_of(settings, create=False)
    adder = Adder(settings, opened)
    every_min = settings.fetch.every_min
    fail_if(not watch_feeds(opened, adder, visitor_of(settings), every_min=every_min, once=once))


@app.command()
def remove(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Ids of articles, as add and export name them.")],
    store: StoreUrl = "",
) -> None:
    """Take articles out of the store, with all their readings; watch does not bring them back."""
    opened = store_of(settings_for(store), create=False)
    asked = opened.originals.asked(ids)
    removed = opened.remove(ids)
    for address in asked:
        opened.failures.note(address, at=datetime.now(UTC), reason="removed by hand", patience=lambda _: None)
    typer.echo(f"removed {counted(removed, 'article')}")


@app.command()
def extract(
    paths: AnyPaths = None,
    published: Published = None,
    articles: JsonLines = None,
    certainty: Certainty = "default",
) -> None:
    """Print claims as JSON lines, {"id", "claims"}; no store."""
    from store.interchange import claims_json

    for id, reading in read_each(paths, published, articles):
        print_json({"id": id, "claims": claims_json(reading, least=CERTAINTY[certainty])})


@app.command()
def places(paths: AnyPaths = None, published: Published = None, articles: JsonLines = None) -> None:
    """Print places named as JSON lines, {"id", "spans"}; no store."""
    from store.interchange import spans_json

    for id, reading in read_each(paths, published, articles, whole=True):
        print_json({"id": id, "spans": spans_json(reading.placements)})


@app.command()
def geocode(
    name: Annotated[list[str] | None, typer.Argument(metavar="NAME", help='A place, as "Paris, Texas".')] = None,
    reverse: Annotated[
        tuple[float, float] | None, typer.Option(metavar="LAT LON", help="What lies there, instead of a name.")
    ] = None,
    country: Annotated[list[str] | None, typer.Option(help="Only there: POL, FRA, …")] = None,
    kind: Annotated[list[str] | None, typer.Option(help=", ".join(PLACE_KINDS), callback=_one_of(PLACE_KINDS))] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many places to show.")] = 5,
    online: Annotated[bool, typer.Option("--online", help="Ask the service that the settings name, too.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One line of JSON.")] = False,
) -> None:
    """Print where a place is, or what lies at a point, and what else it could be; no store."""
    if bool(name) == bool(reverse):
        raise typer.BadParameter("give a NAME, or --reverse LAT LON")
    from cli.geocode import tell_name, tell_point

    kinds = cast(tuple[PlaceKind, ...], tuple(kind or ()))
    if reverse:
        if country:
            raise typer.BadParameter("a point lies where it lies; leave out --country")
        tell_point(settings_for(), as_point(reverse), kinds, limit, online=online, as_json=json)
    else:
        tell_name(settings_for(), " ".join(name or ()), country or (), kinds, limit, online=online, as_json=json)


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
    certainty: Certainty = "everything",
    place: Annotated[str | None, typer.Option(help="Gazetteer id of a place.")] = None,
    store: StoreUrl = "",
) -> None:
    """Write exactly what is filtered to stdout, with provenance."""
    from store.exports import export as exported

    wanted = ClaimFilter(
        actors=tuple(actor or ()),
        hosts=tuple(host or ()),
        since=as_day(since),
        until=as_day(until),
        statuses=cast(tuple[Status, ...], tuple(status or ())),
        assets=cast(tuple[Asset, ...], tuple(asset or ())),
        articles=tuple(article or ()),
        sources=tuple(source or ()),
        search=search,
        minimum_confidence=CERTAINTY[certainty],
        place=place,
    )
    print_bytes(exported(store_of(settings_for(store), create=False), wanted, format))


@app.command()
def relocate(store: StoreUrl = "") -> None:
    """Place all that is stored again; no article is read again."""
    settings = settings_for(store)
    opened = store_of(settings, create=False)
    pipeline = loaded_pipeline(settings, typer.echo)
    typer.echo("placing all mentions again …")
    changed = opened.relocate(pipeline.place, pipeline.places)
    typer.echo(f"{counted(changed, 'placement')} changed")


@app.command()
def samples(
    action: Annotated[Literal["add", "remove"], typer.Argument(help="Add them again, or remove them all.")],
    store: StoreUrl = "",
) -> None:
    """Add or remove the sample reports, which are not evidence."""
    settings = settings_for(store)
    if action == "add":
        fail_if(not add_samples(store_of(settings), settings))
    else:
        removed = store_of(settings, create=False).remove_samples()
        typer.echo(f"removed {counted(removed, 'sample')}")
