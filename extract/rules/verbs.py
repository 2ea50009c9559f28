"""Verbs that move, keep or withdraw forces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extract import grammar
from extract.forces import Force
from extract.lexicon import TriggerWord
from extract.rules.draft import Draft, forces_among, is_state
from extract.scene import Scene
from extract.targets import targets_of
from extract.triggers import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token


_MOVES = frozenset({"go", "take", "call", "guard", "stay", "exercise"})


def sends(scene: Scene) -> Iterator[Draft]:
    """ "France sent 500 soldiers to Mali", "troops stationed in Latvia", "ships that it will deploy at sea"."""
    for trigger in _verbs(scene, "send", "give", "mass", "keep", "strengthen"):
        verb = trigger.token
        forces = forces_among(scene, grammar.objects(verb))
        agents = tuple(grammar.agents(verb) if grammar.is_passive(verb) else grammar.subjects(verb))
        agents = (*agents, *grammar.parallel_subjects(verb)) if agents else agents
        if trigger.word.frame in ("send", "mass") and not forces and not _has_object(verb):
            forces, agents = forces_among(scene, agents), ()
        agents = agents or _holders(scene, forces)
        if not forces or not _may_move(scene, trigger.word, forces):
            continue
        targets = targets_of(scene, verb, trigger.word, forces)
        if targets:
            yield Draft("sends", verb, trigger.word, forces, targets, 0.9, agents)


def moves(scene: Scene) -> Iterator[Draft]:
    """ "US paratroopers arrived in Poland", "the destroyer entered the Black Sea", "soldiers patrol the town"."""
    for trigger in scene.triggers:
        if trigger.word.part == "noun" or trigger.word.frame not in _MOVES:
            continue
        verb = trigger.token
        if any(scene.trigger_of(noun) for noun in grammar.objects(verb)):  # "hold an exercise": the noun carries it
            continue
        forces = forces_among(scene, grammar.subjects(verb))
        if not forces and trigger.word.frame in ("guard", "exercise"):
            forces = forces_among(scene, grammar.objects(verb))
        if not forces:
            continue
        targets = targets_of(scene, verb, trigger.word, forces)
        if targets:
            yield Draft("moves", verb, trigger.word, forces, targets, 0.85)


def leaves(scene: Scene) -> Iterator[Draft]:
    """ "France withdrew its troops from Mali", "the last soldiers left Bagram"."""
    for trigger in _verbs(scene, "withdraw"):
        verb = trigger.token
        forces = forces_among(scene, grammar.objects(verb))
        agents = tuple(grammar.subjects(verb))
        if not forces:
            forces, agents = forces_among(scene, agents), ()
        if not forces:
            continue
        targets = targets_of(scene, verb, trigger.word, forces)
        if targets:
            yield Draft("leaves", verb, trigger.word, forces, targets, 0.85, agents)


def state_moves(scene: Scene) -> Iterator[Draft]:
    """ "Turkey moved into northern Syria", "Russia is withdrawing from Kherson": no word for the forces."""
    for trigger in scene.triggers:
        verb = trigger.token
        if (
            trigger.word.part != "verb"
            or trigger.word.words not in scene.lexicon.classes["state_verb"]
            or _has_object_of_force(scene, verb)
        ):
            continue
        agents = [token for token in grammar.subjects(verb) if is_state(scene, token)]
        goods = [token for token in grammar.objects(verb) if not scene.place_of(token)]
        if not agents or goods or grammar.is_passive(verb):
            continue
        targets = targets_of(scene, verb, trigger.word, ())
        if targets:
            yield Draft("state moves", verb, trigger.word, (), targets, 0.6, tuple(agents))


def _verbs(scene: Scene, *frames: str) -> Iterator[Trigger]:
    for trigger in scene.triggers:
        if trigger.word.part == "verb" and trigger.word.frame in frames:
            yield trigger


#: Kinds of weapon that are sent to others to use; air defence mostly comes with its crews.
ARMS = frozenset({"armour", "artillery", "missile"})


def _holders(scene: Scene, forces: Sequence[Force]) -> tuple[Token, ...]:
    """ "Russia has troops stationed in Armenia": who has what another verb moves."""
    for force in forces:
        head = scene.paragraph.doc[force.head]
        if head.dep_ in ("dobj", "obj") and head.head.lemma_ in scene.lexicon.classes["holds_verb"]:
            return tuple(grammar.subjects(head.head))
    return ()


def _has_object(verb: Token) -> bool:
    return any(child.dep_ in ("dobj", "obj", "ccomp", "xcomp") for child in verb.children)


def _may_move(scene: Scene, word: TriggerWord, forces: Sequence[Force]) -> bool:
    """Verbs that also give and keep things need a plainly military force; gifts of weapons are no deployment."""
    if word.words in scene.lexicon.classes["hands_over"] and any(force.word.asset in ARMS for force in forces):
        return False
    if word.frame == "give":
        return all(force.military and force.word.counts in ("personnel", "units") for force in forces)
    if word.words in scene.lexicon.classes["needs_military"]:
        return all(force.military or force.possessor is not None for force in forces)
    return True


def _has_object_of_force(scene: Scene, verb: Token) -> bool:
    return any(scene.force_of(token) for token in grammar.objects(verb)) or any(
        child.dep_ in ("ccomp", "xcomp") for child in verb.children
    )
