"""``garrison feeds``: which feeds are watched, how they do, and what could not be read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from cli.opening import settings_for, store_of, visitor_of
from cli.saying import counted
from store.unseen import visible

if TYPE_CHECKING:
    from store.feeds import Failure, WatchedFeed

feeds = typer.Typer(no_args_is_help=True, help="Choose the RSS and Atom feeds that garrison watch looks at.")
_Address = Annotated[str, typer.Argument(metavar="URL", help="The feed's own address, not that of the page.")]
_Store = Annotated[str, typer.Option("--store", metavar="URL", help="Another store, as sqlite:///PATH.")]


@feeds.command("add")
def add(address: _Address, store: _Store = "") -> None:
    """Watch a feed from now on; it is looked at once, to see that it is one."""
    from intake.feed import read_feed

    settings = settings_for(store)
    read = read_feed(visitor_of(settings).get(address))
    new = store_of(settings).feeds.add(address, title=read.title, at=datetime.now(UTC))
    word = "watching" if new else "watched already:"
    typer.echo(f"{word} {visible(read.title or address)} ({counted(len(read.entries), 'article')} in it now)")


@feeds.command("list")
def show(store: _Store = "") -> None:
    """List the feeds, when each is looked at, and what could not be read."""
    opened = store_of(settings_for(store), create=False)
    watched, failed = opened.feeds.all(), opened.failures.all()
    for feed in watched:
        _tell_feed(feed)
    if not watched:
        typer.echo("no feed is watched; add one with: garrison feeds add URL")
    if failed:
        typer.echo(f"\n{counted(len(failed), 'thing')} could not be read:")
    for failure in failed:
        _tell_failure(failure)


@feeds.command("remove")
def remove(address: _Address, store: _Store = "") -> None:
    """Watch a feed no more. Its articles stay."""
    store_of(settings_for(store), create=False).feeds.remove(address)
    typer.echo(f"not watched any more: {visible(address)}")


def _tell_feed(feed: WatchedFeed) -> None:
    typer.echo(f"{visible(feed.address)}\n  {visible(feed.title or 'without a title')}")
    looked = f"looked at {_when(feed.checked)}" if feed.checked else "not looked at yet"
    typer.echo(f"  {looked}, next {_when(feed.next_check)}")
    if feed.last_error:
        typer.echo(f"  failing ({counted(feed.failures, 'time')} in a row): {visible(feed.last_error)}")


def _tell_failure(failure: Failure) -> None:
    again = f"again {_when(failure.next_try)}" if failure.next_try else "given up"
    typer.echo(f"{visible(failure.what)}\n  {visible(failure.reason)}")
    typer.echo(f"  {'1 try' if failure.tries == 1 else f'{failure.tries} tries'}, {again}")


def _when(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "at the next watch"
