"""The English reader, loaded once for all tests, and the steps below it."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from extract.actors import find_actors
from extract.forces import Force, find_forces
from extract.languages.en import Reader
from extract.lexicon import Lexicon, load_lexicon
from extract.mentions import find_places, mention_of
from extract.parsing import load_pipeline, tokenise
from records import CERTAINTY, Article, Claim, Mention
from settings import DATA
from tests.extract import atlas

if TYPE_CHECKING:
    from spacy.tokens import Doc

PUBLISHED = date(2023, 3, 8)  # a Wednesday


@cache
def reader() -> Reader:
    return Reader(DATA)


@cache
def lexicon() -> Lexicon:
    return load_lexicon(DATA, tokenise)


def parsed(text: str) -> Doc:
    return load_pipeline()(text)


def read(text: str, *, published: date | None = PUBLISHED, title: str = "") -> list[Claim]:
    """The claims of a text, its places looked up in the tests' own atlas."""
    parsed = reader().parse(Article("test", title, text, published))
    return reader().claims(parsed, atlas.resolve(reader().mentions(parsed)))


def read_one(text: str, *, published: date | None = PUBLISHED, title: str = "") -> Claim:
    """The only claim of a text that is shown by default."""
    claims = [one for one in read(text, published=published, title=title) if one.confidence >= CERTAINTY["default"]]
    assert len(claims) == 1, said(claims)
    return claims[0]


def said(claims: list[Claim]) -> set[tuple[str, str]]:
    """Who is said to be where: actors with the names of their places."""
    return {(claim.actor, claim.place.toponym) for claim in claims}


def forces(text: str) -> list[Force]:
    doc = parsed(text)
    return find_forces(doc, find_actors(doc, lexicon()), lexicon())


def mentions(text: str) -> list[Mention]:
    doc = parsed(text)
    return [mention_of(term, doc, 0) for term in find_places(doc, find_actors(doc, lexicon()), lexicon())]
