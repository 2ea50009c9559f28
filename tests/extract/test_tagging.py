"""Our quick parts of speech against spaCy's own, token by token."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from extract.parsing import PIPELINES, load_pipeline

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Token


@cache
def plain() -> Language:
    name = next(name for name in PIPELINES if find_spec(name))
    language: Language = import_module(name).load()
    return language


@pytest.mark.parametrize(
    "text",
    [
        "Norway's troops have been there since May, but they won't be staying; that is what she'd said.",
        "Those who had it did so. There are no soldiers, are there? He can't, and I ain't gonna go.",
        "Let's see: y'all got ta go, c'm on, nothin' doin', 'nuff said.",
        "The  frigates \t left;\n\n none remained .",
        "It is the news that matters because, whether or not we're leaving, the ships' crews mean it.",
        " ",
        "",
    ],
)
def test_the_same_as_spacy(text: str) -> None:
    assert [seen(token) for token in load_pipeline()(text)] == [seen(token) for token in plain()(text)]


def test_a_word_that_was_seen_before_is_told_again() -> None:
    first, second = (load_pipeline()("They are not leaving.") for _ in range(2))
    assert [seen(token) for token in first] == [seen(token) for token in second]


def seen(token: Token) -> tuple[str, ...]:
    return token.text, token.tag_, token.pos_, token.lemma_, token.dep_, token.ent_type_, str(token.morph)
