"""Whose forces are: named in the phrase, else the one who acts, else whoever the text around them offers.

Several answers may be possible ("the troops" after a sentence about two armies): all are offered, each with how it
was found, and the judge weighs them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from extract import grammar
from extract.discourse import Discourse
from extract.forces import Force, Owner
from extract.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

How = Literal[
    "named", "possessive", "agent", "pronoun", "pair", "spoken of", "same force", "source", "neighbour", "speaker",
    "leading", "subject", "associated",
]  # fmt: skip

_FIRST_PERSON = frozenset({"our", "we", "us", "my", "i"})
_THIRD_PERSON = frozenset({"it", "they", "its", "their", "he", "she", "his", "her", "them"})


@dataclass(frozen=True, slots=True)
class Option:
    """Owners that a force may have, and how they were found."""

    owners: tuple[Owner, ...]
    how: How


def options(
    scene: Scene, force: Force | None, agents: Sequence[Token], discourse: Discourse, source_actor: str | None
) -> list[Option]:
    """Every answer to whose the force is (or who acts, where ``force`` is None), the likeliest first, none twice."""
    if force and force.owners:
        return [Option(force.owners, "named")]
    found: list[Option] = []
    seen: set[tuple[str, ...]] = set()
    for option in _offers(scene, force, agents, discourse, source_actor):
        actors = tuple(owner.actor for owner in option.owners)
        if actors and actors not in seen:
            seen.add(actors)
            found.append(option)
    return found[:4]


def _offers(
    scene: Scene, force: Force | None, agents: Sequence[Token], discourse: Discourse, source_actor: str | None
) -> Iterator[Option]:
    if force and force.possessor is not None:
        yield Option(_pronoun(scene, scene.paragraph.doc[force.possessor], agents, discourse), "possessive")
        return
    acting = list(_acting(scene, agents, discourse))
    yield from acting
    if force is None or any(option.owners for option in acting):
        return
    yield Option(discourse.owners_of(force), "same force")
    yield Option(_neighbour(scene, force), "neighbour")
    if source_actor:
        yield Option((Owner(source_actor),), "source")
    if discourse.speaker and discourse.first_person:
        yield Option((Owner(discourse.speaker),), "speaker")
    if discourse.actors:
        yield Option((Owner(discourse.actors[-1]),), "leading")
    yield Option(_owned(_first_actor(scene)), "subject")


def _acting(scene: Scene, agents: Sequence[Token], discourse: Discourse) -> Iterator[Option]:
    """The owners that the subject tells, those that are named together as one answer."""
    named = [actor for agent in agents if (actor := _named(scene, agent))]
    if named:
        yield Option(_owned(named), "agent")
        return
    for agent in agents:
        if agent.lower_ in _FIRST_PERSON | _THIRD_PERSON:
            yield Option(_pronoun(scene, agent, (), discourse), "pronoun")
        elif _is_pair(scene, agent):
            yield Option(_owned(discourse.last_two()), "pair")
        elif agent.lower_ in scene.lexicon.classes["state_noun"]:
            yield Option(_owned(_spoken_of(scene, agent, discourse)), "spoken of")


def _owned(actors: Iterable[str]) -> tuple[Owner, ...]:
    return tuple(Owner(actor) for actor in dict.fromkeys(actors))


def _is_pair(scene: Scene, agent: Token) -> bool:
    """ "The two countries", "both sides"."""
    paired = agent.lower_ in scene.lexicon.classes["paired"]
    return paired and any(child.lower_ in ("two", "both") for child in agent.children)


def _spoken_of(scene: Scene, agent: Token, discourse: Discourse) -> list[str]:
    """ "The alliance" is the last organisation spoken of, "the ministry" the last actor of any kind."""
    if agent.lower_ in scene.lexicon.classes["alliance_noun"]:
        kinds = ("organisation", "mission")
        before = [term.actor for term in scene.actors if term.start < agent.i and term.kind in kinds and term.actor]
        return before[-1:] or ([discourse.organisation] if discourse.organisation else [])
    return list(discourse.actors)


def _named(scene: Scene, agent: Token) -> str | None:
    """The actor in the agent's own noun phrase: "Washington", "the Danish government", "President Putin"."""
    term = scene.actor_of(agent)
    if term:
        return term.actor
    left = agent.left_edge.i
    inside = [term for term in scene.actors if left <= term.start and term.end <= agent.i + 1 and term.actor]
    if inside:
        return inside[-1].actor
    after = [term for term in scene.actors if agent.i < term.start <= agent.i + 3 and term.actor]
    return after[0].actor if after and agent.lower_ in ("government", "president", "republic") else None


def _pronoun(scene: Scene, pronoun: Token, agents: Sequence[Token], discourse: Discourse) -> tuple[Owner, ...]:
    if pronoun.lower_ in _FIRST_PERSON:
        return _owned([discourse.speaker] if discourse.speaker else [])
    if pronoun.tag_ == "WP$":
        agents = _whose(pronoun)
    acting = [named for agent in agents if (named := _named(scene, agent))]
    if acting:
        return _owned(acting)
    governing = _governing_subject(scene, pronoun)
    if governing:
        return (Owner(governing),)
    before = [term for term in scene.actors if term.end <= pronoun.i and term.actor and term.kind != "demonym"]
    if before and before[-1].actor:
        return (Owner(before[-1].actor),)
    return _owned(discourse.actors)


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


def _first_actor(scene: Scene) -> list[str]:
    return [term.actor for term in scene.actors if term.actor and term.kind != "capital"][:1]


def _neighbour(scene: Scene, force: Force) -> tuple[Owner, ...]:
    """ "The USS Truman and two destroyers": a force without a name of its own goes with the one beside it."""
    doc = scene.paragraph.doc
    for other in scene.forces:
        if other.owners and other is not force and other.word.asset == force.word.asset:
            between = doc[min(other.end, force.end) : max(other.start, force.start)]
            if len(between) <= 2 and all(token.lower_ in (",", "and", "with", "plus") for token in between):
                return other.owners
    return ()
