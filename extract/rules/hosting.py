"""Countries and bases that have, admit or ask for forces: the subject is where, the object is who."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extract import grammar
from extract.lexicon import TriggerWord
from extract.rules.draft import Draft, completed, forces_among
from extract.scene import Scene
from extract.targets import Target

if TYPE_CHECKING:
    from spacy.tokens import Token


_ASKED = TriggerWord("discuss", "verb", "host", "discussed", "in")


def hosts(scene: Scene) -> Iterator[Draft]:
    """ "Estonia hosts 1,000 British troops", "the base is home to US bombers", "Romania would let in French troops"."""
    for trigger in scene.triggers:
        if trigger.word.frame != "host":
            continue
        word = trigger.token
        guests = grammar.objects(word) if trigger.word.part == "verb" else _after(word)
        verb = word if trigger.word.part == "verb" else word.head
        forces = forces_among(scene, guests or _let_in(word))
        places = [located for token in grammar.subjects(verb) if (located := scene.place_of(token))]
        if forces and places and all(force.owners or force.military for force in forces):
            targets = tuple(Target(located, "destination", "host") for located in places)
            yield Draft("hosts", word, trigger.word, forces, targets, 0.85)


def discusses(scene: Scene) -> Iterator[Draft]:
    """ "Hungary discusses additional troops with NATO", "Kyiv asked the UN for peacekeepers": where they would go."""
    for token in scene.sentence:
        if token.lemma_ not in scene.lexicon.classes["asks"] or token.pos_ != "VERB":
            continue
        wanted = [*grammar.objects(token), *completed(token, "for"), *completed(token, "about")]
        forces = tuple(force for force in forces_among(scene, wanted) if force.military)
        places = [located for subject in grammar.subjects(token) if (located := scene.place_of(subject))]
        partners = [*completed(token, "with"), *completed(token, "from"), *grammar.objects(token)]
        agents = tuple(partner for partner in partners if scene.actor_of(partner) and not scene.force_of(partner))
        if forces and places and (agents or all(force.owners for force in forces)):
            targets = tuple(Target(located, "destination", "host") for located in places)
            yield Draft("discusses", token, _ASKED, forces, targets, 0.85, agents)


def _let_in(verb: Token) -> list[Token]:
    """ "Let in troops": the parser may take "in" for a preposition."""
    return [
        inner for child in verb.children if child.lower_ == "in" for inner in child.children if inner.dep_ == "pobj"
    ]


def _after(word: Token) -> list[Token]:
    """ "Home to 500 soldiers"."""
    return [
        noun
        for child in word.children
        if child.dep_ == "prep"
        for inner in child.children
        for noun in grammar.conjuncts(inner)
    ]
