"""The article that the project began with: every claim of it, none false. Its text stays outside the project."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from data.build import build
from extract.jsonl import read_articles
from pipeline import Pipeline, load_pipeline
from settings import DATA, STATIC, load_settings
from store.interchange import claim_json


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    """The whole way from text to placed claims, on the gazetteer that ``garrison prepare`` makes."""
    settings = load_settings()
    build(settings.home, STATIC, progress=print)
    return load_pipeline(gazetteer=settings.gazetteer, data=DATA, point_of_view="un")


def test_all_fourteen_claims_are_read_and_none_is_false(shared: Path, pipeline: Pipeline, tmp_path: Path) -> None:
    gold = shared / "gold" / "seed.jsonl"
    answers = tmp_path / "answers.jsonl"
    readings = [pipeline.read(article) for article in read_articles(gold)]
    rows = [
        {"id": reading.article.id, "claims": [claim_json(claim, reading) for claim in reading.claims]}
        for reading in readings
    ]
    answers.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    result = scored(shared, gold, answers)
    assert result["core"] == 14
    assert result["claims"]["recall"] == 1.0
    assert result["claims"]["precision"] == 1.0
    assert result["strict"]["recall"] >= 13 / 14


def scored(shared: Path, gold: Path, answers: Path) -> dict[str, Any]:
    command = [sys.executable, str(shared / "gold" / "score.py"), str(gold), str(answers), "--json"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    result: dict[str, Any] = json.loads(printed)
    return result
