"""What is seen of a candidate: short names, each of which the judge has learned a weight for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log
from typing import TYPE_CHECKING

from extract import grammar
from extract.candidates import Candidate
from extract.modality import Modality
from extract.ownership import How
from extract.phrases import singular
from extract.scene import Anchor, Scene, anchor_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST_PATH = 6
_AID = frozenset(
    {"aid", "assistance", "package", "weapons", "arms", "supply", "supplies", "donate", "sale", "sell", "ammunition"}
)
_PAST = frozenset({"war", "anniversary", "veteran", "veterans", "memorial", "history", "century", "invasion", "ago"})


def features_of(candidate: Candidate, told: Modality, cues: Sequence[str]) -> list[str]:
    """The names of all that holds of a candidate, single and in the pairs that matter together.

    ``cues`` are those of its sentence (see ``cues_of``).
    """
    single = dict(_single(candidate, told))
    names = [f"{name}={value}" for name, value in single.items()]
    for left, right in _TOGETHER:
        if left in single and right in single:
            names.append(f"{left}={single[left]}&{right}={single[right]}")
    prior = _prior(candidate)
    names += [f"prior from {step}" for step in _STEPS if prior >= step]
    names += cues
    names += _learned(candidate)
    return names


_BELIEFS = (0.03, 0.06, 0.12, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.88, 0.94, 0.97)
_MARGINS = (-4.0, -2.5, -1.5, -0.7, 0.0, 0.7, 1.5, 2.5, 4.0)


def _learned(candidate: Candidate) -> Iterator[str]:
    """What the learned reader believes of the force, the place and the owner, and of all three together."""
    association = candidate.association
    if association is None:
        yield "learned=nothing"
        return
    assert candidate.target.located
    span, owner = candidate.target.located.mention.span, candidate.owner.actor
    place, actor = association.places.get(span, 0.0), association.actors.get(owner, 0.0)
    together = association.claimed * place * actor
    beliefs = {"claimed": association.claimed, "place": place, "actor": actor, "together": together}
    for name, belief in beliefs.items():
        yield from (f"{name} from {step}" for step in _BELIEFS if belief >= step)
    margins = {
        "place": _logit(place) - _logit(max((v for k, v in association.places.items() if k != span), default=0.0)),
        "actor": _logit(actor) - _logit(max((v for k, v in association.actors.items() if k != owner), default=0.0)),
    }
    for name, margin in margins.items():
        yield from (f"{name} before others by {step}" for step in _MARGINS if margin >= step)
        step = max((step for step in _MARGINS if margin >= step), default=-9.0)
        yield f"{name} before others={step}&placed={candidate.placed}"
    how = "associated" if candidate.how == "associated" else "read"
    rule = "none" if candidate.draft is None else "some"
    yield f"placed={candidate.placed}&owner={how}&rule={rule}"
    step = max((step for step in _BELIEFS if together >= step), default=0.0)
    yield f"together={step}&placed={candidate.placed}&rule={rule}"
    yield from _reach(candidate)


def _logit(belief: float) -> float:
    kept = min(max(belief, 0.002), 0.998)
    return log(kept / (1.0 - kept))


def _reach(candidate: Candidate) -> Iterator[str]:
    """How far from the force the place stands, in characters, and on which side."""
    assert candidate.target.located
    scene, force = candidate.scene, candidate.force
    head = force.head if force else candidate.word.i
    own = scene.paragraph.span_of(head, head + 1).start
    reach = candidate.target.located.mention.span.start - own
    side = "after" if reach > 0 else "before"
    step = max((step for step in (0, 20, 50, 100, 200, 400, 800) if abs(reach) >= step), default=0)
    yield f"reach={side} {step}"
    yield f"reach={side} {step}&placed={candidate.placed}"


_TOGETHER = (
    ("rule", "how"), ("rule", "preposition"), ("rule", "linked"), ("rule", "military"), ("frame", "preposition"),
    ("frame", "asset"), ("frame", "counts"), ("placed", "how"), ("home", "frame"), ("status", "frame"),
)  # fmt: skip


_STEPS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
# How far each way of finding an owner can be trusted, before anything is learned.
_TRUST: dict[How, float] = {
    "named": 1.0, "agent": 0.9, "possessive": 0.8, "pronoun": 0.7, "pair": 0.7, "spoken of": 0.65, "neighbour": 0.7,
    "source": 0.6, "speaker": 0.6, "same force": 0.55, "leading": 0.4, "subject": 0.3, "associated": 0.5,
}  # fmt: skip


def _prior(candidate: Candidate) -> float:
    """What the rules alone would say: the rule's certainty, trust in the owner, less where the place is not named."""
    rule = candidate.draft.certainty if candidate.draft else 0.15
    return rule * _TRUST[candidate.how] * (0.8 if candidate.placed == "stand-in" else 1.0)


