"""What is worth parsing: a linear pass over the words of a text, before any model sees it.

Every sentence gets points for words that tell of armed forces, and heat from the points of the sentences around it,
a tenth less with each step: one claim in five stands in a sentence without any such word ("Denmark's will follow in
May"), but hardly one far from all of them. What is warm enough is parsed. Of the rest, what stands shortly before is
only looked through for names, because "there" and "they" may mean them; all else is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from extract.lexicon import ActorKind, Lexicon, Strength
from extract.phrases import PhraseTable, singular

Depth = Literal["parsed", "looked through"]

WARM = 1.25  # of gold claims 99 in 100 are as warm (``bench.speed --kept`` counts them)
BACK = 20  # sentences before a parsed one that are looked through: as far as "there" reaches back
_LEFT = 0.9  # of the heat, from one sentence to the next
_HOTTEST = 4.0  # so that a roll of ships warms no more than a report on them
_TITLE = 0.5  # the share of its points that a title lends to the text

_OF_STRENGTH: dict[Strength, float] = {"strong": 2.0, "weak": 0.4, "faint": 0.3, "never": 0.0}
_OF_NAME: dict[ActorKind, float] = {"force": 2.0, "ship": 2.0, "mission": 2.0, "insurgent": 2.0, "command": 1.0}
_OF_SHIP = 2.0
_OF_AIRCRAFT = 1.25
_OF_CLASS = {"tells_of_deployment": 1.5, "civil": -0.8}
_OF_MOVE = 1.25  # "the Russians entered": a word of movement beside a state's name
_STATES: frozenset[ActorKind] = frozenset({"country", "demonym", "capital", "organisation", "leader"})

_WORD = re.compile(r"\w+")
# Not "I-85", "US-23", "S-10": roads, and cars.
_AIRCRAFT = re.compile(r"\b(?:(?:[ABCEFPU]|(?!US|SR|CR)[A-Z]{2,3})-\d{1,3}[A-Z]{0,2}|(?:Su|MiG|Tu|Il)-\d{2,3}\w?)s?\b")
_STOP = re.compile(r"([.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W_a-z])")
_LAST_WORD = re.compile(r"\w+\Z")


@dataclass(frozen=True, slots=True)
class Words:
    """Points for words and phrases. ``first`` has every form that any of them begins with."""

    nouns: PhraseTable[float]
    names: PhraseTable[ActorKind]
    ships: frozenset[str]
    moves: frozenset[str]
    first: frozenset[str]
    abbreviations: frozenset[str]


def words_of(lexicon: Lexicon) -> Words:
    """The lexicon's words, cut as this pass cuts a text: into runs of letters and digits."""
    forces = [(_cut(" ".join(words)), _OF_STRENGTH[word.strength]) for words, word in lexicon.forces.items()]
    classes = [((word,), value) for name, value in _OF_CLASS.items() for word in map(singular, lexicon.classes[name])]
    nouns = [*forces, *classes]
    names = [(_cut(" ".join(words)), word.kind) for words, word in lexicon.actors.items()]
    moves = lexicon.classes["moves"]
    telling = [words for words, kind in names if kind in _OF_NAME]
    beginnings = {form for words, _ in nouns for form in _forms(words[0])} | {words[0] for words in telling if words}
    return Words(
        nouns=PhraseTable(nouns),
        names=PhraseTable(names),
        ships=frozenset(lexicon.ships),
        moves=moves,
        first=frozenset(beginnings | moves | lexicon.ships.keys()),
        abbreviations=lexicon.classes["abbreviation"],
    )


def _cut(words: str) -> list[str]:
    return _WORD.findall(words)


def _forms(word: str) -> Iterator[str]:
    """All that folds to this word: plurals, at the beginning of a sentence, in a headline."""
    for form in (word, f"{word}s", f"{word}es", f"{word[:-1]}ies" if word.endswith("y") else word):
        yield from (form, form.capitalize(), form.upper())


def points(text: str, words: Words) -> float:
    """How much a sentence tells of armed forces; below nothing where it tells of police and courts."""
    found = _OF_AIRCRAFT * len(_AIRCRAFT.findall(text))
    row = _WORD.findall(text)
    if words.first.isdisjoint(row):
        return found
    found += sum(hit.value for hit in words.nouns.find([singular(word) for word in row]))
    kinds = [hit.value for hit in words.names.find(row)]
    found += sum(_OF_NAME.get(kind, 0.0) for kind in kinds)
    found += sum(_OF_SHIP for word, name in pairwise(row) if word in words.ships and name[0].isupper())
    if not words.moves.isdisjoint(row) and not _STATES.isdisjoint(kinds):
        found += _OF_MOVE
    return min(found, _HOTTEST)


def sentences(text: str, bounds: tuple[int, int], words: Words) -> Iterator[tuple[int, int]]:
    """Rough sentences, end to end: too few ends rather than too many, since half a sentence cannot be parsed."""
    start, end = bounds
    for stop in _STOP.finditer(text, start, end):
        if stop[1] == "." and _abbreviates(text[max(start, stop.start() - 8) : stop.start()], words):
            continue
        yield start, stop.end()
        start = stop.end()
    if start < end:
        yield start, end


def _abbreviates(before: str, words: Words) -> bool:
    last = _LAST_WORD.search(before)
    return last is not None and (last[0] in words.abbreviations or (len(last[0]) == 1 and last[0].isupper()))


def depths(points_of: Sequence[float], title: float = 0.0) -> list[Depth | None]:
    """How deep each sentence is read, from the points of all sentences of a text and of its title."""
    heat = _heat(points_of, title)
    found: list[Depth | None] = ["parsed" if warmth >= WARM else None for warmth in heat]
    last = len(found) + BACK
    for at in range(len(found) - 1, -1, -1):
        if found[at]:
            last = at
        elif last - at <= BACK and last < len(found):
            found[at] = "looked through"
    return found


def _heat(points_of: Sequence[float], title: float) -> list[float]:
    heat = list(points_of)
    left = _TITLE * max(title, 0.0)
    for at, own in enumerate(points_of):
        heat[at] += left
        left = (left + own) * _LEFT
    left = 0.0
    for at in range(len(points_of) - 1, -1, -1):
        heat[at] += left
        left = (left + points_of[at]) * _LEFT
    return heat
