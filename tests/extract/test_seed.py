"""The article that the project began with: its claims, none shown that is false. Its text stays outside the project."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from data.build import build
from intake.jsonl import read_articles
from pipeline import Pipeline, load_pipeline
from records import CERTAINTY
from settings import DATA, STATIC, load_settings
from store.interchange import claims_json


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    """The whole way from text to placed claims, on the gazetteer that ``garrison prepare`` makes."""
    settings = load_settings()
    build(settings.home, STATIC, progress=print)
    return load_pipeline(gazetteer=settings.gazetteer, data=DATA, point_of_view="un")


@pytest.mark.parametrize(
    ("certainty", "recall", "precision"), [("everything", 13 / 14, 0.87), ("default", 12 / 14, 1.0)]
)
def test_the_fourteen_claims_are_read_and_none_that_is_shown_is_false(
    shared: Path, pipeline: Pipeline, tmp_path: Path, certainty: str, recall: float, precision: float
) -> None:
    gold = shared / "gold" / "seed.jsonl"
    answers = tmp_path / "answers.jsonl"
    readings = [pipeline.read(article) for article in read_articles(gold)]
    rows = [
        {"id": reading.article.id, "claims": claims_json(reading, least=CERTAINTY[certainty])} for reading in readings
    ]
    answers.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    result = scored(shared, gold, answers)
    assert result["core"] == 14
    assert result["claims"]["recall"] >= recall
    assert result["claims"]["precision"] >= precision


def scored(shared: Path, gold: Path, answers: Path) -> dict[str, Any]:
    command = [sys.executable, str(shared / "gold" / "score.py"), str(gold), str(answers), "--json"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    result: dict[str, Any] = json.loads(printed)
    return result
