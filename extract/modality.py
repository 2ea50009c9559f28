"""Is it so, will it be, might it be, is it denied: status, hedge and direction from tense, modal and negation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.grammar import auxiliaries, governors, is_negated, own_subjects
from extract.lexicon import Lexicon, TriggerWord
from records import Direction, Status

if TYPE_CHECKING:
    from spacy.tokens import Token

_MAYBE = frozenset({"could", "might", "may", "can"})
_SHOULD = frozenset({"should", "must", "ought"})
_FUTURE = frozenset({"will", "wo", "'ll", "’ll", "shall", "would", "'d", "’d"})
_PAST = frozenset({"had", "has", "have", "was", "were", "did", "'ve", "’ve"})
_DUE = frozenset({"due", "set", "scheduled", "expected", "slated", "bound", "planned"})
_BEGINNINGS = frozenset({"begin", "start", "continue", "keep", "resume"})
_SPEECH_ROOTS = frozenset({"say", "tell", "report", "confirm", "state", "add", "note", "claim", "know", "see", "mean"})


@dataclass(frozen=True, slots=True)
class Modality:
    """How a movement or presence is told. ``ahead``: still to come; None where that is left open."""

    status: Status
    hedged: bool
    direction: Direction
    ahead: bool | None


def modality(word: Token, trigger: TriggerWord | None, lexicon: Lexicon) -> Modality:
    """Read it from the word that carries the claim (a verb, or a noun of movement) and the words that govern it."""
    direction: Direction = trigger.direction if trigger else "in"
    frame = trigger.frame if trigger else "stay"
    verb = _finite(word)
    status = _told(word, verb, trigger, lexicon)
    hedged = _is_hedged(word, lexicon) or (status == "discussed" and _is_conditional(verb))
    ahead = status in ("planned", "discussed", "offered")
    framed = _framed(status, frame, direction)
    return Modality(framed, hedged, direction, None if framed == "exercise" and not ahead else ahead)


def lies_ahead(verb: Token) -> bool | None:
    """Whether what a clause tells is still to come, by its verb's form alone: False for the past, None where open."""
    helpers = set(auxiliaries(verb))
    if helpers & _FUTURE or any(child.lower_ in _DUE for child in verb.children):
        return True
    if verb.tag_ == "VBD" or helpers & _PAST:
        return False
    # "They arrive on Saturday": what is told in the present of a stated day is mostly a plan.
    plain_present = verb.pos_ == "VERB" and verb.tag_ in ("VBZ", "VBP") and not helpers
    return True if "to" in helpers or plain_present else None


def _framed(status: Status, frame: str, direction: Direction) -> Status:
    """An exercise stays one unless it is denied or only spoken of; a withdrawal stays one when it is planned."""
    if direction == "out" and status in ("deployed", "deploying", "planned", "offered"):
        return "withdrawn"
    if frame == "exercise" and status in ("deployed", "deploying", "planned"):
        return "exercise"
    return status


def _told(word: Token, verb: Token, trigger: TriggerWord | None, lexicon: Lexicon) -> Status:
    if _is_denied(word, verb):
        return "denied"
    above = _governed(word, trigger, lexicon)
    modal = _by_modal(verb)
    if modal == "discussed" or _by_modal(next(governors(word), word)) == "discussed":
        return "discussed"
    if above in ("denied", "discussed", "offered"):
        return above
    if _is_conditional(verb):
        return "discussed"
    own = modal or above or _by_form(word, verb)
    if trigger and trigger.status and own in ("deployed", "deploying"):
        return trigger.status
    return own


def _finite(word: Token) -> Token:
    """The verb that says when: the word itself, or the one that a noun of movement hangs on."""
    if word.pos_ in ("VERB", "AUX"):
        return word
    for above in governors(word):
        if above.pos_ in ("VERB", "AUX"):
            return above
    return word