def _single(candidate: Candidate, told: Modality) -> Iterator[tuple[str, str]]:
    yield "rule", candidate.draft.rule if candidate.draft else "none"
    yield "how", candidate.how
    yield "placed", candidate.placed
    yield "shared", str(min(candidate.shared_by, 3))
    yield "linked", str(min(candidate.linked, 3))
    yield "status", told.status
    yield "hedged", str(told.hedged)
    yield from _of_trigger(candidate)
    yield from _of_force(candidate)
    yield from _of_place(candidate)
    if candidate.placed != "elsewhere":
        yield from _between(candidate)


def _of_trigger(candidate: Candidate) -> Iterator[tuple[str, str]]:
    trigger = candidate.trigger
    yield "frame", trigger.frame if trigger else "none"
    yield "trigger", trigger.words if trigger else "none"
    yield "part", trigger.part if trigger else "none"
    yield "word dep", candidate.word.dep_
    yield "speech", str(candidate.scene.paragraph.speaker is not None)


def _of_force(candidate: Candidate) -> Iterator[tuple[str, str]]:
    force = candidate.force
    if force is None:
        yield "force", "state"
        yield "military", "state"
        return
    head = candidate.scene.paragraph.doc[force.head]
    yield "force", singular(head.text)
    yield "asset", force.word.asset
    yield "strength", force.word.strength
    yield "military", str(force.military)
    yield "counts", force.word.counts
    yield "numbered", str(force.numbered)
    yield "definite", str(force.definite)
    yield "force dep", head.dep_
    above = next((at for at in grammar.governors(head) if at.pos_ in ("VERB", "AUX", "NOUN")), None)
    if above is not None:
        yield "governor", above.lemma_.lower()


def _of_place(candidate: Candidate) -> Iterator[tuple[str, str]]:
    located = candidate.target.located
    assert located
    place = located.place
    yield "role", candidate.target.role
    yield "place kind", (place.kind if place else located.term.kind) or "unknown"
    yield "resolved", str(place is not None)
    yield "relation", located.term.relation or "none"
    countries = place.countries if place else ()
    yield "home", str(candidate.owner.actor in countries)
    anchor = _anchor(candidate) if candidate.placed != "elsewhere" else None
    if anchor:
        yield "preposition", candidate.target.preposition or anchor.preposition or anchor.role
        yield "anchor", anchor.word.lemma_.lower()
        yield "anchored", anchor.word.pos_


def _anchor(candidate: Candidate) -> Anchor | None:
    located, words = candidate.target.located, candidate.target.words
    if words:
        return anchor_of(candidate.scene, *words)
    assert located
    return anchor_of(candidate.scene, located.term.start, located.term.end)


def _between(candidate: Candidate) -> Iterator[tuple[str, str]]:
    """What lies between the force (or the verb) and the place, in the row of words and in the tree."""
    located, words = candidate.target.located, candidate.target.words
    assert located
    start = words[0] if words else located.term.start
    end = words[1] if words else located.term.end
    own = candidate.force.head if candidate.force else candidate.word.i
    doc = candidate.scene.paragraph.doc
    between = doc[min(own + 1, end) : max(own, start)]
    yield "order", "after" if start > own else "before"
    yield "distance", _bucket(len(between))
    yield "between verbs", str(min(sum(token.pos_ == "VERB" for token in between), 3))
    yield "between commas", str(min(sum(token.text == "," for token in between), 3))
    yield "between stops", str(any(token.text in (";", ":", "—", "–", '"', "“", "”") for token in between))
    forces = [force for force in candidate.scene.forces if force is not candidate.force]
    yield "between forces", str(min(sum(between.start <= force.head < between.end for force in forces), 2))
    places = [place for place in candidate.scene.places if place is not located]
    yield "between places", str(min(sum(between.start <= place.term.start < between.end for place in places), 2))
    yield "path", _path(doc[own], doc[start:end].root)


def _bucket(length: int) -> str:
    for limit in (1, 3, 6, 10, 16, 25):
        if length <= limit:
            return f"to {limit}"
    return "far"


def _path(force: Token, place: Token) -> str:
    """The labels from the force up to the common head and down to the place."""
    above_force = [force, *grammar.governors(force)]
    above_place = [place, *grammar.governors(place)]
    shared = {token.i for token in above_force} & {token.i for token in above_place}
    up = _labels(above_force, shared)
    down = _labels(above_place, shared)
    path = [*up, "^", *reversed(down)]
    return " ".join(path) if len(path) <= _LONGEST_PATH + 1 else "long"


def _labels(tokens: list[Token], shared: set[int]) -> list[str]:
    labels = []
    for token in tokens:
        if token.i in shared:
            break
        labels.append(token.dep_)
    return labels


def cues_of(scene: Scene) -> list[str]:
    """Words of the sentence that tell of something else: aid, strife, the past."""
    words = {token.lower_ for token in scene.sentence}
    lemmas = {token.lemma_.lower() for token in scene.sentence}
    told = {
        "aid": bool(words & _AID),
        "strife": bool(lemmas & scene.lexicon.classes["strife"]),
        "past": bool(words & _PAST),
        f"root {scene.sentence.root.lemma_.lower()}": True,
        "question": scene.sentence.text.rstrip().endswith("?"),
    }
    return [f"cue={cue}" for cue, holds in told.items() if holds]
