"""Train the judge of candidates (``make train``): a logistic model over named features, on our own annotated texts.

    python -m bench.train_judge

It learns from the train and check parts of ``bench/gold`` and, where GARRISON_SHARED names a folder with it, from the
shared ``train.jsonl``; never from the test part, never from dev. Regularisation is fixed; certainty is scaled on
folds held out by text (Platt), so that it can be read as a probability. Nothing in it is random but the seeded folds.
Written to ``data/judge-en.json`` with the figures of the run.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from bench.gold import half_of, load_gold
from bench.matching import Truth, truth_of
from extract.claims import Finding
from extract.judge import Judge
from extract.languages.en import Reader
from pipeline import load_pipeline
from records import Article, Placement
from settings import DATA, load_settings

FOLDS_FOLDER = Path("var/train")  # where train_reader leaves its halves
UNWEIGHED = Judge("none", 0.0, {})
STRENGTH = 0.1  # inverse regularisation: chosen once on the check part
RAREST = 3  # a feature seen in fewer candidates is noise
FOLDS = 5
REAL = 3.0  # a real text, which others wrote, teaches as much as so many of ours
SMALLEST = 0.01  # a weight below this is left out of the file


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate's features, whether it is a claim, and the text that it comes from."""

    features: tuple[str, ...]
    right: bool
    text: str
    weight: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--parts", default="train,check", help="parts of bench/gold to learn from")
    parser.add_argument("--out", type=Path, default=DATA / "judge-en.json")
    given = parser.parse_args()
    rows = rows_of(given.parts.split(","))
    examples = list(examples_in(read_all(rows)))
    print(f"{len(rows)} texts, {len(examples)} candidates, {sum(example.right for example in examples)} of them claims")
    weights, bias, error = fit(examples)
    version = f"{date.today().isoformat()}, {len(rows)} texts"
    content: dict[str, Any] = {
        "version": version,
        "made_by": "python -m bench.train_judge",
        "texts": len(rows),
        "candidates": len(examples),
        "claims": sum(example.right for example in examples),
        "calibration_error": round(error, 3),
        "bias": round(bias, 4),
        "weights": {name: round(weight, 3) for name, weight in sorted(weights.items()) if abs(weight) >= SMALLEST},
    }
    given.out.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{given.out}: {len(content['weights'])} weights, expected calibration error {error:.3f}")


def rows_of(parts: Sequence[str]) -> list[dict[str, Any]]:
    """The texts to learn from: parts of ours, and the shared ones where they are at hand."""
    rows = [row for part in parts for row in load_gold(part)]
    shared = os.environ.get("GARRISON_SHARED")
    if not shared:
        print("GARRISON_SHARED names no folder: learning from our own texts alone", file=sys.stderr)
        return rows
    with (Path(shared) / "gold" / "train.jsonl").open(encoding="utf-8") as lines:
        return [*rows, *map(json.loads, lines)]


@dataclass(frozen=True, slots=True)
class Read:
    """An annotated text with all that was found in it, unweighed."""

    row: dict[str, Any]
    article: Article
    placements: tuple[Placement, ...]
    findings: tuple[Finding, ...]


def read_all(rows: Sequence[dict[str, Any]]) -> Iterator[Read]:
    """Read texts by associations that were taught without them, as the texts will be that the judge is to weigh."""
    settings = load_settings()
    readers = [Reader(DATA, UNWEIGHED, associations=FOLDS_FOLDER / f"not-{half}") for half in (0, 1)]
    placing = load_pipeline(
        gazetteer=settings.gazetteer, data=DATA, point_of_view=settings.point_of_view, extractor=readers[0]
    )
    for number, row in enumerate(rows, 1):
        if sys.stderr.isatty() and number % 20 == 0:
            print(f"\r{number} of {len(rows)} texts", end="", file=sys.stderr)
        reader = readers[half_of(str(row["id"]))]
        article = article_of(row)
        parsed = reader.parse(article)
        placements = placing.place(article, reader.mentions(parsed))
        yield Read(row, article, tuple(placements), tuple(reader.findings(parsed, placements)))


def examples_in(texts: Iterable[Read]) -> Iterator[Example]:
    """Every candidate of every text with its label; one that only an optional claim matches teaches nothing."""
    for text in texts:
        for finding in text.findings:
            truth = truth_of(finding, text.row["claims"])
            if truth is not Truth.OPTIONAL:
                yield Example(finding.features, truth is Truth.RIGHT, str(text.row["id"]), weight_of(text.row))


def weight_of(row: dict[str, Any]) -> float:
    return REAL if "url" in row else 1.0


def article_of(row: dict[str, Any]) -> Article:
    published = row.get("published")
    day = date.fromisoformat(f"{published}-01-01"[:10]) if published else None
    return Article(str(row["id"]), row.get("title") or "", row["text"], day)


def fit(examples: Sequence[Example]) -> tuple[dict[str, float], float, float]:
    """Weights and bias, scaled so that certainty is a probability, and the calibration error on held-out texts."""
    counts = Counter(feature for example in examples for feature in set(example.features))
    rows = [{name: 1.0 for name in example.features if counts[name] >= RAREST} for example in examples]
    right = np.array([example.right for example in examples])
    texts = np.array([example.text for example in examples])
    weight = np.array([example.weight for example in examples])
    vectorizer = DictVectorizer()
    seen = vectorizer.fit_transform(rows)
    scores = np.zeros(len(examples))
    for learned, held in GroupKFold(FOLDS).split(seen, right, texts):
        model = _model().fit(seen[learned], right[learned], sample_weight=weight[learned])
        scores[held] = model.decision_function(seen[held])
    scale = LogisticRegression(C=1e6).fit(scores[:, None], right, sample_weight=weight)
    slope, shift = float(scale.coef_[0][0]), float(scale.intercept_[0])
    model = _model().fit(seen, right, sample_weight=weight)
    names = vectorizer.get_feature_names_out()
    weights = {str(name): slope * float(weight) for name, weight in zip(names, model.coef_[0], strict=True)}
    certainty = 1 / (1 + np.exp(-(slope * scores + shift)))
    return weights, slope * float(model.intercept_[0]) + shift, calibration_error(certainty, right)


def _model() -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=2000, solver="lbfgs")


def calibration_error(certainty: Any, right: Any, bins: int = 10) -> float:
    """Expected calibration error: the mean distance between certainty and share of right ones, over ten bins."""
    edges = np.linspace(0, 1, bins + 1)
    total = 0.0
    for low, high in pairwise(edges):
        inside = (certainty >= low) & (certainty < high if high < 1 else certainty <= high)
        if inside.any():
            total += inside.mean() * abs(certainty[inside].mean() - right[inside].mean())
    return float(total)


if __name__ == "__main__":
    main()