def _is_denied(word: Token, verb: Token) -> bool:
    if is_negated(word) or any(child.lower_ == "no" and child.dep_ == "det" for child in word.children):
        return True
    if verb.i != word.i:
        return is_negated(verb) and verb.lemma_ in ("be", "have", "send", "deploy", "plan", "see")
    if any(subject.lower_ in ("none", "nobody") or _has_no(subject) for subject in own_subjects(verb)):
        return True
    if any(_has_no(child) for child in verb.children if child.dep_ in ("dobj", "attr")):
        return True
    above = next(governors(word), None)
    if above is not None and word.dep_ in ("xcomp", "acl", "pcomp", "ccomp") and above.lemma_ not in _SPEECH_ROOTS:
        return is_negated(above) or _has_no(above)
    return False


def _has_no(noun: Token) -> bool:
    return any(child.lower_ in ("no", "zero") and child.dep_ in ("det", "nummod", "amod") for child in noun.children)


def _governed(word: Token, trigger: TriggerWord | None, lexicon: Lexicon) -> Status | None:
    """What the nearest governing word makes of it: "plans to", "ready to", "considering", "refused to"."""
    if trigger and trigger.part == "noun" and trigger.frame == "stay" and word.dep_ not in ("dobj", "nsubjpass"):
        return None
    below = word
    for above in governors(word):
        if above.lemma_ in _SPEECH_ROOTS:
            return None
        status = lexicon.governors.get(above.lemma_.lower())
        if status and _governs(above, below):
            if status == "deploying" and above.lemma_ in _BEGINNINGS:
                return _by_modal(above) or "deploying"
            return status
        if above.pos_ in ("VERB", "AUX") and below.dep_ in ("advcl", "relcl", "conj", "parataxis"):
            return None
        below = above
    return None


def _governs(above: Token, below: Token) -> bool:
    return below.dep_ in ("xcomp", "ccomp", "acl", "pcomp", "prep", "dobj", "pobj", "acomp", "attr", "nsubjpass") or (
        above.pos_ == "ADJ" and below.dep_ == "xcomp"
    )


def _by_modal(verb: Token) -> Status | None:
    helpers = set(auxiliaries(verb))
    if helpers & (_MAYBE | _SHOULD):
        return "discussed"
    if helpers & _FUTURE:
        return "planned"
    if verb.dep_ in ("xcomp", "conj") and verb.head.i != verb.i and verb.head.pos_ in ("VERB", "AUX"):
        above = set(auxiliaries(verb.head))
        if verb.dep_ == "conj" and not own_subjects(verb) and above & (_MAYBE | _FUTURE) and not helpers:
            return "discussed" if above & _MAYBE else "planned"
    return None


def _by_form(word: Token, verb: Token) -> Status:
    """From tense alone. An infinitive that nothing governs tells a purpose: still to come."""
    if verb.i != word.i:
        return "deployed"
    helpers = set(auxiliaries(word))
    if word.tag_ == "VBG" and helpers & {"is", "are", "am", "'re", "’re", "'s", "’s", "being", "been"}:
        return "deploying"
    if "being" in helpers:
        return "deploying"
    if word.tag_ == "VB" and "to" in helpers and word.dep_ in ("xcomp", "acl", "ROOT", "relcl", "ccomp"):
        return "planned"
    return "deployed"


def _is_conditional(verb: Token) -> bool:
    """ "If Russia moves", or a main clause that waits for such a one."""
    marks = [child.lower_ for child in verb.children if child.dep_ in ("mark", "advmod")]
    return any(mark in ("if", "unless", "whether") for mark in marks)


def _is_hedged(word: Token, lexicon: Lexicon) -> bool:
    """Doubt about the fact itself: an adverb, a modal, or a governing verb of belief."""
    near = [word, *governors(word)]
    for at in near[:6]:
        if at.lower_ in lexicon.hedges and at.pos_ in ("ADV", "AUX"):
            return True
        for child in at.children:
            if child.dep_ in ("advmod", "aux", "acomp") and child.lower_ in lexicon.hedges:
                return True
            if child.dep_ == "mark" and child.lower_ in ("if", "whether") and at.i == word.i:
                return True
        if at.i != word.i and at.pos_ in ("VERB", "NOUN") and at.lemma_.lower() in lexicon.hedges:
            return True
        if at.lemma_ in ("say", "report", "believe", "think", "understand") and any(
            child.dep_ == "auxpass" for child in at.children
        ):
            return True  # "is said to"
    return False
