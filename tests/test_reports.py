"""The sample reports: marked as samples, composed for Garrison, and read as a careful reader reads them.

``sample_claims.csv`` beside this file says what such a reader finds: (actor, place, direction), the statuses that may
be told of it, and whether it must be found (core) or only may.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

import frontmatter
import pytest

from data.build import build
from intake.article import read_article
from pipeline import load_pipeline
from records import CERTAINTY, Claim
from settings import DATA, STATIC, load_settings

REPORTS = sorted((Path(__file__).resolve().parent.parent / "data" / "reports").glob("*.md"))
NOTE = "composed for Garrison from public record"
LONGEST_SHARED_RUN = 7
ROUND_UP = "2022-01-28-from-the-black-sea-to-the-baltic"
#: Of the claims that must be found, the share below which the samples show the product at less than it can.
LEAST_FOUND = 0.75
#: Of the claims that the page shows of them at first, the share that must be what the text says.
LEAST_RIGHT = 0.85


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


class Expected:
    """One line of ``sample_claims.csv``."""

    def __init__(self, row: dict[str, str]) -> None:
        self.key = (row["actor"], folded(row["place"]), row["direction"])
        self.statuses = set(row["status"].split("|"))
        self.core = row["core"] == "yes"

    def is_told_by(self, claim: Claim) -> bool:
        actor, place, direction = self.key
        return claim.actor == actor and claim.direction == direction and place in folded(claim.place.text)


def folded(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()


@pytest.fixture(scope="module")
def expected() -> dict[str, list[Expected]]:
    found: dict[str, list[Expected]] = {path.stem: [] for path in REPORTS}
    with (Path(__file__).parent / "sample_claims.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["report"]].append(Expected(row))
    return found


@pytest.fixture(scope="module")
def claims() -> dict[str, list[Claim]]:
    """What the page shows of each sample at first: the claims at its default certainty."""
    settings = load_settings()
    build(settings.home, STATIC, progress=lambda _: None)
    reader = load_pipeline(gazetteer=settings.gazetteer, data=DATA, point_of_view="un")
    least = CERTAINTY["default"]
    return {
        path.stem: [claim for claim in reader.read(read_article(path)).claims if claim.confidence >= least]
        for path in REPORTS
    }


def test_the_samples_hardly_show_a_claim_that_their_text_does_not_make(
    claims: dict[str, list[Claim]], expected: dict[str, list[Expected]]
) -> None:
    wrong = [
        f"{report}: {claim.actor} {claim.direction} {claim.place.text} ({claim.rule})"
        for report, told in claims.items()
        for claim in told
        if not any(one.is_told_by(claim) for one in expected[report])
    ]
    assert len(wrong) <= (1 - LEAST_RIGHT) * sum(map(len, claims.values())), wrong


def test_most_of_what_the_samples_say_is_found(
    claims: dict[str, list[Claim]], expected: dict[str, list[Expected]]
) -> None:
    missed = [
        f"{report}: {one.key}"
        for report, wanted in expected.items()
        for one in wanted
        if one.core and not any(one.is_told_by(claim) for claim in claims[report])
    ]
    core = sum(one.core for wanted in expected.values() for one in wanted)
    assert len(missed) <= (1 - LEAST_FOUND) * core, missed


def test_the_round_up_is_read_nearly_whole(claims: dict[str, list[Claim]], expected: dict[str, list[Expected]]) -> None:
    told = claims[ROUND_UP]
    assert all(any(one.is_told_by(claim) for one in expected[ROUND_UP]) for claim in told)
    missed = [
        one.key
        for one in expected[ROUND_UP]
        if not any(one.is_told_by(claim) and claim.status in one.statuses for claim in told)
    ]
    assert len(missed) <= 2, missed


def test_the_black_sea_shows_two_claims(claims: dict[str, list[Claim]]) -> None:
    there = [claim for told in claims.values() for claim in told if "Black Sea" in claim.place.text]
    assert sorted(claim.actor for claim in there) == ["ESP", "FRA"]
