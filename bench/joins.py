"""How well claims of many articles are brought together: ``python -m bench.joins [--errors]``.

Measured over pairs of claims, on the texts of ``bench/joins``: of the pairs that are joined, how many are labelled as
one deployment (precision), and of those labelled so, how many are joined (recall). Exit 1 below ``floors.toml``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.shared import below_least, markdown
from deployments.joiner import join
from records import Counted, Deployment, EventDate, Place, Quantity, Report, fingerprint
from store.rows import days_of, place_of

FOLDER = Path(__file__).resolve().parent / "joins"
FLOORS = Path(__file__).resolve().parent / "floors.toml"
PARTS = ("build", "test", "fresh")

Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one part; pairs of claims."""

    part: str
    claims: int
    labelled: int
    made: int
    wanted_pairs: frozenset[Pair]
    joined_pairs: frozenset[Pair]

    @property
    def name(self) -> str:
        return f"joins {self.part}"

    @property
    def precision(self) -> float:
        return len(self.wanted_pairs & self.joined_pairs) / max(len(self.joined_pairs), 1)

    @property
    def recall(self) -> float:
        return len(self.wanted_pairs & self.joined_pairs) / max(len(self.wanted_pairs), 1)

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)

    @property
    def measured(self) -> dict[str, float]:
        return {"pairwise_f1": self.f1, "precision": self.precision, "recall": self.recall}


def rows_of(part: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()]


def places() -> dict[str, Place]:
    lines = (FOLDER / "places.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["words"]: place_of(row) for row in map(json.loads, lines)}


def reports_of(rows: Sequence[Mapping[str, Any]]) -> list[Report]:
    """The rows as reports; a claim's id tells of its article and where it stands among the rows."""
    known = places()
    return [_report(row, known[row["place"]], at) for at, row in enumerate(rows)]


def _report(row: Mapping[str, Any], place: Place, at: int) -> Report:
    published = date.fromisoformat(row["published"]) if row["published"] else None
    quantity = _quantity(row["quantity"], row["unit"])
    first, last = _days_of_iso(row["date"])
    return Report(
        id=fingerprint(row["article"], str(at)),
        article=row["article"],
        story=row["article"],
        outlet=row["source"],
        published=published,
        actor=row["actor"],
        asset=row["asset"],
        status=row["status"],
        place=place,
        direction=row["direction"],
        unit=row["unit"],
        quantity=quantity,
        first=first,
        last=last,
    )


def _quantity(given: tuple[int | None, int | None, Counted] | None, words: str) -> Quantity | None:
    return None if given is None else Quantity(given[0], given[1], given[2], words)


def _days_of_iso(iso: str | None) -> tuple[date | None, date | None]:
    return days_of(EventDate(iso, None, iso), None) if iso else (None, None)


def measure(part: str) -> Figures:
    rows = rows_of(part)
    reports = reports_of(rows)
    labels = {report.id: row["deployment"] for report, row in zip(reports, rows, strict=True)}
    made = join(reports)
    wanted = {frozenset(pair) for pair in combinations(labels, 2) if labels[pair[0]] == labels[pair[1]]}
    return Figures(part, len(rows), len(set(labels.values())), len(made), frozenset(wanted), frozenset(_pairs(made)))


def _pairs(made: Sequence[Deployment]) -> Iterator[Pair]:
    for one in made:
        yield from (frozenset(pair) for pair in combinations([member.report.id for member in one.members], 2))


def errors(part: str) -> Iterator[str]:
    """Each deployment that was made of several labels, and each label that was torn."""
    rows = rows_of(part)
    reports = reports_of(rows)
    row_of = {report.id: row for report, row in zip(reports, rows, strict=True)}
    labels: dict[str, set[str]] = {}
    for one in join(reports):
        held = [(row_of[member.report.id], member.why) for member in one.members]
        for row, _ in held:
            labels.setdefault(row["deployment"], set()).add(one.id)
        if len({row["deployment"] for row, _ in held}) > 1:
            yield f"MIXED {one.id}"
            yield from (f"    {row['deployment']} {row['published']} {row['sentence']} [{why}]" for row, why in held)
    yield from (f"TORN {label}: {len(ids)} deployments" for label, ids in labels.items() if len(ids) > 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--errors", action="store_true", help="list what was mixed and torn, of the build part")
    given = parser.parse_args()
    measured = [measure(part) for part in PARTS]
    heading = ("part", "claims", "deployments", "made", "pairs", "precision", "recall", "pairwise F1")
    print(markdown(heading, [_row(one) for one in measured]))
    if given.errors:
        print("", *errors("build"), sep="\n")
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    below = list(below_least(measured, floors, FLOORS.name))
    sys.exit("\n".join(["", *below]) if below else None)


def _row(one: Figures) -> list[str]:
    counts = (one.claims, one.labelled, one.made, len(one.wanted_pairs))
    return [one.part, *map(str, counts), *(f"{value:.3f}" for value in (one.precision, one.recall, one.f1))]


if __name__ == "__main__":
    main()
