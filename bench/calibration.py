"""Whether a certainty of 0.8 means right four times in five, on all of our own texts (``make calibration``).

    python -m bench.calibration

Nothing that weighs a text here has seen it: the associations come from the half without it (``train_reader``), the
judge's weights from the four fifths of the texts without it. Claims are counted as they are told, after restatements
are folded; right or wrong is the shared scorer's word, and those that match an optional claim count neither way.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import pairwise
from types import ModuleType
from typing import Any

import numpy as np
from sklearn.model_selection import GroupKFold

from bench.gold import PARTS, load_gold
from bench.shared import load_scorer, markdown, shared_file
from bench.train_judge import FOLDS, Read, calibration_error, examples_in, fit, read_all
from errors import GarrisonError
from extract.claims import claims_of
from extract.judge import Judge
from records import Reading
from store.interchange import claims_json

BINS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0001)


@dataclass(frozen=True, slots=True)
class Told:
    """A claim that was told, how sure it was, and whether it is right."""

    certainty: float
    right: bool


def main() -> None:
    try:
        scorer = load_scorer(shared_file("gold/score.py"))
        told = list(cross_validated(scorer))
    except GarrisonError as fault:
        sys.exit(f"bench.calibration: {fault}")
    certainty = np.array([one.certainty for one in told])
    right = np.array([one.right for one in told])
    print(f"Measured {date.today().isoformat()}, {len(told)} claims told of all our own texts, in {FOLDS} folds:\n")
    print(table(told))
    print(f"\nExpected calibration error {calibration_error(certainty, right):.3f}")


def cross_validated(scorer: ModuleType) -> Iterator[Told]:
    """Every claim told of our own texts, each text weighed by a judge that has not seen it."""
    texts = list(read_all([row for part in PARTS for row in load_gold(part)]))
    groups = np.arange(len(texts))
    for learned, held in GroupKFold(FOLDS).split(groups, groups=groups):
        weights, bias, _ = fit(list(examples_in([texts[number] for number in learned])))
        judge = Judge("held out", bias, weights)
        for number in held:
            yield from _told(texts[number], judge, scorer)


def _told(text: Read, judge: Judge, scorer: Any) -> Iterator[Told]:
    weighed = [replace(finding, certainty=judge.certainty(finding.features)) for finding in text.findings]
    claims = tuple(claims_of(text.article, weighed, "held out"))
    reading = Reading(text.article, text.placements, claims, "held out", "", datetime.now(UTC))
    answers = claims_json(reading)
    _, pairs, _, false = scorer.judge(text.row, answers, False)
    core = {answer for gold, answer in pairs if not text.row["claims"][gold]["optional"]}
    for number, answer in enumerate(answers):
        if number in core or number in false:
            yield Told(float(str(answer["confidence"])), number in core)


def table(told: Sequence[Told]) -> str:
    """How many claims of each range of certainty there are, how sure they were, and how many are right."""
    rows = []
    for low, high in pairwise(BINS):
        inside = [one for one in told if low <= one.certainty < high]
        if inside:
            mean = sum(one.certainty for one in inside) / len(inside)
            right = sum(one.right for one in inside) / len(inside)
            rows.append((f"{low:.1f}–{min(high, 1.0):.1f}", str(len(inside)), f"{mean:.2f}", f"{right:.2f}"))
    return markdown(("certainty", "claims", "mean certainty", "right"), rows)


if __name__ == "__main__":
    main()
