"""``garrison reread``: read what is stored again with this version, or say what that would change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from cli.opening import loaded_pipeline, settings_for, store_of
from cli.saying import complain, counted, fail_if
from errors import GarrisonError
from records import Claim
from store.unseen import visible

if TYPE_CHECKING:
    from rereading import Comparison

rereading = typer.Typer()


@rereading.command()
def reread(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what a new reading would change.")] = False,
    store: Annotated[str, typer.Option("--store", metavar="URL", help="Another store, as sqlite:///PATH.")] = "",
) -> None:
    """Read again what another version of the extractor has read. Earlier readings are kept, and so are reviews.

    One by one, each told as soon as it is done; interrupted, it goes on where it was when it is called again.
    """
    settings = settings_for(store)
    opened = store_of(settings, create=False)
    pipeline = loaded_pipeline(settings, typer.echo)
    from rereading import read_again

    waiting = opened.read_otherwise(pipeline.extractor.version)
    typer.echo(f"{counted(len(waiting), 'article')} read by another version than {pipeline.extractor.version}")
    differing = failed = 0
    for id in waiting:
        kept = opened.article(id)
        if kept is None:
            continue  # removed meanwhile
        try:
            found = read_again(pipeline, kept.reading)
            if not dry_run:
                opened.save(found.again)
        except GarrisonError as fault:
            failed += 1
            complain(f"{id}: {fault}")
            continue
        differing += found.differs
        for line in _told(found):
            typer.echo(line)
    if not dry_run and waiting:
        opened.deployments.refresh()
    typer.echo(f"{counted(differing, 'article')} {'would change' if dry_run else 'changed'}")
    fail_if(failed > 0)


def _told(found: Comparison) -> Iterator[str]:
    article = found.again.article
    if not found.differs:
        return
    yield f"{article.id}  {visible(article.title)} ({counted(found.same, 'claim')} the same)"
    yield from (f"  - {_claim(one, article.text)}" for one in found.gone)
    yield from (f"  + {_claim(one, article.text)}" for one in found.new)
    for one in found.changed:
        yield f"  ~ {_claim(one.after, article.text)}: other {', '.join(one.fields)}"


def _claim(claim: Claim, text: str) -> str:
    words = " ".join(claim.evidence.of(text).split())
    short = words if len(words) <= 100 else f"{words[:97]}…"
    return f'{claim.actor} {claim.asset} {claim.status}, {visible(claim.place.text)}: "{visible(short)}"'
