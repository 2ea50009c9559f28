"""One sentence with all that was found in it: actors, forces, places with where they were put, triggers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.actors import ActorTerm, find_actors
from extract.forces import Force, find_forces
from extract.grammar import preposition_of
from extract.lexicon import Lexicon
from extract.mentions import PlaceTerm, find_places
from extract.parsing import Paragraph
from extract.triggers import Trigger, find_triggers
from records import Mention, Place

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Stretch

_LONGEST = 250  # tokens of a scene: no sentence that is one has as many
_TRANSPARENT = frozenset({"of", "near", "from"})  # prepositions that another may govern: "out of", "from near"


@dataclass(frozen=True, slots=True)
class Spotted:
    """A paragraph with its terms; the terms of all its sentences together."""

    paragraph: Paragraph
    actors: tuple[ActorTerm, ...]
    forces: tuple[Force, ...]
    places: tuple[PlaceTerm, ...]


@dataclass(frozen=True, slots=True)
class Located:
    """A place term of the sentence, as a mention, and the place it was resolved to (None where it was not)."""

    term: PlaceTerm
    mention: Mention
    place: Place | None

    def holds(self, token: Token) -> bool:
        return self.term.start <= token.i < self.term.end


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence, ready for the rules."""

    paragraph: Paragraph
    sentence: Stretch
    actors: tuple[ActorTerm, ...]
    forces: tuple[Force, ...]
    places: tuple[Located, ...]
    triggers: tuple[Trigger, ...]
    lexicon: Lexicon

    def force_of(self, token: Token) -> Force | None:
        return next((force for force in self.forces if force.holds(token)), None)

    def place_of(self, token: Token) -> Located | None:
        return next((located for located in self.places if located.holds(token)), None)

    def actor_of(self, token: Token) -> ActorTerm | None:
        return next((term for term in self.actors if term.start <= token.i < term.end), None)

    def trigger_of(self, token: Token) -> Trigger | None:
        return next((trigger for trigger in self.triggers if trigger.token.i == token.i), None)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a place hangs on in its sentence: the governing word, and the preposition between them, if any.

    ``role`` is "prep", "object", "subject" or "modifier".
    """

    word: Token
    preposition: str
    role: str


def spot(paragraph: Paragraph, lexicon: Lexicon) -> Spotted:
    """The terms of one paragraph. What was only looked through has no forces: none is read there."""
    actors = find_actors(paragraph.doc, lexicon)
    forces = find_forces(paragraph.doc, actors, lexicon) if paragraph.depth == "parsed" else []
    places = find_places(paragraph.doc, actors, lexicon)
    return Spotted(paragraph, tuple(actors), tuple(forces), tuple(places))


def scenes(spotted: Spotted, located: Mapping[int, Located], lexicon: Lexicon) -> Iterator[Scene]:
    """The paragraph's sentences. ``located`` has its place terms by their first token."""
    for sentence in _bounded(spotted.paragraph.doc):
        start, end = sentence.start, sentence.end
        yield Scene(
            spotted.paragraph,
            sentence,
            tuple(term for term in spotted.actors if start <= term.start < end),
            tuple(force for force in spotted.forces if start <= force.head < end),
            tuple(located[term.start] for term in spotted.places if start <= term.start < end),
            tuple(find_triggers(sentence, lexicon)),
            lexicon,
        )


def _bounded(doc: Doc) -> Iterator[Stretch]:
    """The sentences; a roll of names is cut, since the rules try each of its forces with each of its places."""
    for sentence in doc.sents:
        for start in range(sentence.start, sentence.end, _LONGEST):
            yield doc[start : min(start + _LONGEST, sentence.end)]


def anchor_of(scene: Scene, start: int, end: int) -> Anchor | None:
    """What the tokens from ``start`` to ``end`` (exclusive) hang on; a list of places hangs where its first does."""
    root = _list_head(scene, scene.paragraph.doc[start:end].root)
    governor = preposition_of(root)
    # "The town of Batbo", "the coast of Somalia": the name hangs where the noun before it does.
    if governor is not None and governor.lower_ == "of" and governor.head.lower_ in scene.lexicon.place_nouns:
        return anchor_of(scene, governor.head.i, governor.head.i + 1)
    if governor is not None and root.dep_ not in ("compound", "nmod", "poss", "npadvmod"):
        return _through_prepositions(governor)
    linear = _preposition_before(scene, start)
    if root.dep_ in ("dobj", "nsubjpass"):
        return Anchor(root.head, "", "object")
    if root.dep_ == "nsubj" and linear is None:
        return Anchor(root.head, "", "subject")
    if linear is not None:
        return _through_prepositions(linear)
    if root.head.i != root.i:
        return Anchor(root.head, "", "modifier")
    return None


def _list_head(scene: Scene, root: Token) -> Token:
    """The first place of "in Poland, Lithuania and Latvia" carries the preposition for all."""
    at = root
    while at.dep_ in ("conj", "appos") and at.head.i != at.i and scene.place_of(at.head):
        at = at.head
    return at


def _through_prepositions(governor: Token) -> Anchor:
    """ "Out of Mali" is "from Mali"; "from near Kharkiv" is from there."""
    words = [governor.lower_]
    at = governor
    while at.head.pos_ in ("ADP", "SCONJ") and at.head.i != at.i:
        at = at.head
        words.append(at.lower_)
    if governor.lower_ == "of" and governor.i and governor.doc[governor.i - 1].lower_ == "out":
        return Anchor(at.head if at.head.lower_ != "out" else at.head.head, "from", "prep")
    innermost = words[-1] if words[0] in _TRANSPARENT else words[0]
    return Anchor(at.head, innermost, "prep")


def _preposition_before(scene: Scene, start: int) -> Token | None:
    """The preposition just before, over articles and adjectives: right where the parse is not."""
    at = start - 1
    while at >= scene.sentence.start and scene.paragraph.doc[at].pos_ in ("DET", "ADJ", "ADV"):
        at -= 1
    if at >= scene.sentence.start and scene.paragraph.doc[at].pos_ == "ADP":
        return scene.paragraph.doc[at]
    return None
