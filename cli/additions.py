"""Articles into the store, one by one, each told as soon as it is kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

from cli.opening import loaded_pipeline, store_of
from cli.saying import complain, counted
from errors import GarrisonError
from records import Article
from settings import DATA, Settings
from store.unseen import visible

if TYPE_CHECKING:
    from pipeline import Outcome, Pipeline
    from store.sql import SqlStore


def add_all(store: SqlStore, pipeline: Pipeline, articles: Iterable[Article]) -> bool:
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
            complain(f"{article.title}: {fault}")
    return all_kept


def _told(outcome: Outcome) -> str:
    name = f"{outcome.article.id}  {visible(outcome.article.title)}"
    if outcome.reading is None:
        return f"unchanged  {name} (in the store already)"
    word = "added" if outcome.saved == "added" else "read anew"
    claims = outcome.reading.claims
    placed = {one.mention.span for one in outcome.reading.placements if one.place}
    unplaced = sum(claim.place.span not in placed for claim in claims)
    without = f", {unplaced} without a place" if unplaced else ""
    undated = ", no date of publication" if outcome.article.published is None else ""
    return f"{word:9}  {name} ({counted(len(claims), 'claim')}{without}{undated})"


def offer_samples(settings: Settings) -> None:
    """Load the samples into a store that is new; once, so that they stay away where a user removed them."""
    from store.samples import wants_samples

    store = store_of(settings)
    if wants_samples(store):
        add_samples(store, settings)
    store.close()


def add_samples(store: SqlStore, settings: Settings) -> bool:
    from intake.article import read_article
    from store.samples import samples_were_added

    typer.echo("loading the sample reports …")
    reports = sorted((DATA / "reports").glob("*.md"))
    all_kept = add_all(store, loaded_pipeline(settings, typer.echo), map(read_article, reports))
    samples_were_added(store)
    return all_kept
