"""The baseline to beat: whoever is named in a sentence with a force and a place is said to have forces there.

What a reader of keywords would do with the same word lists as the product: in every sentence that holds a country or
people, a noun for forces, and a place, each pair of the two names is a claim, deployed. Standard library only.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

JsonObject = dict[str, Any]

# After a stop and before a capital, but not within "the U.S. Navy"; and at line ends.
_STOP = re.compile(r"(?<=[.!?])(?<![A-Z]\.)[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])|\n+")


@dataclass(frozen=True, slots=True)
class Baseline:
    """The word lists: names with whose they are, names with where they are, nouns with their kind of force."""

    actors: Mapping[str, str]
    places: Mapping[str, tuple[str, str]]
    forces: Mapping[str, str]
    name: re.Pattern[str]
    noun: re.Pattern[str]

    def claims(self, text: str) -> list[JsonObject]:
        """Every pair of every sentence, each pair once for a text; in the form of ``claim.schema.json``."""
        found: dict[tuple[str, str], JsonObject] = {}
        for start, end in _sentences(text):
            for claim in self._of_sentence(text, start, end):
                found.setdefault((claim["actor"], claim["place"]["text"]), claim)
        return list(found.values())

    def _of_sentence(self, text: str, start: int, end: int) -> Iterator[JsonObject]:
        noun = self.noun.search(text, start, end)
        if noun is None:
            return
        names = dict.fromkeys(match[0] for match in self.name.finditer(text, start, end))
        for actor in dict.fromkeys(self.actors[name] for name in names if name in self.actors):
            for name in names:
                kind, country = self.places.get(name, ("", ""))
                if kind and country != actor:
                    evidence = {"start": start, "end": end, "text": text[start:end]}
                    yield _claim(evidence, actor, self.forces[noun[0].lower()], name, kind, country)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _STOP.finditer(text):
        yield start, stop.start()
        start = stop.end()
    yield start, len(text)


def _claim(evidence: JsonObject, actor: str, asset: str, name: str, kind: str, country: str) -> JsonObject:
    place = dict.fromkeys(("lat", "lon", "gazetteer_id"))
    return {
        "actor": actor,
        "asset": asset,
        "unit": None,
        "quantity": None,
        "place": {"text": name, "name": name, "kind": kind, "countries": [country] if country else [], **place},
        "origin": None,
        "status": "deployed",
        "direction": "in",
        "hedged": False,
        "date": None,
        "source": None,
        "evidence": evidence,
        "confidence": 0.5,
        "rule": "co-occurrence",
    }


def load_baseline(data: Path) -> Baseline:
    """Read the word lists that the product reads: ``countries.csv`` and three of ``lexicon``."""
    actors: dict[str, str] = {}
    places: dict[str, tuple[str, str]] = {}
    for row in _rows(data / "lexicon" / "place_names.csv"):
        places[row["words"]] = (row["kind"], "")
    for row in _rows(data / "countries.csv"):
        names = [row["name"], *row["other_names"].split("|")]
        actors.update(dict.fromkeys(filter(None, [*names, *row["demonyms"].split("|")]), row["iso3"]))
        places.update(dict.fromkeys(filter(None, names), ("country", row["iso3"])))
        places.update(dict.fromkeys(filter(None, row["capital"].split("|")), ("city", row["iso3"])))
    for row in _rows(data / "lexicon" / "actors.csv"):
        if row["actor"]:
            actors[row["words"]] = row["actor"]
    nouns = [row for row in _rows(data / "lexicon" / "forces.csv") if row["strength"] in ("strong", "weak")]
    forces = {f"{row['words'].lower()}{ending}": row["asset"] for row in nouns for ending in ("", "s")}
    return Baseline(actors, places, forces, _any_of([*actors, *places]), _any_of(forces, flags=re.IGNORECASE))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _any_of(words: Mapping[str, str] | list[str], *, flags: int = 0) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", flags)
