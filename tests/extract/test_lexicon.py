"""The word lists: every entry usable, a faulty one named by file and line."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import get_args

import pytest

from errors import DataError
from extract.lexicon import ActorKind, Frame, Part, Strength, load_lexicon
from extract.parsing import tokenise
from records import ASSETS, PLACE_KINDS, STATUSES, Counted, Direction, Relation
from settings import DATA
from tests.extract.english import lexicon

KNOWN: dict[tuple[str, str], tuple[str, ...]] = {
    # "… unsure": the name means more than one thing, so no rule takes it for its own.
    ("actors.csv", "kind"): (*get_args(ActorKind), "force_unsure", "leader_unsure"),
    ("bounds.csv", "bound"): ("low", "high", "about"),
    ("forces.csv", "asset"): ASSETS,
    ("forces.csv", "counts"): get_args(Counted),
    ("forces.csv", "strength"): get_args(Strength),
    ("governors.csv", "status"): STATUSES,
    ("place_names.csv", "kind"): PLACE_KINDS,
    ("place_nouns.csv", "kind"): ("", *PLACE_KINDS),
    ("place_nouns.csv", "relation"): ("", *get_args(Relation)),
    ("triggers.csv", "part"): get_args(Part),
    ("triggers.csv", "frame"): get_args(Frame),
    ("triggers.csv", "status"): ("", *STATUSES),
    ("triggers.csv", "direction"): get_args(Direction),
}


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The data that a lexicon is read from, to be broken."""
    shutil.copytree(DATA / "lexicon", tmp_path / "lexicon")
    shutil.copy(DATA / "countries.csv", tmp_path / "countries.csv")
    return tmp_path


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / "lexicon" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize(("name", "column"), KNOWN)
def test_every_value_is_one_that_the_reader_knows(name: str, column: str) -> None:
    strange = {row["words"]: row[column] for row in rows(name) if row[column] not in KNOWN[name, column]}
    assert not strange


def test_countries_their_peoples_and_capitals_are_actors() -> None:
    for words, actor in (("Estonia", "EST"), ("Estonians", "EST"), ("Tallinn", "EST"), ("Pentagon", "USA")):
        hit = lexicon().actors.at([words], 0)
        assert hit is not None
        assert hit.value.actor == actor


def test_a_line_with_a_field_missing_is_named(copied: Path) -> None:
    path = copied / "lexicon" / "forces.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[6] = "frogman,ground"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(DataError, match=r"forces\.csv, line 7: .*mend"):
        load_lexicon(copied, tokenise)


def test_a_line_with_a_field_too_many_is_named(copied: Path) -> None:
    path = copied / "lexicon" / "hedges.csv"
    path.write_text("words\nmaybe\nperhaps,so\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"hedges\.csv, line 3"):
        load_lexicon(copied, tokenise)


def test_a_missing_file_is_named(copied: Path) -> None:
    (copied / "lexicon" / "triggers.csv").unlink()
    with pytest.raises(DataError, match=r"triggers\.csv: cannot be read"):
        load_lexicon(copied, tokenise)
