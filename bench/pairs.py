"""How well copies of one text are found: ``python -m bench.pairs``.

Of the pairs of ``bench/pairs`` those that share a band are compared, as in the store. Exit 1 below ``floors.toml``.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bench.shared import below_least, markdown
from deployments.duplicates import are_copies, signature

FOLDER = Path(__file__).resolve().parent / "pairs"
FLOORS = Path(__file__).resolve().parent / "floors.toml"


@dataclass(frozen=True, slots=True)
class Pair:
    one: str
    other: str
    copies: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Pairs with what was said of them."""

    said: tuple[tuple[Pair, bool], ...]
    name: str = "pairs"

    @property
    def measured(self) -> dict[str, float]:
        right = sum(pair.copies and said for pair, said in self.said)
        return {
            "precision": right / max(sum(said for _, said in self.said), 1),
            "recall": right / max(sum(pair.copies for pair, _ in self.said), 1),
        }


def texts() -> dict[str, str]:
    rows = map(json.loads, (FOLDER / "texts.jsonl").read_text(encoding="utf-8").splitlines())
    return {row["id"]: row["text"] for row in rows}


def pairs() -> list[Pair]:
    return [Pair(**json.loads(line)) for line in (FOLDER / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]


def found(one: str, other: str) -> bool:
    """Whether the store would call two texts copies."""
    first, second = signature(one), signature(other)
    if first is None or second is None:
        return False
    return any(a == b for a, b in zip(first.bands, second.bands, strict=True)) and are_copies(one, other)


def measure() -> Figures:
    known = texts()
    return Figures(tuple((pair, found(known[pair.one], known[pair.other])) for pair in pairs()))


def main() -> None:
    figures = measure()
    kinds = Counter(pair.kind for pair, _ in figures.said)
    called = Counter(pair.kind for pair, said in figures.said if said)
    print(markdown(("kind", "pairs", "called copies"), [[kind, str(kinds[kind]), str(called[kind])] for kind in kinds]))
    print(f"\nPrecision {figures.measured['precision']:.3f}, recall {figures.measured['recall']:.3f}")
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    below = list(below_least([figures], floors, FLOORS.name))
    sys.exit("\n".join(["", *below]) if below else None)


if __name__ == "__main__":
    main()
