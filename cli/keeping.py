"""``garrison backup``, ``restore``, ``check``, ``retire``, ``reinstate``: that nothing is lost, and what is shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.opening import settings_for, store_of
from cli.saying import complain, counted, fail_if
from store.unseen import visible

if TYPE_CHECKING:
    from store.sql import SqlStore

keeping = typer.Typer()
_Store = Annotated[str, typer.Option("--store", metavar="URL", help="Another store, as sqlite:///PATH.")]
_Article = Annotated[str, typer.Argument(metavar="ID", help="Id of an article, as add and export name it.")]


@keeping.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; it must not be there yet.")],
    store: _Store = "",
) -> None:
    """Copy the whole store to a file, while others go on; the copy is a SQLite store, whatever this one is."""
    from store.keeping import back_up

    with _opened(store) as opened:
        back_up(opened, file)
        typer.echo(f"copied {_told(opened.count())} to {file}")


@keeping.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What garrison backup made.")],
    replace: Annotated[bool, typer.Option("--replace", help="Even if the store holds articles.")] = False,
    store: _Store = "",
) -> None:
    """Put a copy in the place of the store. A SQLite store is copied beside itself first."""
    from store.keeping import restore as put_back

    with _opened(store, create=True) as opened:
        kept = put_back(opened, file, replace=replace)
        if kept:
            typer.echo(f"what was there is kept in {kept}")
        typer.echo(f"restored {_told(opened.count())}")


@keeping.command()
def check(store: _Store = "") -> None:
    """Look the whole store through: damage, orphans, offsets that lead to other words, what does not follow."""
    faults = 0
    with _opened(store) as opened:
        for fault in opened.faults():
            complain(fault)
            faults += 1
        typer.echo(f"{_told(opened.count())}: {counted(faults, 'fault') if faults else 'no faults'}")
    fail_if(faults > 0)


@keeping.command()
def retire(
    article: _Article,
    reason: Annotated[str, typer.Option(help="Why: retracted by the paper, a hoax, …")],
    who: Annotated[str, typer.Option(help="Who says so.")],
    store: _Store = "",
) -> None:
    """Take an article off the map; it is kept, with who took it off and why."""
    with _opened(store) as opened:
        opened.retire(article, who=who, reason=reason)
    typer.echo(f"retired {visible(article)}; garrison reinstate {visible(article)} shows it again")


@keeping.command()
def reinstate(article: _Article, store: _Store = "") -> None:
    """Show a retired article again."""
    with _opened(store) as opened:
        opened.reinstate(article)
    typer.echo(f"shown again: {visible(article)}")


@contextmanager
def _opened(url: str, *, create: bool = False) -> Iterator[SqlStore]:
    store = store_of(settings_for(url), create=create)
    try:
        yield store
    finally:
        store.close()


def _told(count: dict[str, int]) -> str:
    return ", ".join(counted(number, name.removesuffix("s")) for name, number in count.items())
