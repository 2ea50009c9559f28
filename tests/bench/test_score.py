"""The table and the floors; and that nothing is scored without the scorer."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bench.score import HEADING, LEAST, NAMES, Figures, shared_folder, table
from bench.shared import below_least
from errors import DataError

PLACES = ("LGL", "GeoVirus")  # the corpora of places, told by bench.places
JOINS = ("joins build", "joins test", "joins fresh", "pairs")  # told by bench.joins and bench.pairs
RESULT = {
    "articles": 9,
    "core": 20,
    "claims": {"precision": 0.5, "recall": 0.25, "f1": 0.333, "interval": [0.2, 0.4]},
    "strict": {"precision": 0.4, "recall": 0.2, "f1": 0.267, "interval": [0.1, 0.3]},
    "fields": {"asset": 1.0, "status": 0.9, "quantity": 0.8, "date": 0.7, "source": 0.6, "hedged_f1": 0.55},
    "places": {"right": 0.95, "median_km": 4.0},
    "negatives": 4,
    "negatives_wrong": 1,
}
FIGURES = Figures("own test", RESULT, (), {})


def test_the_table_has_a_cell_under_every_heading() -> None:
    lines = table([FIGURES]).splitlines()
    assert {line.count("|") for line in lines} == {len(HEADING) + 1}
    assert [cell.strip() for cell in lines[2].strip("|").split("|")] == [
        "own test", "9", "20", "0.50", "0.25", "0.33 (0.20–0.40)", "0.27 (0.10–0.30)",
        "1.00", "0.90", "0.80", "0.70", "0.60", "0.55", "0.95", "1 of 4",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "floor", "fails"),
    [
        ("f1", 0.33, False),
        ("f1", 0.34, True),
        ("recall", 0.25, False),
        ("quantity", 0.81, True),
        ("strict_f1", 0.26, False),
        ("strict_f1", 0.27, True),
        ("negatives_wrong", 0.25, False),
        ("negatives_wrong", 0.24, True),
    ],
)
def test_what_is_worse_than_its_floor_is_told(field: str, floor: float, fails: bool) -> None:
    told = list(below_least([FIGURES], {"own test": {field: floor}, "shared dev": {"f1": 1.0}}, "floors.toml"))
    assert len(told) == fails
    assert all("own test" in line and field in line for line in told)


@pytest.mark.parametrize("path", LEAST, ids=lambda path: path.name)
def test_floors_and_goals_are_set_for_sets_and_figures_that_there_are(path: Path) -> None:
    least = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(least) <= {*NAMES, *PLACES, *JOINS}
    assert "shared dev" in least
    assert {field for name in NAMES for field in least.get(name, {})} <= set(FIGURES.measured)


def test_without_the_shared_folder_it_says_what_is_needed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("GARRISON_SHARED", raising=False)
    with pytest.raises(DataError, match="scoring needs the shared folder"):
        shared_folder()
    monkeypatch.setenv("GARRISON_SHARED", str(tmp_path))
    with pytest.raises(DataError, match="set it to that folder"):
        shared_folder()
