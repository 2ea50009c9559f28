"""The article that the project began with: every claim of it, none false. Its text stays outside the project."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extract.jsonl import read_articles
from records import Article, Reading
from store.interchange import claim_json
from tests.extract import atlas
from tests.extract.english import reader


def read(article: Article) -> Reading:
    """The extractor's claims, placed by the tests' own atlas."""
    parsed = reader().parse(article)
    placements = atlas.resolve(reader().mentions(parsed))
    claims = tuple(reader().claims(parsed, placements))
    return Reading(article, tuple(placements), claims, reader().version, "atlas", datetime.now(UTC))


def score(shared: Path, gold: Path, predicted: Path) -> dict[str, Any]:
    command = [sys.executable, str(shared / "gold" / "score.py"), str(gold), str(predicted), "--json"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    result: dict[str, Any] = json.loads(printed)
    return result


def test_all_fourteen_claims_are_read_and_none_is_false(shared: Path, tmp_path: Path) -> None:
    gold = shared / "gold" / "seed.jsonl"
    predicted = tmp_path / "predicted.jsonl"
    readings = [read(article) for article in read_articles(gold)]
    answers = [
        {"id": reading.article.id, "claims": [claim_json(claim, reading) for claim in reading.claims]}
        for reading in readings
    ]
    predicted.write_text("".join(f"{json.dumps(answer)}\n" for answer in answers), encoding="utf-8")
    result = score(shared, gold, predicted)
    assert result["core"] == 14
    assert result["claims"]["recall"] == 1.0
    assert result["claims"]["precision"] == 1.0
    assert result["strict"]["recall"] >= 13 / 14
