"""Names that stand for whoever has forces."""

from __future__ import annotations

import pytest

from extract.actors import find_actors
from tests.extract.english import lexicon, parsed


def named(text: str) -> list[tuple[str, str | None]]:
    doc = parsed(text)
    return [(doc[term.start : term.end].text, term.actor) for term in find_actors(doc, lexicon())]


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("Norway sends a ship.", "Norway", "NOR"),
        ("Norwegian soldiers came.", "Norwegian", "NOR"),
        ("Oslo refused.", "Oslo", "NOR"),
        ("The Pentagon refused.", "Pentagon", "USA"),
        ("The Kremlin refused.", "Kremlin", "RUS"),
        ("NATO agreed.", "NATO", "NATO"),
        ("KFOR was there.", "KFOR", "NATO"),
        ("The African Union agreed.", "African Union", "AU"),
        ("Wagner withdrew.", "Wagner", "Wagner"),
        ("HMS Kent sailed.", "HMS Kent", "GBR"),
        ("The U.S.S. Cole sailed.", "U.S.S. Cole", "USA"),
    ],
)
def test_whom_a_name_stands_for(text: str, words: str, actor: str) -> None:
    assert named(text) == [(words, actor)]


@pytest.mark.parametrize("text", ["Michael Jordan played.", "The ambassador left.", "The office was empty."])
def test_names_of_people_and_plain_words_are_no_countries(text: str) -> None:
    assert named(text) == []


def test_a_newspaper_is_not_its_town() -> None:
    assert named("The Washington Post wrote about it.") == []


def test_a_ship_wins_over_the_country_whose_name_it_bears() -> None:
    assert named("The USS America sailed for Japan.") == [("USS America", "USA"), ("Japan", "JPN")]


def test_the_longest_name_wins() -> None:
    assert named("South Sudan and Equatorial Guinea agreed.") == [("South Sudan", "SSD"), ("Equatorial Guinea", "GNQ")]


def test_insurgents_are_found_as_no_actors_of_ours() -> None:
    assert ("Taliban", None) in named("The Taliban left the town.")
