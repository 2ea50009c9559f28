"""What a rule yields: forces and places that one construction has brought together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract import grammar
from extract.forces import Force
from extract.lexicon import TriggerWord
from extract.scene import Scene
from extract.targets import Target

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Draft:
    """Forces and places that a rule has brought together.

    ``word`` carries the claim (its verb or noun), ``trigger`` is what the lexicon says of it. ``forces`` is empty
    where a state acts without a word for its forces: ``agents`` then name it. ``certainty`` is the rule's own (0 to 1).
    """

    rule: str
    word: Token
    trigger: TriggerWord | None
    forces: tuple[Force, ...]
    targets: tuple[Target, ...]
    certainty: float
    agents: tuple[Token, ...] = ()


def forces_among(scene: Scene, tokens: Iterable[Token]) -> tuple[Force, ...]:
    """The forces that these nouns speak of, each once, without those that are none of ours."""
    found: list[Force] = []
    for token in tokens:
        force = scene.force_of(token)
        if force and force not in found and not force.barred:
            found.append(force)
    return tuple(found)


def is_state(scene: Scene, token: Token) -> bool:
    """Whether a noun names a state, a people or an organisation that can act by itself."""
    term = scene.actor_of(token)
    if term is None or term.actor is None:
        return False
    people = term.kind == "demonym" and token.tag_ in ("NNS", "NNPS")
    return people or term.kind in ("country", "organisation", "mission")


def completed(verb: Token, preposition: str) -> list[Token]:
    """The nouns after one of the verb's prepositions, those of its object among them."""
    holders = [verb, *(child for child in verb.children if child.dep_ in ("dobj", "obj"))]
    return [
        noun
        for holder in holders
        for child in holder.children
        if child.dep_ in ("prep", "dative") and child.lower_ == preposition
        for inner in child.children
        for noun in grammar.conjuncts(inner)
    ]
