"""Whose the forces of a draft are: named in the phrase, else the one who acts, else whoever the text speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract import grammar
from extract.discourse import Discourse
from extract.forces import Force, Owner
from extract.rules.draft import Draft
from extract.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

_FIRST_PERSON = frozenset({"our", "we", "us", "my", "i"})
_THIRD_PERSON = frozenset({"it", "they", "its", "their", "he", "she", "his", "her", "them"})


@dataclass(frozen=True, slots=True)
class Share:
    """A force with its owners, and how sure that is (0 to 1). ``force`` is None where a state acts by itself."""

    force: Force | None
    owners: tuple[Owner, ...]
    certainty: float


def owners_of(scene: Scene, draft: Draft, discourse: Discourse, source_actor: str | None) -> tuple[Share, ...]:
    """Every force of the draft that belongs to somebody we can name."""
    if not draft.forces:
        share = _acting(scene, draft.agents, discourse)
        return (Share(None, share[0], share[1]),) if share[0] else ()
    shares = []
    for force in draft.forces:
        owners, certainty = _owners(scene, force, draft, discourse, source_actor)
        if owners:
            shares.append(Share(force, owners, certainty))
    return tuple(shares)


def _owners(
    scene: Scene, force: Force, draft: Draft, discourse: Discourse, source_actor: str | None
) -> tuple[tuple[Owner, ...], float]:
    if force.owners:
        return force.owners, 1.0
    if draft.rule == "noun of movement" and force.holds(draft.word):
        return _acting(scene, draft.agents, discourse)
    if force.possessor is not None:
        possessor = scene.paragraph.doc[force.possessor]
        return _pronoun(scene, possessor, draft.agents, discourse)
    acting, certainty = _acting(scene, draft.agents, discourse)
    if acting:
        return acting, certainty
    return _implied(scene, force, draft, discourse, source_actor)


def _implied(
    scene: Scene, force: Force, draft: Draft, discourse: Discourse, source_actor: str | None
) -> tuple[tuple[Owner, ...], float]:
    """Whose a force is that nothing in its clause tells: the surest of what the text around it offers."""
    if force.definite and (spoken_of := discourse.owners_of(force)):
        return spoken_of, 0.6
    if not force.military:
        return (), 0.0
    if source_actor:
        return (Owner(source_actor),), 0.7
    if neighbour := _neighbour(scene, force):
        return neighbour, 0.7
    if discourse.speaker and discourse.first_person:
        return (Owner(discourse.speaker),), 0.6
    if not draft.agents and discourse.actors:
        return (Owner(discourse.actors[-1]),), 0.45
    return (discourse.owners_of(force), 0.4) if not draft.agents else ((), 0.0)


def _acting(scene: Scene, agents: Sequence[Token], discourse: Discourse) -> tuple[tuple[Owner, ...], float]:
    """The owners that the subject tells."""
    owners: dict[str, Owner] = {}
    certainty = 0.9
    for agent in agents:
        named = _named(scene, agent)
        if named:
            owners.setdefault(named, Owner(named))
        elif agent.lower_ in _FIRST_PERSON | _THIRD_PERSON:
            found, certainty = _pronoun(scene, agent, (), discourse)
            owners.update((owner.actor, owner) for owner in found)
        elif agent.lower_ in scene.lexicon.classes["paired"] and any(
            child.lower_ in ("two", "both") for child in agent.children
        ):
            owners.update((actor, Owner(actor)) for actor in discourse.last_two())
            certainty = 0.7
        elif agent.lower_ in scene.lexicon.classes["state_noun"]:
            actor = _spoken_of(scene, agent, discourse)
            owners.update({actor: Owner(actor)} if actor else {})
            certainty = 0.6
    return tuple(owners.values()), certainty


def _spoken_of(scene: Scene, agent: Token, discourse: Discourse) -> str | None:
    """ "The alliance" is the last organisation spoken of, "the ministry" the last actor of any kind."""
    if agent.lower_ in scene.lexicon.classes["alliance_noun"]:
        near = [
            term.actor for term in scene.actors if term.kind in ("organisation", "mission") and term.start < agent.i
        ]
        return near[-1] if near else discourse.organisation
    return discourse.actors[-1] if discourse.actors else None


def _named(scene: Scene, agent: Token) -> str | None:
    """The actor in the agent's own noun phrase: "Washington", "the Danish government", "President Putin"."""
    term = scene.actor_of(agent)
    if term:
        return term.actor
    inside = [
        term for term in scene.actors if agent.left_edge.i <= term.start and term.end <= agent.i + 1 and term.actor
    ]
    if inside:
        return inside[-1].actor
    after = [term for term in scene.actors if term.start in (agent.i + 1, agent.i + 2, agent.i + 3) and term.actor]
    return after[0].actor if after and agent.lower_ in ("government", "president", "republic") else None


def _pronoun(
    scene: Scene, pronoun: Token, agents: Sequence[Token], discourse: Discourse
) -> tuple[tuple[Owner, ...], float]:
    if pronoun.lower_ in _FIRST_PERSON:
        return ((Owner(discourse.speaker),), 0.8) if discourse.speaker else ((), 0.0)
    if pronoun.tag_ == "WP$":
        agents = _whose(pronoun)
    acting = [named for agent in agents if (named := _named(scene, agent))]
    if acting:
        return tuple(Owner(actor) for actor in dict.fromkeys(acting)), 0.9
    governing = _governing_subject(scene, pronoun)
    if governing:
        return (Owner(governing),), 0.8
    before = [term for term in scene.actors if term.end <= pronoun.i and term.actor and term.kind != "demonym"]
    if before and before[-1].actor:
        return (Owner(before[-1].actor),), 0.6
    return ((Owner(discourse.actors[-1]),), 0.6) if discourse.actors else ((), 0.0)


def _whose(pronoun: Token) -> list[Token]:
    """ "Uganda and Burundi, whose soldiers": the nouns before the relative clause."""
    for above in grammar.governors(pronoun):
        if above.dep_ == "relcl":
            head = above.head
            return [*grammar.conjuncts(head), *([head.head] if head.dep_ == "conj" else [])]
    return []


def _governing_subject(scene: Scene, pronoun: Token) -> str | None:
    """ "Russia said it had sent": the subject of a verb above the pronoun's own."""
    for above in grammar.governors(pronoun):
        if above.pos_ not in ("VERB", "AUX"):
            continue
        for subject in grammar.own_subjects(above):
            named = _named(scene, subject) if subject.i < pronoun.i else None
            if named:
                return named
    return None


def _neighbour(scene: Scene, force: Force) -> tuple[Owner, ...]:
    """ "The USS Truman and two destroyers": a force without a name of its own goes with the one beside it."""
    doc = scene.paragraph.doc
    for other in scene.forces:
        if other.owners and other is not force and other.word.asset == force.word.asset:
            between = doc[min(other.end, force.end) : max(other.start, force.start)]
            if len(between) <= 2 and all(token.lower_ in (",", "and", "with", "plus") for token in between):
                return other.owners
    return ()
