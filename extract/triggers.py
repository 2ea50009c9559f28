"""Words that carry a deployment in a sentence: verbs with their particles, nouns, and "home to"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.lexicon import Lexicon, TriggerWord
from extract.phrases import singular

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_PARTICLES = frozenset({"out", "back", "up", "down", "over", "behind", "in", "home", "at", "off", "into"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A token that carries a deployment, and what the lexicon says of it."""

    token: Token
    word: TriggerWord


def find_triggers(sentence: Span, lexicon: Lexicon) -> list[Trigger]:
    """Every trigger of the sentence, from the left."""
    return [*_in_order(sentence, lexicon)]


def _in_order(sentence: Span, lexicon: Lexicon) -> Iterator[Trigger]:
    nouns = [singular(token.text) for token in sentence]
    for at, token in enumerate(sentence):
        part = token.pos_
        word = None
        if part in ("VERB", "AUX"):
            word = _verb(token, lexicon)
        elif part in ("NOUN", "PROPN"):
            hit = lexicon.nouns.at(nouns, at)
            word = hit.value if hit else _adjective(token, lexicon)  # "home to": a noun for the tagger
        elif part == "ADJ":
            word = _adjective(token, lexicon)
        if word:
            yield Trigger(token, word)


def _verb(token: Token, lexicon: Lexicon) -> TriggerWord | None:
    """The verb with a particle where the lexicon knows the two together, else the verb alone."""
    lemma = token.lemma_.lower()
    if token.pos_ == "AUX" and (lemma != "have" or token.dep_ in ("aux", "auxpass")):
        return None
    if not lexicon.verbs.begins(lemma):
        return None
    particles = [child.lower_ for child in token.children if child.lower_ in _PARTICLES]
    if token.i + 1 < len(token.doc):
        particles.append(token.doc[token.i + 1].lower_)
    for particle in particles:
        hit = lexicon.verbs.at([lemma, particle], 0)
        if hit and hit.end == 2:
            return hit.value
    hit = lexicon.verbs.at([lemma], 0)
    return hit.value if hit and hit.value.part == "verb" else None


def _adjective(token: Token, lexicon: Lexicon) -> TriggerWord | None:
    if not lexicon.verbs.begins(token.lower_):
        return None
    row = [token.lower_, *(follower.lower_ for follower in token.doc[token.i + 1 : token.i + 2])]
    hit = lexicon.verbs.at(row, 0)
    return hit.value if hit and hit.value.part == "adjective" else None
