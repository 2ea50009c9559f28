"""Nouns that carry a movement or a presence: deployment, withdrawal, exercise, patrol."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extract import grammar
from extract.forces import Force
from extract.rules.draft import Draft, completed, forces_among, is_state
from extract.scene import Scene
from extract.targets import targets_of
from extract.triggers import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token


def nouns_of_movement(scene: Scene) -> Iterator[Draft]:
    """ "The deployment of 500 troops to Kenya", "Russia's withdrawal from Syria", "joint drills in the Baltic"."""
    for trigger in scene.triggers:
        if trigger.word.part != "noun":
            continue
        noun = trigger.token
        performed = _performed(trigger)
        forces = _forces_of_noun(scene, noun) or _performers(scene, performed)
        agents = (*_possessors(scene, noun), *_doers(scene, trigger))
        if not forces and not (agents and trigger.word.frame != "stay") and not _is_military(noun):
            continue
        targets = targets_of(scene, noun, trigger.word, forces)
        if not targets and performed is not None:
            targets = targets_of(scene, performed, trigger.word, ())
        if targets and (forces or agents):
            yield Draft("noun of movement", noun, trigger.word, forces, targets, 0.75, agents)


def _forces_of_noun(scene: Scene, noun: Token) -> tuple[Force, ...]:
    own = scene.force_of(noun)
    held = [
        inner
        for child in noun.children
        if (child.dep_ == "prep" and child.lower_ in ("of", "by", "for")) or child.dep_ == "dobj"
        for pobj in (child.children if child.dep_ == "prep" else (child,))
        for inner in grammar.conjuncts(pobj)
    ]
    before = [child for child in noun.children if child.dep_ in ("compound", "poss", "nmod", "amod")]
    found = forces_among(scene, [*held, *before])
    return found or ((own,) if own and not own.barred else ())


def _possessors(scene: Scene, noun: Token) -> Iterator[Token]:
    """ "Russia's", "the US", "NATO" before the noun; "by Russia" after it."""
    for child in noun.children:
        if child.dep_ in ("poss", "amod", "compound", "nmod"):
            for token in grammar.conjuncts(child):
                if scene.actor_of(token) or token.tag_ == "PRP$":
                    yield token
        if child.dep_ == "prep" and child.lower_ == "by":
            yield from (token for inner in child.children for token in grammar.conjuncts(inner))


def _performed(trigger: Trigger) -> Token | None:
    """The verb that only lends its tense to the noun: "hold exercises", "conduct patrols", "embark on a drill"."""
    if trigger.word.frame not in ("exercise", "guard"):
        return None
    noun = trigger.token
    verb = next((above for above in grammar.governors(noun) if above.pos_ == "VERB"), None)
    return verb if noun.dep_ in ("dobj", "pobj", "nsubjpass") else None


def _performers(scene: Scene, verb: Token | None) -> tuple[Force, ...]:
    """The forces that hold an exercise, and those that they hold it with."""
    if verb is None:
        return ()
    return forces_among(scene, [*grammar.subjects(verb), *completed(verb, "with")])


def _doers(scene: Scene, trigger: Trigger) -> Iterator[Token]:
    """ "Russia conducted two patrols with China": the subject of the verb that the noun completes, and partners."""
    noun = trigger.token
    if trigger.word.frame not in ("exercise", "guard", "go"):
        return
    verb = next((above for above in grammar.governors(noun) if above.pos_ == "VERB"), None)
    if verb is not None and noun.dep_ in ("dobj", "pobj", "nsubjpass"):
        yield from (token for token in grammar.subjects(verb) if is_state(scene, token) and token.i != noun.i)
    for holder in (noun, verb):
        for child in holder.children if holder is not None else ():
            if child.dep_ == "prep" and child.lower_ in ("with", "between", "alongside"):
                yield from (t for inner in child.children for t in grammar.conjuncts(inner) if scene.actor_of(t))


def _is_military(noun: Token) -> bool:
    return any(token.lower_ in ("military", "troop", "naval", "forces") for token in noun.lefts)
