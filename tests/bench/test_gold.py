"""Our annotated texts: every row sound, none copied, the split fixed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.gold import DEFAULTS, PARTS, Row, faults_of, load_gold, part_of
from errors import DataError

COPIED = 10  # as many words in a row are no accident

SOUND: Row = {
    "id": "t-1",
    "title": "Ships",
    "published": "2023-03-08",
    "region": "North",
    "register": "wire",
    "text": "Norway sent two frigates to Iceland on Monday.",
    "claims": [
        {
            "evidence": "Norway sent two frigates to Iceland on Monday.",
            "actor": "NOR",
            "asset": "naval",
            "status": "deployed",
            "place": "Iceland",
            "place_kind": "country",
            "country": "ISL",
            "lat": 65.0,
            "lon": -19.0,
            "quantity": {"low": 2, "high": 2, "of": "ships", "text": "two"},
            "trigger": "sent",
        }
    ],
}


def broken(**changes: object) -> Row:
    return {**SOUND, "claims": [{**SOUND["claims"][0], **changes}]}


def written(folder: Path, *rows: Row) -> Path:
    (folder / "some.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return folder


def test_every_row_is_sound() -> None:
    rows = load_gold()
    assert len(rows) > 400
    assert sum(not row["claims"] for row in rows) > 100


def test_the_parts_are_all_texts_once() -> None:
    parts = [{row["id"] for row in load_gold(part)} for part in PARTS]
    assert set.union(*parts) == {row["id"] for row in load_gold()}
    assert sum(map(len, parts)) == len(set.union(*parts))
    train, check, test = map(len, parts)
    assert train > check + test
    assert min(check, test) > 80


def test_a_text_stays_in_its_part_for_ever() -> None:
    assert [part_of(id) for id in ("eu-001", "eu-002", "eu-003", "am-004", "aa-005")] == [
        "test",
        "train",
        "train",
        "test",
        "test",
    ]


def test_defaults_are_filled_in(tmp_path: Path) -> None:
    (row,) = load_gold(folder=written(tmp_path, SOUND))
    assert set(DEFAULTS) | {"alt"} <= set(row["claims"][0])
    assert row["claims"][0]["direction"] == "in"
    assert row["claims"][0]["optional"] is False


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({**SOUND, "text": ""}, "'text' is missing"),
        ({**SOUND, "register": "poem"}, "register 'poem'"),
        ({**SOUND, "published": "soon"}, "published 'soon'"),
        ({**SOUND, "claims": SOUND["claims"] * 2}, "two claims say the same"),
        (broken(place=None), "no place"),
        (broken(place="Greenland"), "place 'Greenland' does not stand"),
        (broken(evidence="Norway sent ships."), "evidence 'Norway sent ships.' does not stand"),
        (broken(unit="frigate "), "unit 'frigate ' does not stand"),
        (broken(source="the king"), "source 'the king' does not stand"),
        (broken(trigger="send"), "trigger 'send' does not stand"),
        (broken(asset="boats"), "asset 'boats'"),
        (broken(alt={"status": ["gone"]}), "status 'gone'"),
        (broken(direction="out"), "status 'deployed' does not go with direction 'out'"),
        (broken(status="withdrawn"), "status 'withdrawn' does not go with direction 'in'"),
        (broken(date="2023-13"), "date '2023-13'"),
        (broken(quantity={"low": 3, "high": 2, "of": "ships", "text": "two"}), "ends before it begins"),
        (broken(quantity={"low": 0, "high": 2, "of": "ships", "text": "two"}), "above nought"),
        (broken(quantity={"low": 2, "high": 2, "of": "boats", "text": "two"}), "counts 'boats'"),
        (broken(quantity={"low": 2, "high": 2, "of": "ships", "text": "2"}), "quantity '2' does not stand"),
        (broken(lon=None), "one coordinate without"),
        (broken(lat=95.0), "no latitude"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_faults_are_told_by_file_and_line(tmp_path: Path, row: Row, fault: str) -> None:
    assert not list(faults_of(SOUND))
    folder = written(tmp_path, {**SOUND, "id": "t-0"}, row)
    with pytest.raises(DataError, match=rf"some\.jsonl:2: .*{re.escape(fault)}"):
        load_gold(folder=folder)


def test_an_id_stands_once(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"some\.jsonl:2: id 't-1' stands in some\.jsonl:1 already"):
        load_gold(folder=written(tmp_path, SOUND, SOUND))


def test_a_line_that_is_no_json_is_told(tmp_path: Path) -> None:
    (tmp_path / "some.jsonl").write_text('{"id": 1\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"some\.jsonl:1: no JSON"):
        load_gold(folder=tmp_path)


def test_an_unknown_part_is_refused() -> None:
    with pytest.raises(DataError, match="no part 'dev'"):
        load_gold("dev")


def test_no_text_is_copied_from_the_shared_ones(shared: Path) -> None:
    theirs = {run for text in shared_texts(shared) for run in runs(text)}
    copied = {row["id"]: " ".join(run) for row in load_gold() for run in runs(row["text"]) if run in theirs}
    assert not copied


def shared_texts(shared: Path) -> Iterator[str]:
    for path in [*(shared / "gold").glob("*.jsonl"), *(shared / "raw").glob("*.jsonl")]:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line).get("text") or ""


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return (tuple(words[at : at + COPIED]) for at in range(len(words) - COPIED + 1))
