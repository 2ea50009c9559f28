"""The whole way of one article, with the real extractor, gazetteer and borders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from data.build import build
from errors import DataError
from intake.article import read_article
from pipeline import Pipeline, add_article, load_pipeline
from records import Article, Claim, ClaimFilter, Mention, Placement, Span
from settings import DATA, STATIC, load_settings
from store import open_store
from store.sql import SqlStore

TEXT = """Germany has sent 500 soldiers to Lithuania, the defence ministry said on Friday.

France will send a frigate to the Black Sea.
"""


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    settings = load_settings()
    build(settings.home, STATIC, progress=lambda _: None)
    return load_pipeline(gazetteer=settings.gazetteer, data=DATA, point_of_view="un")


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    return open_store(f"sqlite:///{tmp_path / 'store.db'}")


def article(text: str = TEXT, **given: str) -> Article:
    return read_article(text, published=date(2022, 1, 28), **given)


def test_from_text_to_places_in_their_countries(pipeline: Pipeline) -> None:
    reading = pipeline.read(article())
    found = {}
    for claim in reading.claims:
        placement = reading.placement_of(claim.place)
        assert placement
        assert placement.place
        found[claim.actor] = (placement.place.name, placement.place.countries)
        assert claim.place.span.of(TEXT) == claim.place.text
        assert claim.actor[:2] in {"DE", "FR"}
    assert found == {"DEU": ("Lithuania", ("LTU",)), "FRA": ("Black Sea", ())}
    assert reading.extractor == pipeline.extractor.version
    assert reading.gazetteer == pipeline.places
    assert pipeline.gazetteer.version in pipeline.places


def test_the_same_article_gives_the_same_claims(pipeline: Pipeline) -> None:
    first, second = pipeline.read(article()), pipeline.read(article())
    assert replace(first, made=second.made) == second


def test_claims_of_a_copy_are_told_apart(pipeline: Pipeline) -> None:
    first = pipeline.read(article(url="https://a.example"))
    copy = pipeline.read(article(url="https://b.example"))
    assert first.claims
    assert not {claim.id for claim in first.claims} & {claim.id for claim in copy.claims}


def test_added_unchanged_read_anew(pipeline: Pipeline, store: SqlStore) -> None:
    url = "https://example.org/a"
    outcome = add_article(store, pipeline, article(url=url))
    assert outcome.saved == "added"
    kept = store.article(outcome.article.id)
    assert kept
    assert kept.reading == outcome.reading
    again = add_article(store, pipeline, article(url=url))
    assert (again.saved, again.reading) == ("unchanged", None)
    corrected = add_article(store, pipeline, article(TEXT.replace("500", "600"), url=url))
    assert corrected.saved == "superseded"
    assert {claim.quantity.low for claim in corrected.reading.claims if claim.quantity} >= {600}  # type: ignore[union-attr]


def test_placing_again_with_the_same_places_changes_nothing(pipeline: Pipeline, store: SqlStore) -> None:
    for report in sorted((DATA / "reports").glob("*.md"))[:3]:
        add_article(store, pipeline, read_article(report))
    before = store.claims(ClaimFilter())
    assert len(before) > 3
    assert store.relocate(pipeline.place, pipeline.places) == 0
    assert store.claims(ClaimFilter()).equals(before)


def test_an_article_without_claims_or_date_is_kept(pipeline: Pipeline, store: SqlStore) -> None:
    outcome = add_article(store, pipeline, read_article("The weather was fine.\n"))
    assert outcome.saved == "added"
    assert outcome.reading
    assert outcome.reading.claims == ()
    assert store.article(outcome.article.id)


def test_an_absent_gazetteer_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="garrison prepare"):
        load_pipeline(gazetteer=tmp_path / "none.sqlite", data=DATA, point_of_view="un")


# What is kept of names that may be no places


@dataclass
class ByHand:
    """An extractor that finds what it is told to find."""

    found: tuple[Mention, ...]
    claimed: tuple[Claim, ...] = ()
    version: str = "by-hand-1"
    language: str = "en"

    def parse(self, article: Article, *, whole: bool = False) -> str:  # noqa: ARG002
        return article.text

    def mentions(self, parsed: str) -> list[Mention]:
        assert all(mention.span.of(parsed) == mention.text for mention in self.found)
        return list(self.found)

    def claims(self, parsed: str, placements: Sequence[Placement]) -> list[Claim]:
        assert [placement.mention for placement in placements] == list(self.found), "one answer to each, in order"
        assert parsed
        return list(self.claimed)


def mention(text: str, words: str, *, certain: bool) -> Mention:
    start = text.index(words)
    return Mention(Span(start, start + len(words)), words, words, certain=certain)


def test_doubtful_names_that_nobody_knows_or_needs_are_dropped(pipeline: Pipeline) -> None:
    text = "Xqzzv and Wvqqx and Qvxzzq and Lithuania."
    doubtful = mention(text, "Xqzzv", certain=False)
    sure = mention(text, "Wvqqx", certain=True)
    needed = mention(text, "Qvxzzq", certain=False)
    known = mention(text, "Lithuania", certain=False)
    claim = Claim("c", "DEU", "ground", needed, "deployed", Span(0, 5), 0.5, "by-hand")
    by_hand = ByHand((doubtful, sure, needed, known), (claim, claim))
    reading = replace(pipeline, extractor=by_hand).read(article(text))
    assert [placement.mention for placement in reading.placements] == [sure, needed, known]
    assert [bool(placement.place) for placement in reading.placements] == [False, False, True]
    assert len({one.id for one in reading.claims}) == 2, "two of one id are told apart"
