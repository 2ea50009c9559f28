"""The learned reader: what words go with, on sentences that nothing was taught with."""

from __future__ import annotations

from pathlib import Path

import pytest

from errors import DataError
from extract.associations import Associations, load_associator
from extract.encoder import load_encoder
from extract.scopes import Named, distance, scopes
from records import Span
from settings import DATA

TEXT = (
    "Portugal's parliament met on Tuesday. The defence minister said that 140 soldiers had landed in Bangui, "
    "while Spain was still waiting for word from Paris."
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


@pytest.fixture(scope="module")
def associations() -> Associations:
    associator = load_associator(DATA / "reader-en")
    places = [Named(span(name), kind, span(name)) for name, kind in (("Bangui", "city"), ("Spain", "country"))]
    actors = [Named(code, "country", span(name)) for code, name in (("PRT", "Portugal"), ("ESP", "Spain"))]
    sentences = [Span(0, TEXT.index("The")), Span(TEXT.index("The"), len(TEXT))]
    pieces, found = scopes("Soldiers land in Bangui", TEXT, sentences, places, actors, associator.tokenizer)
    return associator.associate(pieces, found)


def test_soldiers_carry_a_claim_and_a_parliament_does_not(associations: Associations) -> None:
    soldiers, parliament = associations.of(span("soldiers")), associations.of(span("parliament"))

    assert soldiers is not None
    assert parliament is not None
    assert soldiers.claimed > 0.5 > parliament.claimed
    assert span("soldiers") in associations.carriers(Span(0, len(TEXT)), 0.5)


def test_the_force_is_where_it_landed_and_theirs_who_were_named_before(associations: Associations) -> None:
    found = associations.of(span("soldiers"))

    assert found is not None
    assert found.places[span("Bangui")] > found.places[span("Spain")]
    assert found.actors["PRT"] > found.actors["ESP"]


def test_beliefs_are_shares(associations: Associations) -> None:
    found = associations.of(span("soldiers"))

    assert found is not None
    telling = found.tellings[span("Bangui")]
    assert sum(telling.status.values()) == pytest.approx(1.0, abs=1e-4)
    assert sum(found.assets.values()) == pytest.approx(1.0, abs=1e-4)
    assert max(telling.status, key=lambda status: telling.status[status]) == "deployed"
    assert telling.out < 0.5


def test_a_word_in_no_window_goes_with_nothing(associations: Associations) -> None:
    assert associations.of(Span(len(TEXT) + 10, len(TEXT) + 12)) is None


def test_distance_tells_sides_apart_and_the_title_and_the_speaker_from_both() -> None:
    here = Named("x", "city", Span(0, 1))
    steps = {
        distance(50, 40, here),
        distance(50, 60, here),
        distance(50, 3, Named("x", "country", Span(0, 1), in_title=True)),
        distance(50, 0, Named("x", "speaker", None)),
    }
    assert len(steps) == 4


def test_missing_weights_are_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="make train"):
        load_associator(tmp_path)
    with pytest.raises(DataError, match="restore"):
        load_encoder(tmp_path)
