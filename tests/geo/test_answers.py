"""Answers of online geocoders on disk: bounded in number, size and age, and never a reason to fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.answers import LARGEST, Answer, Answers

PARIS = Answer((("Paris, France", 48.85, 2.35, {"osm": [1, "ü"]}),), 1000.0)
DAY = 86_400.0


def answers(path: Path, *, now: float = 1000.0, days: int = 30, most: int = 5) -> Answers:
    return Answers(path / "kept" / "online.sqlite", days=days, most=most, now=lambda: now)


def test_what_is_put_is_got(tmp_path: Path) -> None:
    assert answers(tmp_path).get("a") is None
    answers(tmp_path).put("a", PARIS)
    answers(tmp_path).put("nothing", Answer((), 1000.0))
    assert answers(tmp_path).get("a") == PARIS
    assert answers(tmp_path).get("nothing") == Answer((), 1000.0)


def test_the_oldest_go_first(tmp_path: Path) -> None:
    for number in range(8):
        answers(tmp_path).put(str(number), Answer((), 1000.0 + number))
    assert [number for number in range(8) if answers(tmp_path).get(str(number))] == [3, 4, 5, 6, 7]


def test_an_answer_ages(tmp_path: Path) -> None:
    answers(tmp_path).put("a", PARIS)
    assert answers(tmp_path, now=1000 + 29 * DAY).get("a")
    assert answers(tmp_path, now=1000 + 30 * DAY).get("a") is None


def test_what_is_too_large_is_not_kept(tmp_path: Path) -> None:
    answers(tmp_path).put("a", Answer((("x" * LARGEST, 1.0, 1.0, {}),), 1000.0))
    assert answers(tmp_path).get("a") is None


@pytest.mark.parametrize("how", [{"days": 0}, {"most": 0}])
def test_nothing_is_kept_where_none_is_wanted(tmp_path: Path, how: dict[str, int]) -> None:
    answers(tmp_path, **how).put("a", PARIS)
    assert not list(tmp_path.iterdir())


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    file = answers(tmp_path).path
    file.parent.mkdir()
    file.write_bytes(b"no database " * 100)
    assert answers(tmp_path).get("a") is None
    answers(tmp_path).put("a", PARIS)
    assert answers(tmp_path).get("a") == PARIS


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file, and no folder", encoding="utf-8")
    answers(tmp_path).put("a", PARIS)
    assert answers(tmp_path).get("a") is None
