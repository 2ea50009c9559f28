"""Forces that are simply somewhere, and the last resort where the parse leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extract.forces import Force
from extract.rules.draft import Draft
from extract.scene import Located, Scene, anchor_of
from extract.targets import AT, INTO, Target, is_known, targets_of

if TYPE_CHECKING:
    from spacy.tokens import Token


_NEAR = 12  # words between a force and a place that still speak of one thing
_PRESENCE = AT - {
    "by",
    "between",
    "through",
    "about",
    "over",
    "beyond",
    "above",
    "amid",
    "outside",
    "beside",
    "alongside",
}


def stands(scene: Scene) -> Iterator[Draft]:
    """ "US troops in Iraq", "there are 500 soldiers at the camp", "the frigates are off Yemen"."""
    for force in scene.forces:
        if force.barred or not force.military:
            continue
        head = _outermost(scene, force)
        trigger = scene.trigger_of(head)
        if trigger and trigger.word.frame not in ("stay", "mass"):
            continue
        targets = targets_of(scene, head, None, (force,), prepositions=_PRESENCE)
        certainty = 0.6
        if not targets and head.head.lemma_ == "be" and head.dep_ in ("nsubj", "attr"):
            targets = targets_of(scene, head.head, None, (force,), prepositions=_PRESENCE)
            certainty = 0.75
        if not targets and (there := _existential(head)) is not None:
            targets = (Target(None, "destination", "", (there.i, there.i + 1), "there"),)
        if targets:
            yield Draft("stands", _carrier(head), trigger.word if trigger else None, (force,), targets, certainty)


def beside(scene: Scene) -> Iterator[Draft]:
    """A force and, in the same clause after it, a place with a preposition: where the parse leads nowhere else."""
    doc = scene.paragraph.doc
    for force in scene.forces:
        if force.barred or not force.military:
            continue
        located = next((place for place in scene.places if place.term.start >= force.end and is_known(place)), None)
        if located is None or located.term.start - force.end > _NEAR or not _is_plain(scene, force, located):
            continue
        anchor = anchor_of(scene, located.term.start, located.term.end)
        between = [trigger for trigger in scene.triggers if force.head <= trigger.token.i < located.term.start]
        trigger = between[-1] if between else None
        taken = (
            anchor is not None and anchor.role == "object" and trigger is not None and trigger.token.i == anchor.word.i
        )
        if anchor is None or not (taken or anchor.preposition in _PRESENCE | INTO):
            continue
        if trigger is None and anchor.preposition in INTO:
            continue
        out = trigger is not None and trigger.word.direction == "out"
        role = "left" if out else "destination"
        word = trigger.token if trigger else doc[force.head]
        target = Target(located, "left" if role == "left" else "destination", anchor.preposition)
        yield Draft("beside", word, trigger.word if trigger else None, (force,), (target,), 0.45)


def _carrier(head: Token) -> Token:
    """The copula tells tense and negation of "are in Iraq"; elsewhere the noun stands alone."""
    return head.head if head.head.lemma_ == "be" and head.dep_ in ("nsubj", "attr") else head


def _outermost(scene: Scene, force: Force) -> Token:
    """The word of the phrase that the sentence governs: "thousands" of "thousands of soldiers"."""
    head = scene.paragraph.doc[force.head]
    while force.holds(head.head) and head.head.i != head.i:
        head = head.head
    return head


def _existential(head: Token) -> Token | None:
    """ "There are 500 soldiers", and no place said: where the text has just been."""
    if head.dep_ != "attr" or head.head.lemma_ != "be":
        return None
    return next((child for child in head.head.children if child.dep_ == "expl"), None)


def _is_plain(scene: Scene, force: Force, located: Located) -> bool:
    """Nothing between the two that begins something else: another force, a verb of strife, a stop."""
    between = scene.paragraph.doc[force.end : located.term.start]
    strife = scene.lexicon.classes["strife"]
    if any(scene.force_of(token) for token in between):
        return False
    return not any(token.text in (";", ":", '"', "”", "“") or token.lemma_ in strife for token in between)
