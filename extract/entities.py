"""Names that the parser marks as entities, as places or as what may be one: its spans are good, its labels are not.

"The Athens Police Department" names Athens; "Jones" names no place in a text about Sarah Jones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.actors import ActorTerm
from extract.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Stretch

# Labels whose names are places as a rule; any other entity is offered too, to be dropped if no gazetteer knows it.
_PLACE_LABELS = frozenset({"GPE", "LOC"})
_OFFERED_LABELS = frozenset({"FAC", "ORG", "PERSON", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART"})
_LOCATING = frozenset(
    {"in", "near", "at", "from", "to", "around", "outside", "into", "across", "throughout", "toward", "towards"}
)
# "Western Pennsylvania" and "Northeast Georgia" are parts; "West Virginia" is a name.
_SIDE = re.compile("(?:north|south)(?:east|west)(?:ern)?|(?:north|south|east|west)ern", re.IGNORECASE)
_ENDINGS = ("'s", "’s", "'", "’")


@dataclass(frozen=True, slots=True)
class EntityName:
    """Tokens ``start`` to ``end`` (exclusive) name a place; where not ``certain``, perhaps."""

    start: int
    end: int
    certain: bool


def names_of_entities(doc: Doc, actors: Sequence[ActorTerm], lexicon: Lexicon) -> Iterator[EntityName]:
    """Every entity that may be a place, or the name at its head; none that an actor's name stands in."""
    taken = [term for term in actors if term.kind not in ("country", "capital")]
    surnames = {entity[-1].text for entity in doc.ents if entity.label_ == "PERSON" and len(entity) > 1}
    places = {entity.text for entity in doc.ents if entity.label_ == "GPE"}
    located = {entity.text for entity in doc.ents if _is_located(doc, entity.start)}
    for entity in doc.ents:
        if entity.label_ not in _PLACE_LABELS | _OFFERED_LABELS:
            continue
        start, whole = _bare(doc, entity.start, entity.end, lexicon)
        end = whole if entity.label_ == "PERSON" else _head(doc, start, whole, places, lexicon)
        if start >= end or any(_takes(term, start, end, entity.label_) for term in taken):
            continue
        if not _is_name(doc, start, end, lexicon) or _is_surname(doc, start, end, surnames):
            continue
        name = doc[start:end].text
        certain = entity.label_ in _PLACE_LABELS and end == whole and (name in located or _is_located(doc, start))
        yield EntityName(start, end, certain)


def bears_own_name(entity: Stretch, lexicon: Lexicon) -> bool:
    """Whether a place's name in it tells of no place: persons, streets, newspapers, companies."""
    own = lexicon.classes["own_name"] | lexicon.classes["road"]
    return entity.label_ == "PERSON" or any(token.lower_ in own for token in entity)


def _takes(term: ActorTerm, start: int, end: int, label: str) -> bool:
    """Whether an actor's name stands in it, and is not, as a people's, a part of the place's own: British Columbia."""
    if term.kind == "demonym" and label in _PLACE_LABELS and start <= term.start and term.end < end:
        return False
    return term.start < end and start < term.end


def _bare(doc: Doc, start: int, end: int, lexicon: Lexicon) -> tuple[int, int]:
    """Without an article or "former" before, and without a possessive ending, a preposition or punctuation after."""
    before = lexicon.classes["before_name"]
    while start < end and (
        doc[start].lower_ in ("the", "a", "an") or doc[start].is_punct or doc[start].lower_ in before
    ):
        start += 1
    if start + 1 < end and not lexicon.place_names.at([token.text for token in doc[start:end]], 0):
        start += bool(_SIDE.fullmatch(doc[start].text))
    if start + 1 < end and doc[start].lower_ in lexicon.classes["named_of"] and doc[start + 1].lower_ == "of":
        start += 2
    while end > start and (doc[end - 1].text in _ENDINGS or doc[end - 1].is_punct or doc[end - 1].pos_ == "ADP"):
        end -= 1
    return start, end


def _head(doc: Doc, start: int, end: int, places: AbstractSet[str], lexicon: Lexicon) -> int:
    """Where the place's name ends at the head of an institution's: "Hartford" in "Hartford Police".

    No street and no newspaper tells of the place that it is called after. A name that is a place's elsewhere in the
    text is one here, whatever follows.
    """
    classes, words = lexicon.classes, [token.lower_ for token in doc[start:end]]
    if not classes["road"].isdisjoint(words):
        return start
    if not classes["own_name"].isdisjoint(words):
        return end
    length = next((at for at, word in enumerate(words) if word in classes["institution"]), len(words))
    while (
        0 < length < len(words)
        and words[length - 1] in ("'s", "’s", "city", "town", "state", "independent", "area")
        and length > 1
    ):
        length -= 1
    if length == len(words) and not any(word in lexicon.place_nouns for word in words):
        length = next((n for n in range(len(words) - 1, 0, -1) if doc[start : start + n].text in places), length)
    return start + length


def _is_name(doc: Doc, start: int, end: int, lexicon: Lexicon) -> bool:
    first = doc[start]
    if not first.text[:1].isupper() or doc[end - 1].pos_ == "ADJ":
        return False
    return first.lower_ not in lexicon.classes["not_a_place"] or (first.lower_ == "west" and end > start + 1)


def _is_surname(doc: Doc, start: int, end: int, surnames: AbstractSet[str]) -> bool:
    """Whether it is a person who has been named in full, and no words say that it is a place ("in Jackson")."""
    return end == start + 1 and doc[start].text in surnames and not _is_located(doc, start)


def _is_located(doc: Doc, start: int) -> bool:
    """Whether the word before says that it is a place: "in Sharon"."""
    return start > 0 and doc[start - 1].lower_ in _LOCATING
