"""The commands, run as a user runs them: what they print, how they fail, and what they leave behind."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import jsonschema
import pytest

import cli
from records import ClaimFilter
from store import open_store
from tests import readings
from tests.commands import Command, Ran

ROOT = Path(__file__).resolve().parent.parent
ALL = ClaimFilter()

REPORT = """Germany has sent 500 soldiers to Lithuania, the ministry said.

France will send a frigate to the Black Sea.
"""
CORRECTED = REPORT.replace("500", "600")


@pytest.fixture
def filled(garrison: Command) -> Command:
    store = open_store(os.environ["GARRISON_STORE"])
    for reading in (readings.baltic(), readings.black_sea(), readings.in_doubt(), readings.sample()):
        store.save(reading)
    store.close()
    return garrison


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# Usage


def test_help_comes_without_a_heavy_import() -> None:
    """Nobody waits seconds for it."""
    code = (
        "import sys, cli; sys.argv = ['garrison', '--help']\n"
        "try: cli.main()\n"
        "except SystemExit as ended: assert ended.code == 0\n"
        "print({'spacy', 'sqlalchemy', 'geopandas', 'pandas', 'streamlit', 'trafilatura'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "relocate" in done.stdout
    assert done.stdout.splitlines()[-1] == "set()"


def test_without_a_command_the_help_is_shown(garrison: Command) -> None:
    ran = garrison()
    assert ran.code == 2
    assert "relocate" in ran.out
    assert not ran.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nonsense"], "'nonsense'; see: garrison --help"),
        (["--nonsense"], "--nonsense"),
        (["add"], "PATH"),
        (["add", "a.txt", "b.txt", "--url", "https://example.org"], "one PATH"),
        (["add", "a.txt", "--published", "28.1.2022"], "--published"),
        (["extract"], "--articles"),
        (["extract", "a.txt", "--articles", "b.jsonl"], "--articles"),
        (["export"], "--format"),
        (["export", "--format", "xlsx"], "'xlsx'"),
        (["export", "--format", "csv", "--status", "gone"], "'gone' is none of deployed"),
        (["export", "--format", "csv", "--asset", "ufo"], "'ufo' is none of ground"),
        (["export", "--format", "csv", "--since", "January"], "--since"),
        (["run", "--port", "70000"], "65535"),
        (["samples", "maybe"], "'maybe'"),
        (["remove"], "ID"),
    ],
)
def test_wrong_usage_is_one_line_and_two(garrison: Command, arguments: Sequence[str], says: str) -> None:
    ran = garrison(*arguments)
    assert ran.code == 2
    assert says in ran.complaint
    assert "--help" in ran.complaint
    assert not ran.out


# Failures


@pytest.mark.parametrize("command", ["add", "extract", "places"])
@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "no text in it"),
        ("binary.txt", b"\x7fELF\0\0\0", "binary"),
        ("noise.txt", bytes(range(128, 256)) * 9, "UTF-8"),
        ("memo.docx", b"PK", ".docx"),
        ("bad.md", b"---\npublished: never\n---\nText.", "never"),
    ],
)
def test_bad_articles_are_named_and_nothing_is_made(
    garrison: Command, tmp_path: Path, command: str, name: str, content: bytes, says: str
) -> None:
    ran = garrison(command, write(tmp_path / name, content))
    assert ran.code == 1
    assert name in ran.complaint
    assert says in ran.complaint
    assert not ran.out
    assert not (tmp_path / "own.db").exists()


@pytest.mark.parametrize("command", ["add", "extract", "places"])
def test_absent_files_are_named(garrison: Command, command: str) -> None:
    ran = garrison(command, "none\n\x1b[31m.txt")
    assert ran.code == 1
    assert "no such file" in ran.complaint
    assert "\x1b" not in ran.err


@pytest.mark.parametrize("line", ["{", '{"id": "b"}', "[]"])
def test_a_bad_line_is_named(garrison: Command, tmp_path: Path, line: str) -> None:
    path = write(tmp_path / "articles.jsonl", line + "\n")
    ran = garrison("extract", "--articles", path)
    assert ran.code == 1
    assert f"{path}:1: " in ran.complaint


@pytest.mark.parametrize(
    "arguments", [["remove", "x"], ["export", "--format", "csv"], ["relocate"], ["samples", "remove"]]
)
def test_an_absent_store_is_told_and_not_made(garrison: Command, tmp_path: Path, arguments: Sequence[str]) -> None:
    ran = garrison(*arguments)
    assert ran.code == 1
    assert "no store there" in ran.complaint
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_is_none_is_told(garrison: Command, tmp_path: Path) -> None:
    path = write(tmp_path / "noise.db", b"no database" * 1000)
    ran = garrison("export", "--format", "csv", "--store", f"sqlite:///{path}")
    assert ran.code == 1
    assert "noise.db" in ran.complaint
    assert "mysql: no such kind" in garrison("remove", "x", "--store", "mysql://h/d").complaint


def test_bad_settings_are_told(garrison: Command, tmp_path: Path) -> None:
    write(tmp_path / "garrison.toml", "port = 'x'")
    assert "port 'x'" in garrison("prepare").complaint


def test_the_unexpected_is_one_line_too(garrison: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write(tmp_path / "garrison.toml", "")
    (tmp_path / "garrison.toml").chmod(0)
    if os.access(tmp_path / "garrison.toml", os.R_OK):
        (tmp_path / "garrison.toml").unlink()
        (tmp_path / "garrison.toml").symlink_to("/proc/self/mem")  # opens, and cannot be read
    ran = garrison("remove", "x")
    assert ran.code == 1
    assert ran.complaint
    assert "try again" in ran.complaint or "GARRISON_DEBUG=1" in ran.complaint
    monkeypatch.setenv("GARRISON_DEBUG", "1")
    monkeypatch.setattr(sys, "argv", ["garrison", "remove", "x"])
    with pytest.raises(OSError, match=r".*"):
        cli.main()


def test_a_reader_who_has_had_enough_is_no_error(filled: Command, tmp_path: Path) -> None:
    assert filled("export", "--format", "csv").code == 0
    store = f"sqlite:///{tmp_path / 'own.db'}"
    command = f"{sys.executable} -m cli export --format geojson --store {store} | true"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, check=True)
    assert done.stderr == b""


# Without the pipeline


def test_removal(filled: Command) -> None:
    ran = filled("remove", "baltic", "nowhere")
    assert ran.code == 1
    assert "nowhere" in ran.complaint
    ran = filled("remove", "baltic", "black-sea")
    assert (ran.code, ran.out, ran.err) == (0, "removed 2 articles\n", "")
    assert filled("remove", "baltic").code == 1


def test_samples_leave(filled: Command) -> None:
    assert filled("samples", "remove").out == "removed 1 sample\n"
    assert filled("samples", "remove").out == "removed 0 samples\n"


def exported(ran: Ran) -> list[dict[str, str]]:
    assert ran.code == 0, ran.err
    return list(csv.DictReader(io.StringIO(ran.out.removeprefix("\ufeff"))))


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ("", 8),
        ("--actor FRA --actor DEU", 4),
        ("--host ROU", 1),
        ("--host t:black-sea --status discussed", 1),
        ("--since 2022-01-01 --until 2022-01-27", 1),
        ("--asset naval --asset air", 3),
        ("--article baltic", 2),
        ("--search frigates", 3),
        ("--certainty cautious", 7),
        ("--place t:black-sea", 2),
    ],
)
def test_export_of_what_is_filtered(filled: Command, filters: str, count: int) -> None:
    assert len(exported(filled("export", "--format", "csv", *filters.split()))) == count
    collection = json.loads(filled("export", "--format", "geojson", *filters.split()).out)
    assert len(collection["features"]) == count


def test_export_by_outlet(filled: Command) -> None:
    rows = exported(filled("export", "--format", "csv", "--source", "Harbour News"))
    assert {row["outlet"] for row in rows} == {"Harbour News"}


# With the pipeline: each start loads the language model, so each test asks for much


def test_extraction_answers_each_file_and_line(garrison: Command, tmp_path: Path, shared: Path) -> None:
    schema = json.loads((shared / "claim.schema.json").read_text(encoding="utf-8"))
    first, second = write(tmp_path / "first.txt", REPORT), write(tmp_path / "quiet.txt", "The weather was fine.")
    ran = garrison("extract", "--published", "2022-01-28", first, second, "-", stdin=CORRECTED.encode())
    assert (ran.code, ran.err) == (0, "")
    by_id = {line["id"]: line["claims"] for line in ran.lines}
    assert list(by_id) == ["first", "quiet", "-"]
    assert by_id["quiet"] == []
    assert {claim["actor"] for claim in by_id["first"]} == {"DEU", "FRA"}
    for claim in [*by_id["first"], *by_id["-"]]:
        jsonschema.validate(claim, schema, jsonschema.Draft202012Validator)
    for claim in by_id["first"]:
        evidence = claim["evidence"]
        assert REPORT[evidence["start"] : evidence["end"]] == evidence["text"]
    lines = write(tmp_path / "lines.jsonl", "\n".join(json.dumps({"id": id, "text": REPORT}) for id in "ab"))
    ran = garrison("extract", "--articles", lines)
    assert [line["id"] for line in ran.lines] == ["a", "b"]
    assert [line["claims"][0]["actor"] for line in ran.lines] == ["DEU", "DEU"]


def test_places_are_given_with_what_else_they_could_be(garrison: Command, tmp_path: Path) -> None:
    ran = garrison("places", write(tmp_path / "report.txt", REPORT))
    assert (ran.code, ran.err) == (0, "")
    [line] = ran.lines
    assert line["id"] == "report"
    spans = {span["text"]: span for span in line["spans"]}
    assert spans["Lithuania"]["countries"] == ["LTU"]
    assert spans["Black Sea"]["kind"] == "sea"
    for span in line["spans"]:
        assert REPORT[span["start"] : span["end"]] == span["text"]
        assert set(span) == {
            *("start", "end", "text", "name", "kind", "lat", "lon", "countries", "gazetteer_id", "candidates")
        }


def test_files_named_alike_are_answered_under_their_paths(garrison: Command, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    paths = [write(tmp_path / "a.txt", REPORT), write(tmp_path / "other" / "a.txt", CORRECTED)]
    ran = garrison("extract", *paths, tmp_path / "none.txt")
    assert ran.code == 1
    assert "none.txt" in ran.complaint
    assert [line["id"] for line in ran.lines] == [str(path) for path in paths]


def test_addition_again_and_corrected(garrison: Command, tmp_path: Path) -> None:
    store = open_store(os.environ["GARRISON_STORE"])
    path, url = write(tmp_path / "a.txt", REPORT), "https://example.org/a"
    given = ["--published", "2022-01-28", "--url", url, "--source", "Gazette"]
    ran = garrison("add", path, *given)
    assert ran.code == 0, ran.err
    assert "added      " in ran.out
    assert "2 claims" in ran.out
    once = store.summary(ALL)
    assert (once.total, once.articles) == (2, 1)
    ran = garrison("add", path, *given)
    assert ran.code == 0
    assert "unchanged  " in ran.out
    assert store.summary(ALL) == once
    ran = garrison("add", write(path, CORRECTED), *given)
    assert "read anew  " in ran.out
    row = store.claims(ClaimFilter(actors=("DEU",))).iloc[0]
    assert (row["quantity_low"], row["outlet"], row["url"], row["published"]) == (600, "Gazette", url, "2022-01-28")
    [article] = {*store.claims(ALL)["article"]}
    found = store.article(article)
    assert found
    assert len(found.earlier) == 1
    assert garrison("remove", article).code == 0
    assert store.summary(ALL).total == 0


def test_one_bad_file_does_not_stop_the_others(garrison: Command, tmp_path: Path) -> None:
    good, quiet = write(tmp_path / "good.txt", REPORT), write(tmp_path / "quiet.txt", "The weather was fine.")
    ran = garrison("add", write(tmp_path / "empty.txt", ""), good, quiet)
    assert ran.code == 1
    assert "empty.txt" in ran.complaint
    assert ran.out.count("added      ") == 2
    assert "(0 claims, no date of publication)" in ran.out
    store = open_store(os.environ["GARRISON_STORE"])
    summary = store.summary(ALL)
    assert (summary.total, summary.undated) == (2, 2)
    assert store.article(next(line.split()[1] for line in ran.out.splitlines() if "fine" in line))


def test_placing_again(filled: Command) -> None:
    ran = filled("relocate")
    assert ran.code == 0
    assert ran.out.endswith("placements changed\n")
    rows = exported(filled("export", "--format", "csv"))
    assert len(rows) == 8
    assert not {row["gazetteer"] for row in rows} & {readings.GAZETTEER}
    assert filled("relocate").out.endswith("\n0 placements changed\n")
