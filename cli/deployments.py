"""``garrison deployments``, ``join``, ``part``: claims of many articles brought together, and a reviewer's say."""

from __future__ import annotations

import json as jsons
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Literal, cast

import typer

from cli.inputs import as_day
from cli.opening import settings_for, store_of
from cli.saying import counted
from errors import NotFoundError
from records import ASSETS, CERTAINTY, STATUSES, Asset, ClaimFilter, Deployment, Status
from store.unseen import visible

deployments_app = typer.Typer()
_Store = Annotated[str, typer.Option("--store", metavar="URL", help="Another store, as sqlite:///PATH.")]
_Claim = Annotated[str, typer.Argument(metavar="CLAIM", help="Id of a claim, as garrison deployments ID names it.")]
_Who = Annotated[str, typer.Option("--who", help="Who says so.")]
_Reason = Annotated[str, typer.Option("--reason", help="Why.")]
_TakeBack = Annotated[bool, typer.Option("--take-back", help="Take back what was said of the two.")]
_HEADING = (
    "deployment",
    "who",
    "force",
    "where",
    "course",
    "number",
    "first",
    "last",
    "articles",
    "sources",
    "disputed",
)


def _day(help: str) -> object:
    return typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help=help)


@deployments_app.command()
def deployments(
    id: Annotated[str | None, typer.Argument(metavar="ID", help="Tell this one in full, claim by claim.")] = None,
    actor: Annotated[list[str] | None, typer.Option(help="Whose forces: FRA, NATO, …")] = None,
    host: Annotated[list[str] | None, typer.Option(help="Where: a country as ROU, or a sea's gazetteer id.")] = None,
    since: Annotated[datetime | None, _day("No earlier than this day.")] = None,
    until: Annotated[datetime | None, _day("No later than this day.")] = None,
    status: Annotated[list[str] | None, typer.Option(help=", ".join(STATUSES))] = None,
    asset: Annotated[list[str] | None, typer.Option(help=", ".join(ASSETS))] = None,
    search: Annotated[str, typer.Option(help="Words in title or text.")] = "",
    certainty: Annotated[
        Literal["everything", "default", "cautious"], typer.Option(help="Leave out claims that are less certain.")
    ] = "default",
    known_on: Annotated[datetime | None, _day("As known at the end of this day.")] = None,
    known_by: Annotated[
        Literal["publication", "retrieval"], typer.Option(help="Known: as printed by then, or as held by then.")
    ] = "publication",
    disputed: Annotated[bool, typer.Option("--disputed", help="Only where reports contradict each other.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 50,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line, with all claims.")] = False,
    store: _Store = "",
) -> None:
    """Print what many articles report of one deployment as one row; with an ID how it was brought together."""
    opened = store_of(settings_for(store), create=False).deployments
    if id:
        one = opened.one(id)
        if one is None:
            raise NotFoundError(f"{id}: no deployment of this id; see: garrison deployments")
        typer.echo(_json(one) if json else "\n".join(_in_full(one)))
        return
    wanted = ClaimFilter(
        actors=tuple(actor or ()),
        hosts=tuple(host or ()),
        since=as_day(since),
        until=as_day(until),
        statuses=cast(tuple[Status, ...], _checked(status, STATUSES)),
        assets=cast(tuple[Asset, ...], _checked(asset, ASSETS)),
        search=search,
        minimum_confidence=CERTAINTY[certainty],
    )
    found = opened.find(wanted, known_on=as_day(known_on), known_by=known_by)
    found = [one for one in found if one.disputes or not disputed]
    shown = found[:limit]
    typer.echo("\n".join(map(_json, shown)) if json else "\n".join(_table([_HEADING, *map(_row, shown)])))
    if not json and len(found) > limit:
        typer.echo(f"and {len(found) - limit:,} more; --limit shows them", err=True)


@deployments_app.command()
def join(
    first: _Claim, second: _Claim, who: _Who, reason: _Reason = "", take_back: _TakeBack = False, store: _Store = ""
) -> None:
    """Say that two claims are of one deployment."""
    _review(first, second, "withdrawn" if take_back else "together", who, reason, store)


@deployments_app.command()
def part(
    first: _Claim, second: _Claim, who: _Who, reason: _Reason = "", take_back: _TakeBack = False, store: _Store = ""
) -> None:
    """Say that two claims are of two deployments."""
    _review(first, second, "withdrawn" if take_back else "apart", who, reason, store)


def _review(
    first: str, second: str, verdict: Literal["together", "apart", "withdrawn"], who: str, reason: str, store: str
) -> None:
    opened = store_of(settings_for(store), create=False).deployments
    opened.review(first, second, verdict, who=who, reason=reason)
    ids = [found.id if (found := opened.of_claim(claim)) else "none" for claim in (first, second)]
    typer.echo(f"both are of {ids[0]}" if ids[0] == ids[1] else f"they are of {ids[0]} and {ids[1]}")


def _checked(values: list[str] | None, known: Sequence[str]) -> tuple[str, ...]:
    for value in values or ():
        if value not in known:
            raise typer.BadParameter(f"{value!r} is none of {', '.join(known)}")
    return tuple(values or ())


def _row(one: Deployment) -> tuple[str, ...]:
    return (
        one.id,
        one.actor,
        one.asset,
        visible(one.place.name) if one.place else "not found",
        " → ".join(step.status for step in one.course) or one.status,
        _number(one),
        one.first.isoformat() if one.first else "no date",
        one.last.isoformat() if one.last else "no date",
        str(one.articles),
        str(one.sources),
        ", ".join(dispute.about for dispute in one.disputes),
    )


def _number(one: Deployment) -> str:
    if one.high is None:
        return ""
    low = f"{one.low:,}–" if one.low not in (None, one.high) else ""
    return f"{low}{one.high:,} {one.counted}"


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEADING))]
    return ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)


def _in_full(one: Deployment) -> Iterator[str]:
    where = visible(one.place.name) if one.place else "a place that was not found"
    yield f"{one.actor} {one.asset}, {where}: {one.status} {_number(one)}".rstrip()
    yield f"{counted(one.articles, 'article')}, {counted(one.sources, 'independent source')}"
    for step in one.course:
        yield f"{step.status}: {step.day or 'no date'}, claim {step.claim}"
    for dispute in one.disputes:
        sides = " against ".join(f"{words} ({', '.join(ids)})" for words, ids in dispute.sides)
        yield f"disputed {dispute.about}: {sides}"
    for member in one.members:
        report = member.report
        place = visible(report.place.name) if report.place else "not found"
        told = f"{report.published or 'no date'}, {visible(report.outlet or 'no outlet')}, article {report.article}"
        yield f"claim {report.id} ({told}): {report.status}, {place}, {visible(report.unit or '')}"
        yield f"    {member.why}"


def _json(one: Deployment) -> str:
    return jsons.dumps(asdict(one), ensure_ascii=False, default=str)
