"""The sample reports: marked as samples, composed for Garrison, and holding the cases that they are there to show."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

import frontmatter
import pytest

REPORTS = sorted((Path(__file__).resolve().parent.parent / "data" / "reports").glob("*.md"))
NOTE = "composed for Garrison from public record"
LONGEST_SHARED_RUN = 7


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def runs_of(text: str, length: int) -> set[tuple[str, ...]]:
    words = words_of(text)
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def texts_beside(shared: Path) -> Iterator[tuple[str, str]]:
    """Every text of the gold and the articles, with where it comes from."""
    for path in sorted((shared / "articles").rglob("*.txt")):
        yield path.name, path.read_text(encoding="utf-8")
    for path in sorted((shared / "gold").rglob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield f"{path.name}: {row['id']}", row["text"]


def test_there_are_enough() -> None:
    assert len(REPORTS) >= 12


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_says_that_it_is_a_sample(path: Path) -> None:
    report = frontmatter.load(str(path))
    assert report["sample"] is True
    assert report["note"] == NOTE
    assert str(report["title"]).strip()
    assert str(report["source"]).startswith("Garrison sample "), "a sample must not look like a real outlet's"
    assert isinstance(report["published"], date)
    assert path.stem.startswith(f"{report['published']}-"), "the file's name begins with the date"


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_is_as_long_as_news(path: Path) -> None:
    assert 90 <= len(frontmatter.load(str(path)).content.split()) <= 260


def test_one_report_copies_another() -> None:
    """The case for corroboration: two outlets with one text are one source."""
    runs = {path.stem: runs_of(frontmatter.load(str(path)).content, LONGEST_SHARED_RUN + 1) for path in REPORTS}
    near = [
        (one, other)
        for one, other in combinations(sorted(runs), 2)
        if len(runs[one] & runs[other]) > 0.5 * min(len(runs[one]), len(runs[other]))
    ]
    assert near == [("2022-02-07-germany-reinforces-rukla", "2022-02-08-germany-reinforces-rukla-in-brief")]


def test_no_sentence_comes_from_elsewhere(shared: Path) -> None:
    mine = {
        run: path.stem for path in REPORTS for run in runs_of(path.read_text(encoding="utf-8"), LONGEST_SHARED_RUN + 1)
    }
    taken = {
        f"{mine[run]} and {origin}: {' '.join(run)}"
        for origin, text in texts_beside(shared)
        for run in runs_of(text, LONGEST_SHARED_RUN + 1) & mine.keys()
    }
    assert not taken
