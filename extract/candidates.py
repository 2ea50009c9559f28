"""Everything that a sentence might claim: each force, each owner it may have, each place it may be at.

The rules' drafts come first; pairs that no rule brings together are offered as well, for the judge to weigh.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from extract import grammar
from extract.discourse import Discourse
from extract.forces import Force, Owner
from extract.lexicon import TriggerWord
from extract.ownership import How, options
from extract.rules import read
from extract.rules.draft import Draft
from extract.rules.verbs import ARMS
from extract.scene import Scene
from extract.targets import Target, is_container, is_known

if TYPE_CHECKING:
    from spacy.tokens import Token

Placed = Literal["named", "stand-in"]
# Bounds on what one sentence may offer, so that a list of a thousand names costs no more than a long sentence.
_FORCES = 8
_PLACES = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """One (owner, force, place) that may be a claim. ``target.located`` is always set.

    ``draft`` is the rule's that brings force and place together, if one does. ``word`` and ``trigger`` carry it.
    ``shared_by`` counts the owners that the same words name, ``linked`` the places that rules give the same force.
    """

    scene: Scene
    force: Force | None
    owner: Owner
    how: How
    target: Target
    placed: Placed
    draft: Draft | None
    word: Token
    trigger: TriggerWord | None
    shared_by: int
    linked: int

    @property
    def pair(self) -> tuple[int, int]:
        """The force and the place, by their first characters: candidates of one pair are answers to one question."""
        start = self.force.start if self.force else self.word.i
        assert self.target.located
        return start, self.target.located.mention.span.start


def candidates(scene: Scene, discourse: Discourse, source_actor: str | None) -> list[Candidate]:
    """All candidates of a sentence. Notes in ``discourse`` where the surest drafts lead, for the sentences after."""
    drafts = read(scene)
    found: list[Candidate] = []
    for force in [force for force in scene.forces if not force.barred][:_FORCES]:
        own = [draft for draft in drafts if force in draft.forces]
        found += _of_force(scene, force, own, discourse, source_actor)
    for draft in drafts:
        if not draft.forces:
            found += _of_state(scene, draft, discourse, source_actor)
    for draft in drafts:
        if draft.certainty > 0.5:
            discourse.destinations |= {target.located.mention.span for target in draft.targets if target.located}
    return found


def _of_force(
    scene: Scene, force: Force, drafts: Sequence[Draft], discourse: Discourse, source_actor: str | None
) -> Iterator[Candidate]:
    best = max(drafts, key=lambda draft: draft.certainty, default=None)
    agents = best.agents if best else tuple(_subject_over(scene, force))
    owned = options(scene, force, agents, discourse, source_actor)
    together = [other for draft in drafts for other in draft.forces if other is not force]
    actors = [owner.actor for option in owned for owner in option.owners]
    actors += [owner.actor for other in together for owner in other.owners]
    linked = len({target.key for draft in drafts for target in draft.targets})
    if not drafts and _is_given(scene, force):
        return
    for target, placed, draft in _places(scene, force, drafts, discourse, actors):
        carrier = draft or best
        word, trigger = (carrier.word, carrier.trigger) if carrier else _carrier(scene, force, target)
        for option in owned:
            for owner in option.owners:
                yield Candidate(
                    scene, force, owner, option.how, target, placed, draft, word, trigger, len(option.owners), linked
                )


def _of_state(scene: Scene, draft: Draft, discourse: Discourse, source_actor: str | None) -> Iterator[Candidate]:
    owned = options(scene, None, draft.agents, discourse, source_actor)
    actors = [owner.actor for option in owned for owner in option.owners]
    for target in draft.targets:
        settled = _settled(target, scene, discourse, actors)
        if settled is None or settled.role == "origin":
            continue
        placed: Placed = "stand-in" if settled.words else "named"
        for option in owned:
            for owner in option.owners:
                yield Candidate(
                    scene, None, owner, option.how, settled, placed, draft, draft.word, draft.trigger,
                    len(option.owners), len(draft.targets),
                )  # fmt: skip


def _places(
    scene: Scene, force: Force, drafts: Sequence[Draft], discourse: Discourse, actors: Sequence[str]
) -> Iterator[tuple[Target, Placed, Draft | None]]:
    """Places that the rules give the force; where they give none, all that the sentence names."""
    taken: set[int] = set()
    for draft in sorted(drafts, key=lambda draft: -draft.certainty):
        for target in draft.targets:
            settled = _settled(target, scene, discourse, actors)
            if settled is None or settled.located is None or target.role == "origin":
                continue
            if settled.located.mention.span.start not in taken:
                taken.add(settled.located.mention.span.start)
                yield settled, "stand-in" if target.words else "named", draft
    for located in () if taken else scene.places[:_PLACES]:
        inside = force.start <= located.term.start < force.end
        if inside or is_container(scene, located):
            continue
        if is_known(located) and located.mention.span.start not in taken:
            yield Target(located, "destination", ""), "named", None


def _settled(target: Target, scene: Scene, discourse: Discourse, actors: Sequence[str]) -> Target | None:
    """The target with the place that its words stand for; None where the text before tells none."""
    if target.located:
        return target
    if target.words is None:
        return None
    located = discourse.place_for(target.noun, scene, target.words[0], actors)
    return replace(target, located=located) if located else None


def _is_given(scene: Scene, force: Force) -> bool:
    """ "Germany delivered tanks": weapons that change hands are no deployment."""
    above = grammar.governors(scene.paragraph.doc[force.head])
    trigger = next((trigger for at in above if (trigger := scene.trigger_of(at))), None)
    if trigger is None or force.word.counts in ("personnel", "units"):
        return False
    handed_over = trigger.word.words in scene.lexicon.classes["hands_over"] and force.word.asset in ARMS
    return trigger.word.frame == "give" or handed_over


def _subject_over(scene: Scene, force: Force) -> list[Token]:
    """The subject of the verb that governs a force no rule speaks of."""
    head = scene.paragraph.doc[force.head]
    verb = next((above for above in grammar.governors(head) if above.pos_ in ("VERB", "AUX")), None)
    if verb is None or head.dep_ in ("nsubj", "nsubjpass"):
        return []
    return [token for token in grammar.subjects(verb) if not force.holds(token)]


def _carrier(scene: Scene, force: Force, target: Target) -> tuple[Token, TriggerWord | None]:
    """The trigger nearest to a force that no rule speaks of, else its own noun."""
    head = scene.paragraph.doc[force.head]
    for above in (head, *grammar.governors(head)):
        trigger = scene.trigger_of(above)
        if trigger:
            return above, trigger.word
        if above.pos_ in ("VERB", "AUX"):
            return head, None
    near = min(scene.triggers, key=lambda trigger: abs(trigger.token.i - force.head), default=None)
    if near is not None and target.located is not None and abs(near.token.i - force.head) <= 6:
        return near.token, near.word
    return head, None
