"""Where to, where from: which places of a sentence belong to a trigger, by preposition and what the trigger takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from extract.forces import Force
from extract.lexicon import TriggerWord
from extract.scene import Anchor, Located, Scene, anchor_of

if TYPE_CHECKING:
    from spacy.tokens import Token

Role = Literal["destination", "left", "origin", "onward"]

INTO = frozenset({"to", "into", "onto", "toward", "towards", "for"})
AT = frozenset(
    {
        "in", "at", "on", "inside", "within", "near", "off", "around", "across", "along", "throughout", "outside",
        "over", "by", "beside", "between", "alongside", "through", "about", "beyond", "above", "aboard", "amid",
    }
)  # fmt: skip
FROM = frozenset({"from"})
# Frames whose direct object or "of" is the place itself.
_TAKES_PLACE = frozenset({"go", "take", "call", "guard", "withdraw"})
_CLIMB = 8


@dataclass(frozen=True, slots=True)
class Target:
    """A place in its role. ``located`` is None where words stand for it ("there"): ``words`` are their tokens."""

    located: Located | None
    role: Role
    preposition: str
    words: tuple[int, int] | None = None
    noun: str = ""

    @property
    def key(self) -> int:
        return self.located.term.start if self.located else self.words[0] if self.words else -1


def targets_of(
    scene: Scene,
    word: Token,
    trigger: TriggerWord | None,
    forces: Sequence[Force],
    *,
    prepositions: frozenset[str] | None = None,
) -> tuple[Target, ...]:
    """Places that hang on ``word`` or on the forces it moves, in the roles that its frame gives them."""
    found = list(_hanging(scene, word, trigger, forces, prepositions))
    destinations = [target for target in found if target.role in ("destination", "left", "onward")]
    if not destinations:
        return ()
    into = [target for target in destinations if target.preposition in INTO]
    if into and trigger and trigger.frame in ("send", "give") and trigger.words != "base":
        # "Sent to Poland in the Baltic region": what it is sent to is the destination, the rest is about it.
        destinations = [target for target in destinations if target.preposition in INTO or target.role != "destination"]
    origins = [target for target in found if target.role == "origin"]
    return (*destinations, *origins)


def _hanging(
    scene: Scene,
    word: Token,
    trigger: TriggerWord | None,
    forces: Sequence[Force],
    prepositions: frozenset[str] | None,
) -> Iterator[Target]:
    for start, end, located, noun in _candidates(scene):
        anchor = anchor_of(scene, start, end)
        if anchor is None or not _reaches(scene, anchor, word, forces):
            continue
        if prepositions is not None and anchor.preposition not in prepositions:
            continue
        role = _role(anchor, word, trigger, scene.lexicon.classes["place_event"])
        if role:
            yield Target(located, role, anchor.preposition, None if located else (start, end), noun)
    yield from _adverbs(word, trigger)
    yield from _where(scene, word, trigger)


def is_known(located: Located) -> bool:
    """Whether a name is sure to be a place, by its words or by the gazetteer."""
    return located.term.certain or located.place is not None


def _candidates(scene: Scene) -> Iterator[tuple[int, int, Located | None, str]]:
    """Named places, and definite nouns that stand for one: first token, end, the place, the noun."""
    for located in scene.places:
        inside_a_force = scene.force_of(scene.paragraph.doc[located.term.start])
        if is_known(located) and not inside_a_force and not is_container(scene, located):
            yield located.term.start, located.term.end, located, ""
    for token in scene.sentence:
        if _stands_in(scene, token):
            start = token.left_edge.i if token.left_edge.i > token.i - 6 else token.i
            yield start, token.i + 1, None, token.lower_


def is_container(scene: Scene, located: Located) -> bool:
    """Whether it is the "Faryab" of "Meymaneh, Faryab", which only says where Meymaneh is."""
    for other in scene.places:
        if other is not located and other.term.within and located.term.toponym in other.term.within:
            gap = located.term.start - other.term.end
            if 0 < gap <= 4 and _is_held(other, located):
                return True
    return False


def _is_held(inner: Located, outer: Located) -> bool:
    if inner.place is None or outer.place is None:
        return True
    if inner.place.kind in ("country", "sea") and outer.place.kind in ("country", "sea"):
        return False
    shared = bool(set(inner.place.countries) & set(outer.place.countries))
    return shared and outer.place.kind in (
        "country",
        "admin1",
        "region",
    )


def _stands_in(scene: Scene, token: Token) -> bool:
    """Whether it is "the country" or "that area"; not "the town of Batbo", which names its place."""
    noun = scene.lexicon.place_nouns.get(token.lower_)
    if noun is None or not noun.stands_for or token.pos_ != "NOUN" or scene.place_of(token) or scene.force_of(token):
        return False
    held = [inner for child in token.children if child.lower_ in ("of", "with") for inner in child.children]
    if any(scene.place_of(inner) for inner in held):
        return False
    return any(
        child.lower_ in ("the", "that", "this", "these", "those") and child.dep_ == "det" for child in token.children
    )


def _reaches(scene: Scene, anchor: Anchor, word: Token, forces: Sequence[Force]) -> bool:
    """Whether the place's governing word leads up to ``word``, through nouns and the forces it moves alone."""
    at = anchor.word
    for _ in range(_CLIMB):
        if at.i == word.i:
            return True
        if any(force.holds(at) for force in forces):
            return True
        if not _is_passed(scene, at) or at.head.i == at.i:
            return False
        at = at.head
    return False


