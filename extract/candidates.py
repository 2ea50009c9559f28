"""Everything that a sentence might claim: each force, each owner it may have, each place it may be at.

The rules' drafts come first; pairs that no rule brings together are offered as well, for the judge to weigh.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from extract import grammar
from extract.associations import Association, Associations
from extract.discourse import Discourse
from extract.forces import Force, Owner, force_at
from extract.lexicon import TriggerWord
from extract.ownership import How, Option, options
from extract.rules import read
from extract.rules.draft import Draft
from extract.rules.verbs import ARMS
from extract.scene import Located, Scene, anchor_of
from extract.targets import Target, is_container, is_known
from records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

Placed = Literal["named", "stand-in", "elsewhere"]
# Bounds on what one sentence may offer, so that a list of a thousand names costs no more than a long sentence.
_FORCES = 8
_PLACES = 8
_CARRIES = 0.2  # belief from which on a word that no lexicon knows is taken for one that speaks of a force
_OFFERED = 0.08  # belief from which on a place or an actor is offered that no rule brings up


@dataclass(frozen=True, slots=True)
class Learned:
    """What the learned reader makes of the article, and its places by their spans."""

    associations: Associations
    located: Mapping[Span, Located]

    def of(self, scene: Scene, token: Token) -> Association | None:
        return self.associations.of(scene.paragraph.span_of(token.i, token.i + 1))


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
    association: Association | None = None

    @property
    def pair(self) -> tuple[int, int]:
        """The force and the place, by their first characters: candidates of one pair are answers to one question."""
        start = self.force.start if self.force else self.word.i
        assert self.target.located
        return start, self.target.located.mention.span.start


def candidates(
    scene: Scene, discourse: Discourse, source_actor: str | None, learned: Learned | None = None
) -> list[Candidate]:
    """All candidates of a sentence. Notes in ``discourse`` where the surest drafts lead, for the sentences after."""
    drafts = read(scene)
    found: list[Candidate] = []
    unknown, acting = _carriers(scene, learned) if learned else ([], [])
    for force in [*[force for force in scene.forces if not force.barred][:_FORCES], *unknown]:
        own = [draft for draft in drafts if force in draft.forces]
        found += _of_force(scene, force, own, discourse, source_actor, learned)
    told = set()
    for draft in drafts:
        if not draft.forces:
            told.add(draft.word.i)
            found += _of_state(scene, draft.word, draft, discourse, source_actor, learned)
    for word in acting:
        if word.i not in told:
            found += _of_state(scene, word, None, discourse, source_actor, learned)
    for draft in drafts:
        if draft.certainty > 0.5:
            discourse.destinations |= {target.located.mention.span for target in draft.targets if target.located}
    return found


def _carriers(scene: Scene, learned: Learned) -> tuple[list[Force], list[Token]]:
    """Words that are believed to speak of deployed forces and that no lexicon knows: nouns, and verbs without one."""
    doc, offset = scene.paragraph.doc, scene.paragraph.offset
    forces: list[Force] = []
    verbs: list[Token] = []
    within = scene.paragraph.span_of(scene.sentence.start, scene.sentence.end)
    for span in learned.associations.carriers(within, _CARRIES)[:_FORCES]:
        stretch = doc.char_span(span.start - offset, span.end - offset, alignment_mode="expand")
        if stretch is None or not len(stretch):
            continue
        token = stretch[0]
        if scene.force_of(token) or any(force.holds(token) for force in forces):
            continue
        association = learned.of(scene, token)
        if token.pos_ in ("VERB", "AUX"):
            verbs.append(token)
        elif association:
            asset = max(association.assets, key=lambda asset: association.assets[asset])
            forces.append(force_at(doc, token, asset, scene.actors, scene.lexicon))
    return forces, verbs


def _of_force(
    scene: Scene,
    force: Force,
    drafts: Sequence[Draft],
    discourse: Discourse,
    source_actor: str | None,
    learned: Learned | None,
) -> Iterator[Candidate]:
    best = max(drafts, key=lambda draft: draft.certainty, default=None)
    if not drafts and _is_given(scene, force):
        return
    association = learned.of(scene, scene.paragraph.doc[force.head]) if learned else None
    agents = best.agents if best else tuple(_subject_over(scene, force))
    owned = _owned(options(scene, force, agents, discourse, source_actor), association)
    together = [other for draft in drafts for other in draft.forces if other is not force]
    actors = [owner.actor for option in owned for owner in option.owners if option.how != "associated"]
    actors += [owner.actor for other in together for owner in other.owners]
    linked = len({target.key for draft in drafts for target in draft.targets})
    places = list(_places(scene, force, drafts, discourse, actors, association))
    if learned and association:
        places += _associated(scene, association, learned, {target for target, *_ in places})
    for target, placed, draft in places:
        carrier = draft or best
        word, trigger = (carrier.word, carrier.trigger) if carrier else _carrier(scene, force, target)
        for owner, how, shared_by in _owners(scene, owned, target, draft):
            yield Candidate(
                scene, force, owner, how, target, placed, draft, word, trigger, shared_by, linked, association
            )


def _of_state(
    scene: Scene,
    word: Token,
    draft: Draft | None,
    discourse: Discourse,
    source_actor: str | None,
    learned: Learned | None,
) -> Iterator[Candidate]:
    """Of a state that acts as one: "Turkey moved into Syria"."""
    association = learned.of(scene, word) if learned else None
    agents = draft.agents if draft else tuple(grammar.subjects(word))
    owned = _owned(options(scene, None, agents, discourse, source_actor), association)
    actors = [owner.actor for option in owned for owner in option.owners if option.how != "associated"]
    places: list[tuple[Target, Placed, Draft | None]] = []
    for target in draft.targets if draft else ():
        settled = _settled(target, scene, discourse, actors)
        if settled is not None and settled.role != "origin":
            places.append((settled, "stand-in" if settled.words else "named", draft))
    if learned and association:
        places += _associated(scene, association, learned, {target for target, *_ in places})
    spotted = scene.trigger_of(word)
    trigger = draft.trigger if draft else spotted.word if spotted else None
    linked = len(draft.targets) if draft else 0
    for target, placed, own in places:
        for owner, how, shared_by in _owners(scene, owned, target, own):
            yield Candidate(scene, None, owner, how, target, placed, own, word, trigger, shared_by, linked, association)


def _owned(offered: Sequence[Option], association: Association | None) -> list[Option]:
    """The rules' answers to whose it is, and the actors that the learned reader brings up besides."""
    if association is None:
        return list(offered)
    known = {owner.actor for option in offered for owner in option.owners}
    more = [actor for actor, share in association.actors.items() if share >= _OFFERED and actor not in known]
    return [*offered, Option(tuple(Owner(actor) for actor in more), "associated")] if more else list(offered)


