"""Who says so: the holder of a statement, as written."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from extract.grammar import agents, governors, is_passive, noun_phrase, own_subjects
from extract.lexicon import Lexicon
from extract.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRONOUNS = frozenset({"he", "she", "they", "it", "who", "i", "we", "which", "that"})


def holder_of(scene: Scene, word: Token, lexicon: Lexicon) -> Token | None:
    """The noun of whoever says what ``word`` carries, in its own sentence; a pronoun is returned as it stands."""
    for verb in _speech_above(scene, word, lexicon):
        for subject in agents(verb) if is_passive(verb) else own_subjects(verb):
            if subject.i != word.i and not _inside(word, subject):
                return subject
    return _according_to(scene)


def words_of(holder: Token) -> str:
    """The holder as written, with its article and titles, without clauses about it."""
    start, end = noun_phrase(holder)
    return holder.doc[start:end].text


def is_pronoun(holder: Token) -> bool:
    return holder.lower_ in _PRONOUNS


def in_quotes(scene: Scene, word: Token) -> bool:
    """Whether an odd number of quotation marks stands before the word in its paragraph."""
    return bisect_left(scene.paragraph.quotation_marks, scene.paragraph.offset + word.idx) % 2 == 1


def _speech_above(scene: Scene, word: Token, lexicon: Lexicon) -> list[Token]:
    """Verbs of saying over the word, the nearest first; then one beside its clause ("…, the ministry said")."""
    above = list(governors(word))
    verbs = [at for at in above if _says(at, lexicon)]
    top = above[-1] if above else word
    beside = [token for token in scene.sentence if _says(token, lexicon) and token.dep_ in ("parataxis", "ROOT")]
    verbs += [token for token in beside if top.i in (token.i, token.head.i) and token.i != word.i]
    return list(dict.fromkeys(verbs))


def _says(token: Token, lexicon: Lexicon) -> bool:
    return token.pos_ == "VERB" and token.lemma_.lower() in lexicon.attributions


def _inside(word: Token, subject: Token) -> bool:
    """The word lies in what is said of the subject itself: it is not the subject's statement."""
    return any(at.i == subject.i for at in governors(word))


def _according_to(scene: Scene) -> Token | None:
    for token in scene.sentence[:-1]:
        if token.lower_ in ("according", "per") and token.i + 1 < len(token.doc):
            for inner in token.subtree:
                if inner.dep_ == "pobj" and inner.i > token.i:
                    return inner
    return None
