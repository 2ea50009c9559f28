"""Questions to the parse: who does it, to what, whether it is denied. Functions over spaCy tokens, no lexicon."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_OBJECTS = frozenset({"dobj", "obj", "oprd"})
_DEEPEST = 12  # how far a chain of heads is followed: beyond it the parse has gone astray


def is_passive(verb: Token) -> bool:
    """ "Were sent", "stationed in": the subject suffers it."""
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ == "acl"


def conjuncts(token: Token) -> Iterator[Token]:
    """The token and all that is coordinated with it."""
    yield token
    for child in token.children:
        if child.dep_ in ("conj", "appos") and child.pos_ in ("NOUN", "PROPN", "NUM", "ADJ", "PRON"):
            yield from conjuncts(child)


def _contents(token: Token) -> Iterator[Token]:
    """A noun, what is coordinated with it, and what a noun of number holds ("thousands of troops")."""
    for noun in conjuncts(token):
        yield noun
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                yield from (inner for inner in child.children if inner.dep_ == "pobj")


def own_subjects(verb: Token) -> list[Token]:
    return [noun for child in verb.children if child.dep_ in _SUBJECTS for noun in _contents(child)]


def subjects(verb: Token) -> list[Token]:
    """Who or what the verb is said of, looked for in the clauses above where it has no subject of its own."""
    at = verb
    for _ in range(_DEEPEST):
        own = own_subjects(at)
        if own:
            return _antecedents(at, own)
        if at.dep_ == "acl":
            return list(_contents(at.head))
        controlled = [child for child in at.head.children if child.dep_ in _OBJECTS] if at.dep_ == "xcomp" else []
        if controlled:
            return [noun for child in controlled for noun in _contents(child)]
        if at.dep_ not in ("xcomp", "conj", "advcl", "ccomp", "pcomp", "prep", "acomp") or at.head.i == at.i:
            return []
        at = at.head
    return []


def _antecedents(verb: Token, nouns: list[Token]) -> list[Token]:
    """ "The ships, which will sail": the relative pronoun gives way to the noun before the clause."""
    if verb.dep_ == "relcl" and any(noun.tag_ in ("WDT", "WP") or noun.lower_ == "that" for noun in nouns):
        return list(_contents(verb.head))
    return nouns


def parallel_subjects(verb: Token) -> list[Token]:
    """ "As is Spain", "and so will Italy": whoever is said to do the same."""
    found = []
    for child in verb.children:
        marks = [mark.lower_ for mark in child.children if mark.dep_ in ("mark", "advmod")]
        if child.dep_ in ("advcl", "conj") and child.pos_ == "AUX" and {"as", "so"} & set(marks):
            found += own_subjects(child)
    return found


def objects(verb: Token) -> list[Token]:
    """What the verb is done to; the head noun where the verb is a participle or a relative clause without object."""
    found = [noun for child in verb.children if child.dep_ in _OBJECTS for noun in _contents(child)]
    if found:
        return found
    if is_passive(verb):
        return subjects(verb)
    if verb.dep_ == "relcl" and not any(
        child.dep_ in _SUBJECTS and child.tag_ in ("WDT", "WP") for child in verb.children
    ):
        return list(_contents(verb.head))
    return []


def agents(verb: Token) -> list[Token]:
    """ "By the ministry" of a passive."""
    by = [child for child in verb.children if child.dep_ == "agent"]
    return [noun for preposition in by for child in preposition.children for noun in _contents(child)]


def is_negated(token: Token) -> bool:
    return any(child.dep_ == "neg" or (child.lower_ in ("never", "no", "neither", "without") and child.dep_ in
               ("neg", "det", "advmod", "preconj")) for child in token.children)  # fmt: skip


def auxiliaries(verb: Token) -> list[str]:
    return [child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")]


def governors(token: Token) -> Iterator[Token]:
    """The words above, nearest first, up to the sentence's root."""
    at = token
    for _ in range(_DEEPEST):
        if at.head.i == at.i:
            return
        at = at.head
        yield at


def clause_of(token: Token) -> Token:
    """The verb of the clause that a word stands in: itself, or the nearest above; else the top of the sentence."""
    at = token
    for above in (token, *governors(token)):
        at = above
        if at.pos_ in ("VERB", "AUX") and at.dep_ not in ("aux", "auxpass"):
            break
    return at


def noun_phrase(noun: Token) -> tuple[int, int]:
    """First and last (exclusive) token of a noun with its modifiers, without relative clauses and appositions."""
    start = noun.i
    for child in noun.lefts:
        if child.dep_ in ("det", "amod", "compound", "poss", "nmod", "nummod", "quantmod", "predet", "advmod"):
            start = min(start, child.left_edge.i)
    end = noun.i + 1
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "for") and child.i == end:
            end = _plain_end(child)
    return start, end


def _plain_end(preposition: Token) -> int:
    """Where "of the Joint Chiefs" ends: at the noun, not at what is said of it."""
    nouns = [child for child in preposition.children if child.dep_ == "pobj"]
    return noun_phrase(nouns[0])[1] if nouns else preposition.i


def preposition_of(token: Token) -> Token | None:
    """The preposition that governs a noun, through coordination and apposition."""
    at = token
    for _ in range(_DEEPEST):
        if at.dep_ in ("pobj", "pcomp"):
            return at.head
        if at.dep_ not in ("conj", "appos", "compound", "nmod", "poss", "npadvmod") or at.head.i == at.i:
            return None
        at = at.head
    return None
