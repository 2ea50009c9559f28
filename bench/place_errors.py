"""The errors of ``bench.places``, each in the first class whose test holds: it says where to look, not why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from data.entries import distance_km
from geo.gazetteer import Entry, Gazetteer
from geo.names import capitals
from records import Mention, Place, Placement

NEAR_KM = 161.0  # a hundred miles: what is right by the scorer

Kind = Literal["missed", "other span", "false", "wrong place"]
JsonObject = dict[str, Any]
Match = Callable[[Sequence[JsonObject], Sequence[JsonObject]], tuple[list[tuple[int, int]], int]]


@dataclass(frozen=True, slots=True)
class Told:
    """One place as it is printed, with its placement; ``label`` is the parser's for the words, "" for none."""

    span: JsonObject
    placement: Placement
    label: str


@dataclass(frozen=True)
class Case:
    """One error in a text: an annotated name (``gold``), what was told, or both."""

    kind: Kind
    text: str
    gold: JsonObject | None
    told: Told | None
    gazetteer: Gazetteer

    @property
    def words(self) -> str:
        """The annotated words, else those told."""
        return self.text[slice(*self._edges)]

    @property
    def place(self) -> Place | None:
        return self.told.placement.place if self.told else None

    @property
    def label(self) -> str:
        return self.told.label if self.told else ""

    @cached_property
    def entries(self) -> list[Entry]:
        """What the gazetteer knows by the words."""
        names = [self.told.placement.mention.toponym, self.words] if self.told else [self.words]
        return [entry for name in names for entry in self.gazetteer.candidates(name, fuzzy=True)]

    @cached_property
    def right(self) -> Place | None:
        """Of the places of that name the nearest to the annotated point, if it is near enough."""
        nearest = min((entry.place for entry in self.entries), key=self._km, default=None)
        return nearest if nearest and self._km(nearest) <= NEAR_KM else None

    @property
    def is_within_a_name(self) -> bool:
        """Whether a capitalised word stands beside it: "Alexandria Police"."""
        start, end = self._edges
        before, after = self.text[:start].split(" ")[-2:-1], self.text[end:].split(" ")[1:2]
        touching = self.text[start - 1 : start] == " ", self.text[end : end + 1] == " "
        return any(
            near and word and word[0][:1].isupper() for near, word in zip(touching, (before, after), strict=True)
        )

    @property
    def longer(self) -> int:
        """How many characters more were told than are annotated."""
        assert self.gold and self.told
        return int(self.told.span["end"] - self.told.span["start"] - self.gold["end"] + self.gold["start"])

    def printed(self) -> str:
        start, end = self._edges
        line = f"{self.text[max(0, start - 50) : start]}[{self.text[start:end]}]{self.text[end : end + 30]}"
        if self.told:
            place = self.place
            where = f"{place.name}, {place.admin1 or ''} {'/'.join(place.countries)} {place.kind}" if place else "–"
            line += f"  ({self.told.span['text']!r} {self.label}: {where})"
        return line.replace("\n", " ")

    @property
    def _edges(self) -> tuple[int, int]:
        one = self.gold or (self.told.span if self.told else {"start": 0, "end": 0})
        return one["start"], one["end"]

    def _km(self, place: Place) -> float:
        assert self.gold
        return distance_km(self.gold["lat"], self.gold["lon"], place.lat, place.lon)


Test = Callable[[Case], bool]


def _is_people(case: Case) -> bool:
    return bool(case.entries) and case.entries[0].rank == 3


def _is_short(case: Case) -> bool:
    letters = capitals(case.words)
    return (letters.isupper() and len(letters) <= 5) or case.words.endswith(".")


def _is_other(field: Callable[[Place], object]) -> Test:
    return lambda case: case.right is not None and case.place is not None and field(case.right) != field(case.place)


def _any(_: Case) -> bool:
    return True


CLASSES: Mapping[Kind, Mapping[str, Test]] = {
    "missed": {
        "a people's name": _is_people,
        "an abbreviation": _is_short,
        "no such name in the gazetteer": lambda case: not case.entries,
        "beside another capitalised word": lambda case: case.is_within_a_name,
        "alone": _any,
    },
    "other span": {"more words told": lambda case: case.longer > 0, "fewer words told": _any},
    "false": {
        "no place found for it": lambda case: case.place is None,
        "a people's name": _is_people,
        "a person, by the parser": lambda case: case.label == "PERSON",
        "an organisation, by the parser": lambda case: case.label == "ORG",
        "a building or site": lambda case: case.label == "FAC" or bool(case.place and case.place.kind == "base"),
        "a place, by the parser": lambda case: case.label in ("GPE", "LOC"),
        "something else": _any,
    },
    "wrong place": {
        "no place chosen": lambda case: case.place is None,
        "a country at another point of it": lambda case: (
            bool(case.place and case.place.kind == "country") and (case.right is None or case.right.kind == "country")
        ),
        "the right one is not in the gazetteer": lambda case: case.right is None,
        "another kind of place": _is_other(lambda place: place.kind),
        "another country": _is_other(lambda place: place.countries),
        "another first-level area": _any,
    },
}


def errors_of(
    gold: Mapping[str, JsonObject], told: Mapping[str, Sequence[Told]], match: Match, gazetteer: Gazetteer
) -> Iterator[Case]:
    """Every error of the texts; ``match`` is the scorer's pairing of annotated names with those told."""
    for id, row in gold.items():
        text, names, mine = row["text"], row["toponyms"], told[id]
        pairs, _ = match(names, [one.span for one in mine])
        found = dict(pairs)
        for number, name in enumerate(names):
            if number not in found:
                yield Case("missed", text, name, None, gazetteer)
                continue
            one = mine[found[number]]
            if (name["start"], name["end"]) != (one.span["start"], one.span["end"]):
                yield Case("other span", text, name, one, gazetteer)
            if name.get("lat") is not None and not _is_near(name, one.placement.place):
                yield Case("wrong place", text, name, one, gazetteer)
        for number in set(range(len(mine))) - set(found.values()):
            yield Case("false", text, None, mine[number], gazetteer)


def _is_near(name: JsonObject, place: Place | None) -> bool:
    return place is not None and distance_km(name["lat"], name["lon"], place.lat, place.lon) <= NEAR_KM


def label_of(paragraphs: Sequence[Any], mention: Mention) -> str:
    """The parser's label of a mention's last word; of what the English reader parsed."""
    for spotted in paragraphs:
        at = mention.span.start - spotted.paragraph.offset
        doc = spotted.paragraph.doc
        if 0 <= at < len(doc.text) and (words := doc.char_span(at, at + len(mention.text), alignment_mode="expand")):
            return str(words[-1].ent_type_)
    return ""


def tables(errors: Sequence[Case], *, show: str | None = None) -> str:
    """One Markdown table of each kind, its classes by their count; ``show`` lists the errors of one class below."""
    pieces = []
    for kind, tests in CLASSES.items():
        classes: dict[str, list[Case]] = defaultdict(list)
        for case in errors:
            if case.kind == kind:
                classes[next(name for name, holds in tests.items() if holds(case))].append(case)
        rows = [f"| {kind} | {sum(map(len, classes.values()))} |", "| --- | ---: |"]
        rows += [
            f"| {name} | {len(cases)} |" for name, cases in sorted(classes.items(), key=lambda pair: -len(pair[1]))
        ]
        listed = [f"    {case.printed()}" for name, cases in classes.items() if name == show for case in cases]
        pieces.append("\n".join([*rows, *([""] if listed else []), *listed]))
    return "\n\n".join(pieces)
