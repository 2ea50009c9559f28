"""Whose forces: names of countries, peoples, organisations, leaders, units and ships, found in parsed text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.lexicon import ActorKind, Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc

# A name of these kinds inside a longer name of a person is that person's own ("Michael Jordan").
_MAY_BE_A_NAME: frozenset[ActorKind] = frozenset({"country", "capital", "person"})


@dataclass(frozen=True, slots=True)
class ActorTerm:
    """Tokens ``start`` to ``end`` (exclusive) name an actor; ``actor`` is None for insurgents, no actors of ours."""

    start: int
    end: int
    actor: str | None
    kind: ActorKind


def find_actors(doc: Doc, lexicon: Lexicon) -> list[ActorTerm]:
    """Every actor that the tokens name, from the left, none overlapping."""
    return sorted(_merged(_named(doc, lexicon), _ships(doc, lexicon)), key=lambda term: term.start)


def _named(doc: Doc, lexicon: Lexicon) -> Iterator[ActorTerm]:
    row = [token.text for token in doc]
    for hit in lexicon.actors.find(row):
        term = ActorTerm(hit.start, hit.end, hit.value.actor, hit.value.kind)
        if not _is_part_of_a_person(doc, term) and not _is_part_of_a_street(doc, term):
            yield term


def _is_part_of_a_person(doc: Doc, term: ActorTerm) -> bool:
    if term.kind not in _MAY_BE_A_NAME:
        return False
    token = doc[term.start]
    if token.ent_type_ != "PERSON" or term.kind == "person":
        return False
    neighbours = [doc[i] for i in (term.start - 1, term.end) if 0 <= i < len(doc)]
    return any(near.ent_type_ == "PERSON" and near.is_title and near.pos_ == "PROPN" for near in neighbours)


def _is_part_of_a_street(doc: Doc, term: ActorTerm) -> bool:
    """ "Washington Post", "Moscow Times": a name that goes on as an organisation's is not the state's."""
    if term.kind != "capital" or term.end >= len(doc):
        return False
    return doc[term.end].ent_type_ == "ORG" and doc[term.end].pos_ == "PROPN" and doc[term.start].ent_type_ == "ORG"


def _ships(doc: Doc, lexicon: Lexicon) -> Iterator[ActorTerm]:
    """ "USS Nimitz": the prefix tells the navy; the name runs as long as it is capitalised."""
    for at, word in enumerate(token.text for token in doc[:-1]):
        actor = lexicon.ships.get(word) or (lexicon.ships.get(word.replace(".", "")) if len(word) > 4 else None)
        if not actor or not (doc[at + 1].is_title or doc[at + 1].is_quote):
            continue
        end = at + 1
        while end < len(doc) and (doc[end].is_title or doc[end].is_quote or doc[end].text in (".", "-", "D")):
            end += 1
        while end > at + 2 and (doc[end - 1].text in (".", "-") or doc[end - 1].is_quote):
            end -= 1
        yield ActorTerm(at, end, actor, "ship")


def _merged(named: Iterator[ActorTerm], ships: Iterator[ActorTerm]) -> list[ActorTerm]:
    """A ship's name wins over the country, person or place that it bears ("USS America")."""
    kept = list(ships)
    kept += [term for term in named if not any(term.start < ship.end and ship.start < term.end for ship in kept)]
    return kept
