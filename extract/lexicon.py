"""The words that a reader knows, from ``data/lexicon/*.csv`` and ``data/countries.csv``: one line per fact."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from errors import DataError
from extract.phrases import PhraseTable, singular
from records import Asset, Counted, Direction, PlaceKind, Relation, Status

Strength = Literal["strong", "weak", "faint", "never"]
Frame = Literal[
    "send", "go", "give", "take", "call", "guard", "stay", "keep", "host", "mass", "strengthen", "exercise", "withdraw"
]
Part = Literal["verb", "noun", "adjective"]
ActorKind = Literal[
    "country", "demonym", "capital", "leader", "ministry", "command", "force", "organisation", "mission", "person",
    "insurgent", "ship", "issuer",
]  # fmt: skip
Tokenise = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class ForceWord:
    """A noun for armed forces: what kind they are and what a number before it counts."""

    words: str
    asset: Asset
    counts: Counted
    strength: Strength


@dataclass(frozen=True, slots=True)
class TriggerWord:
    """A word that carries a movement or a presence. ``status`` is set where the word alone decides it."""

    words: str
    part: Part
    frame: Frame
    status: Status | None
    direction: Direction


@dataclass(frozen=True, slots=True)
class ActorWord:
    """A name that stands for a country or an organisation; ``actor`` is None for those that are no actors of ours."""

    actor: str | None
    kind: ActorKind


@dataclass(frozen=True, slots=True)
class PlaceWord:
    """A name or a common noun that a place is called by."""

    kind: PlaceKind


@dataclass(frozen=True, slots=True)
class PlaceNoun:
    """A common noun for a place. ``named``: a name before it makes a place ("Anbar province"), of ``kind`` if given.

    ``stands_for`` are the kinds of place that "the …" may mean. ``relation`` is how an area so called lies to the
    country it is said of ("Syria's border").
    """

    named: bool
    kind: PlaceKind | None
    stands_for: tuple[PlaceKind, ...]
    relation: Relation | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables, ready for look-up. Force and trigger nouns are singular and lower case; names are as written.

    ``classes`` has sets of words that the rules ask for by name, such as "strife" (kill, attack, …).
    """

    forces: PhraseTable[ForceWord]
    verbs: PhraseTable[TriggerWord]
    nouns: PhraseTable[TriggerWord]
    actors: PhraseTable[ActorWord]
    ships: Mapping[str, str]
    governors: Mapping[str, Status]
    hedges: frozenset[str]
    attributions: frozenset[str]
    disqualified: Mapping[str, str]
    bounds: PhraseTable[str]
    country_names: Mapping[str, str]
    place_names: PhraseTable[PlaceWord]
    place_nouns: Mapping[str, PlaceNoun]
    classes: Mapping[str, frozenset[str]]


def load_lexicon(data: Path, tokenise: Tokenise) -> Lexicon:
    """Read all tables below ``data``. Raises DataError that names the file and line of a faulty entry."""
    folder = data / "lexicon"
    triggers = [_trigger(row) for row in _rows(folder / "triggers.csv")]
    return Lexicon(
        forces=PhraseTable((_folded(tokenise, word.words), word) for word in map(_force, _rows(folder / "forces.csv"))),
        verbs=PhraseTable((word.words.split(), word) for word in triggers if word.part != "noun"),
        nouns=PhraseTable((_folded(tokenise, word.words), word) for word in triggers if word.part == "noun"),
        actors=PhraseTable(_actor_entries(data, tokenise)),
        ships={row["prefix"]: row["actor"] for row in _rows(folder / "ships.csv")},
        governors={row["words"]: cast(Status, row["status"]) for row in _rows(folder / "governors.csv")},
        hedges=frozenset(row["words"] for row in _rows(folder / "hedges.csv")),
        attributions=frozenset(row["words"] for row in _rows(folder / "attributions.csv")),
        disqualified={row["words"].lower(): row["why"] for row in _rows(folder / "disqualified.csv")},
        bounds=PhraseTable((row["words"].split(), row["bound"]) for row in _rows(folder / "bounds.csv")),
        country_names={row["iso3"]: row["name"] for row in _rows(data / "countries.csv")},
        place_names=PhraseTable(_place_entries(folder / "place_names.csv", tokenise)),
        place_nouns={row["words"]: _place_noun(row) for row in _rows(folder / "place_nouns.csv")},
        classes=_classes(folder / "word_classes.csv"),
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            for number, row in enumerate(csv.DictReader(lines), 2):
                if None in row or None in row.values():
                    raise DataError(f"{path}, line {number}: not as many fields as the heading names; mend the line")
                yield row
    except OSError as fault:
        raise DataError(f"{path}: cannot be read ({fault.strerror}); restore it from the project") from fault


def _folded(tokenise: Tokenise, words: str) -> list[str]:
    return [singular(word) for word in tokenise(words)]


def _force(row: dict[str, str]) -> ForceWord:
    return ForceWord(
        row["words"], cast(Asset, row["asset"]), cast(Counted, row["counts"]), cast(Strength, row["strength"])
    )


def _trigger(row: dict[str, str]) -> TriggerWord:
    status = cast(Status, row["status"]) if row["status"] else None
    return TriggerWord(
        row["words"], cast(Part, row["part"]), cast(Frame, row["frame"]), status, cast(Direction, row["direction"])
    )


def _place_noun(row: dict[str, str]) -> PlaceNoun:
    return PlaceNoun(
        named=row["named_by"] == "yes",
        kind=cast(PlaceKind, row["kind"]) if row["kind"] else None,
        stands_for=tuple(cast(PlaceKind, kind) for kind in row["stands_for"].split("|") if kind),
        relation=cast(Relation, row["relation"]) if row["relation"] else None,
    )


def _classes(path: Path) -> dict[str, frozenset[str]]:
    classes: dict[str, set[str]] = {}
    for row in _rows(path):
        classes.setdefault(row["class"], set()).add(row["words"])
    return {name: frozenset(words) for name, words in classes.items()}


def _actor_entries(data: Path, tokenise: Tokenise) -> Iterator[tuple[Sequence[str], ActorWord]]:
    """Countries first, so that the hand-written list can overrule them."""
    for row in _rows(data / "countries.csv"):
        names = [row["name"], *row["other_names"].split("|")]
        kinds: tuple[tuple[ActorKind, list[str]], ...] = (
            ("capital", row["capital"].split("|")),
            ("demonym", row["demonyms"].split("|")),
            ("country", names),
        )
        for kind, words in kinds:
            for word in filter(None, words):
                yield tokenise(word), ActorWord(row["iso3"], kind)
    for row in _rows(data / "lexicon" / "actors.csv"):
        yield tokenise(row["words"]), ActorWord(row["actor"] or None, cast(ActorKind, row["kind"]))


def _place_entries(path: Path, tokenise: Tokenise) -> Iterator[tuple[Sequence[str], PlaceWord]]:
    for row in _rows(path):
        yield tokenise(row["words"]), PlaceWord(cast(PlaceKind, row["kind"]))
