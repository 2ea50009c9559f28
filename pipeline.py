"""The story of one article, top to bottom: read, find the places, place them, find the claims, keep it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from errors import DataError
from extract import load_extractor
from extract.protocol import Extractor
from geo.borders import Borders, PointOfView
from geo.gazetteer import Gazetteer
from geo.resolve import resolve
from records import Article, Claim, Mention, Original, Placement, Reading, fingerprint
from store.protocol import Saved, Store


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article. ``reading`` is None where the store held this very reading already."""

    article: Article
    saved: Saved
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class Pipeline:
    """From text to placed claims. ``places`` is the version of gazetteer and borders together."""

    extractor: Extractor[Any]
    gazetteer: Gazetteer
    borders: Borders
    places: str

    def read(self, article: Article, *, whole: bool = False) -> Reading:
        """Placements are of what stands near a claim; with ``whole`` of every place that the text names."""
        parsed = self.extractor.parse(article, whole=whole)
        placements = self.place(article, self.extractor.mentions(parsed))
        claims = _told_apart(self.extractor.claims(parsed, placements), article)
        return Reading(
            article=article,
            placements=tuple(_worth_keeping(placements, claims)),
            claims=claims,
            extractor=self.extractor.version,
            gazetteer=self.places,
            made=datetime.now(UTC),
        )

    def place(self, article: Article, mentions: Sequence[Mention]) -> list[Placement]:  # noqa: ARG002
        """Where the article's mentions are, one answer to each, in the same order.

        The article is named for the store's sake, which asks so when it places everything again.
        """
        found = {one.mention.span: one for one in self.borders.assign(_resolved(mentions, self.gazetteer))}
        return [found.get(mention.span, Placement(mention, None, reason=_UNKNOWN)) for mention in mentions]


_UNKNOWN = "a name that may be no place, and that no gazetteer knows"


def _resolved(mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Placement]:
    """Resolve mentions without those that are no places: once left out, they must not sway where the others lie.

    Else an article placed again from its stored mentions, which lack them, would come out otherwise.
    """
    placements = resolve(mentions, gazetteer)
    kept = [one.mention for one in placements if one.place or one.mention.certain]
    return placements if len(kept) == len(mentions) else _resolved(kept, gazetteer)


def load_pipeline(
    *,
    gazetteer: Path,
    data: Path,
    point_of_view: PointOfView,
    language: str = "en",
    extractor: Extractor[Any] | None = None,
) -> Pipeline:
    """Load the language's model, the gazetteer and the borders: seconds, so once for many articles.

    ``data`` is the folder of lexicons and borders; ``extractor`` takes the place of the language's own. Raises
    DataError where something of it is missing or too old.
    """
    if not gazetteer.is_file():
        raise DataError(f"{gazetteer}: no gazetteer there; make it with: garrison prepare")
    opened = Gazetteer(gazetteer)
    return Pipeline(
        extractor=extractor or load_extractor(language, data),
        gazetteer=opened,
        borders=Borders.load(data, point_of_view),
        places=f"{opened.version}/{point_of_view}",
    )


def add_article(store: Store, pipeline: Pipeline, article: Article, original: Original | None = None) -> Outcome:
    """Read an article and keep it, with the raw thing that it came from.

    One that the store holds, read by the same extractor, is not read again.
    """
    if store.holds(article, pipeline.extractor.version):
        if original is not None:
            store.keep(article, original)
        return Outcome(article, "unchanged", None)
    reading = pipeline.read(article)
    return Outcome(article, store.save(reading, original), reading)


def _told_apart(claims: Sequence[Claim], article: Article) -> tuple[Claim, ...]:
    """Ids that no other article's claims bear, not even those of a copy, and no two claims of this one."""
    seen: Counter[str] = Counter()
    apart = []
    for claim in claims:
        seen[claim.id] += 1
        apart.append(replace(claim, id=fingerprint(article.id, claim.id, str(seen[claim.id]))))
    return tuple(apart)


def _worth_keeping(placements: Sequence[Placement], claims: Sequence[Claim]) -> Iterator[Placement]:
    """All but names that may be no places, that no gazetteer knows and no claim needs."""
    needed = {mention.span for claim in claims for mention in (claim.place, claim.origin) if mention}
    return (one for one in placements if one.place or one.mention.certain or one.mention.span in needed)