def _owners(
    scene: Scene, owned: Sequence[Option], target: Target, draft: Draft | None
) -> Iterator[tuple[Owner, How, int]]:
    """Each owner that a force at this place may have, how it was found, and how many were found so together."""
    for option in owned:
        for owner in option.owners:
            if draft is not None or not _acts_itself(scene, target, owner):
                yield owner, option.how, len(option.owners)


def _associated(
    scene: Scene, association: Association, learned: Learned, taken: set[Target]
) -> Iterator[tuple[Target, Placed, Draft | None]]:
    """Places, here or in the sentences around, that the learned reader brings up and the rules did not."""
    known = {target.located.mention.span for target in taken if target.located}
    for span, share in association.places.items():
        located = learned.located.get(span)
        if share < _OFFERED or located is None or span in known:
            continue
        if located in scene.places and is_container(scene, located):
            continue
        yield Target(located, "destination", ""), "named" if located in scene.places else "elsewhere", None


def _acts_itself(scene: Scene, target: Target, owner: Owner) -> bool:
    """ "Norway sent soldiers": the country that acts is named as the actor, not as where it sends them."""
    located = target.located
    if located is None or located not in scene.places or located.place is None or located.place.kind != "country":
        return False
    anchor = anchor_of(scene, located.term.start, located.term.end)
    return owner.actor in located.place.countries and anchor is not None and anchor.role == "subject"


def _places(
    scene: Scene,
    force: Force,
    drafts: Sequence[Draft],
    discourse: Discourse,
    actors: Sequence[str],
    association: Association | None,
) -> Iterator[tuple[Target, Placed, Draft | None]]:
    """Places that the rules give the force; where they give none and nothing was learned, all of the sentence."""
    taken: set[int] = set()
    for draft in sorted(drafts, key=lambda draft: -draft.certainty):
        for target in draft.targets:
            settled = _settled(target, scene, discourse, actors)
            if settled is None or settled.located is None or target.role == "origin":
                continue
            if settled.located.mention.span.start not in taken:
                taken.add(settled.located.mention.span.start)
                yield settled, "stand-in" if target.words else "named", draft
    for located in () if taken or association else scene.places[:_PLACES]:
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
