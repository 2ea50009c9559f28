"""Articles into the store, one by one, each told as soon as it is kept."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from cli.gathering import Given, Source, gather
from cli.opening import fetcher_of, loaded_pipeline, store_of
from cli.saying import complain, counted
from errors import GarrisonError, StoreError
from records import Article, Original
from settings import DATA, Settings
from store.unseen import visible

if TYPE_CHECKING:
    from pipeline import Outcome, Pipeline
    from store.sql import SqlStore


@dataclass
class Adder:
    """Adds articles one by one, each told as soon as it is kept; one that fails stops none of the others.

    Store and pipeline are opened with the first article that can be read, so that nothing is made for want of one.
    What failed is kept in the store, if there is one, and tried again by ``garrison watch``.
    """

    settings: Settings
    opened: SqlStore | None = None
    loaded: Pipeline | None = None
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def store(self) -> SqlStore:
        self.opened = self.opened or store_of(self.settings)
        return self.opened

    @property
    def pipeline(self) -> Pipeline:
        self.loaded = self.loaded or loaded_pipeline(self.settings, typer.echo)
        return self.loaded

    def add(self, source: Source, *, feed: str | None = None) -> bool:
        """Whether it is in the store now."""
        try:
            article, original = source.read()
            store, pipeline = self.store, self.pipeline
        except StoreError:
            raise
        except GarrisonError as fault:
            self._failed(source, fault, feed)
            return False
        try:
            outcome = _added(store, pipeline, article, original)
        except StoreError:
            raise
        except Exception as fault:
            # Whatever one text does to the reader, the others are not to wait for it.
            self._failed(source, fault, feed)
            return False
        self.counts[outcome.saved] += 1
        typer.echo(_told(outcome))
        if source.again:
            store.failures.clear(source.again)
        return True

    def _failed(self, source: Source, fault: Exception, feed: str | None) -> None:
        self.counts["failed"] += 1
        reason = str(fault) if isinstance(fault, GarrisonError) else f"unexpected {type(fault).__name__}: {fault}"
        complain(reason if source.name in reason else f"{source.name}: {reason}")
        if source.again and (store := self._store_if_there()):
            from intake.courtesy import patience

            retry_after = getattr(fault, "retry_after", None)
            store.failures.note(
                source.again,
                at=datetime.now(UTC),
                reason=reason,
                patience=lambda tries: None if source.by_hand else patience(tries, retry_after),
                feed=feed,
            )

    def _store_if_there(self) -> SqlStore | None:
        if self.opened is None:
            with suppress(StoreError):
                self.opened = store_of(self.settings, create=False)
        return self.opened

    def summary(self) -> str:
        words = {"added": "added", "superseded": "read anew", "unchanged": "unchanged", "failed": "failed"}
        return ", ".join(f"{self.counts[key]:,} {word}" for key, word in words.items() if self.counts[key]) or "nothing"


def _added(store: SqlStore, pipeline: Pipeline, article: Article, original: Original | None) -> Outcome:
    from pipeline import add_article

    if len(article.text) > 200_000:
        typer.echo(f"reading {visible(article.title)} ({len(article.text):,} characters) …")
    return add_article(store, pipeline, article, original)


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
    """Whether all could be added."""
    from store.samples import samples_were_added

    typer.echo("loading the sample reports …")
    adder = Adder(settings, store)
    reports = [str(path) for path in sorted((DATA / "reports").glob("*.md"))]
    kept = [adder.add(source) for source in gather(reports, Given(), fetcher_of(settings).get)]
    samples_were_added(store)
    return all(kept)