def _is_passed(scene: Scene, at: Token) -> bool:
    """Whether a place may hang on this noun and still belong to what is told: "part of a mission in Mali"."""
    passed = scene.lexicon.classes["passed"]
    if scene.force_of(at) is not None and at.lower_ not in passed:
        return False
    is_place = at.lower_ in scene.lexicon.place_nouns or scene.place_of(at) is not None
    return at.pos_ == "ADP" or at.lower_ in passed or is_place


def _role(anchor: Anchor, word: Token, trigger: TriggerWord | None, place_events: frozenset[str]) -> Role | None:
    frame = trigger.frame if trigger else "stay"
    if anchor.role == "modifier":
        return None
    if anchor.role == "subject":
        return None
    if anchor.role == "object":
        if anchor.word.i == word.i and frame in _TAKES_PLACE:
            return "left" if frame == "withdraw" else "destination"
        return None
    return _role_of_preposition(anchor.preposition, frame, trigger, place_events)


def _role_of_preposition(
    preposition: str, frame: str, trigger: TriggerWord | None, place_events: frozenset[str]
) -> Role | None:
    if frame == "withdraw":
        if preposition in FROM or preposition in AT:
            return "left"
        return "onward" if preposition in INTO else None
    if preposition in FROM:
        return "origin"
    if preposition in AT or (preposition in INTO and frame not in ("stay", "guard", "host")):
        return "destination"
    if preposition == "of" and trigger and trigger.words in place_events:
        return "destination"
    return None


def _where(scene: Scene, word: Token, trigger: TriggerWord | None) -> Iterator[Target]:
    """ "Romania, where Polish soldiers are deployed"."""
    clause = word
    while clause.dep_ in ("xcomp", "conj", "ccomp") and clause.head.i != clause.i:
        clause = clause.head
    if clause.dep_ != "relcl" or not any(child.lower_ == "where" for child in clause.subtree if child.i < word.i):
        return
    located = scene.place_of(clause.head)
    if located and is_known(located):
        yield Target(located, "left" if trigger and trigger.frame == "withdraw" else "destination", "in")


def _adverbs(word: Token, trigger: TriggerWord | None) -> Iterator[Target]:
    """ "There" and "here" stand for a place named before."""
    for child in word.children:
        if child.lower_ in ("there", "here") and child.dep_ == "advmod":
            role: Role = "left" if trigger and trigger.frame == "withdraw" else "destination"
            yield Target(None, role, "", (child.i, child.i + 1), "there")
