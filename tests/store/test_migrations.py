"""A store of an older version is copied, brought up to date and keeps all that it held."""

from __future__ import annotations

import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, make_url

from errors import StoreError
from records import ClaimFilter
from store import migrations, open_store, postgresql, sqlite, sqlite_files
from store.migrations import schema_of, upgrade
from store.sql import SqlStore
from store.tables import SCHEMA, metadata
from tests import readings

OLDEST = Path(__file__).with_name("schema-1.sql")
STEPS = Path(migrations.__file__).parent
ALL = ClaimFilter()
#: What made a store of schema 1 one of schema 2, before Alembic came.
SCHEMA_2 = """
CREATE TABLE reviews (
    id INTEGER NOT NULL, article VARCHAR NOT NULL, about VARCHAR NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, words TEXT NOT NULL, verdict VARCHAR NOT NULL, place VARCHAR, reason TEXT NOT NULL,
    who TEXT NOT NULL, at DATETIME NOT NULL, PRIMARY KEY (id),
    FOREIGN KEY(article) REFERENCES articles (id) ON DELETE CASCADE, FOREIGN KEY(place) REFERENCES places (id)
);
CREATE INDEX ix_reviews_article ON reviews (article);
ALTER TABLE mentions ADD COLUMN shown VARCHAR REFERENCES places (id);
UPDATE mentions SET shown = place;
ALTER TABLE claims ADD COLUMN by_reader BOOLEAN DEFAULT 0 NOT NULL;
UPDATE notes SET value = '2' WHERE name = 'schema';
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The file of a store of schema 1."""
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as file:
        file.executescript(OLDEST.read_text(encoding="utf-8"))
    return path


def shape(store: SqlStore) -> dict[str, Any]:
    """Columns, keys and indexes of every table, in no order."""
    found = inspect(store._reading)
    return {
        table: (
            {column["name"]: (str(column["type"]), column["nullable"]) for column in found.get_columns(table)},
            found.get_pk_constraint(table)["constrained_columns"],
            sorted((*key["constrained_columns"], key["referred_table"], str(key["options"]))
                   for key in found.get_foreign_keys(table)),
            sorted((str(index["name"]), *map(str, index["column_names"])) for index in found.get_indexes(table)),
        )
        for table in found.get_table_names()
    }  # fmt: skip


def test_an_old_store_becomes_like_a_new_one_and_keeps_its_readings(old: Path, tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{old}")
    assert store.noted("schema") == str(SCHEMA)
    assert shape(store) == shape(open_store(f"sqlite:///{tmp_path / 'new.db'}"))
    for reading in (readings.baltic(), readings.in_doubt()):
        kept = store.article(reading.article.id)
        assert kept
        assert kept.reading == reading
    summary = store.summary(ALL)
    assert (summary.total, summary.unplaced, summary.by_reader, len(summary.marks)) == (4, 1, 0, 3)
    place = readings.baltic().placements[0].mention
    store.review_place("baltic", place.span, readings.MALI, who="A")
    assert store.summary(ALL).by_reader == 1


def test_the_store_is_copied_before(old: Path) -> None:
    open_store(f"sqlite:///{old}")
    copy = old.with_name("old.db.schema-1")
    with closing(sqlite3.connect(copy)) as file, OLDEST.open(encoding="utf-8") as script:
        kept = list(file.iterdump())
        assert "\n".join(kept) == script.read().partition("\n")[2].strip()
    open_store(f"sqlite:///{old}")
    assert [path.name for path in old.parent.iterdir() if "schema" in path.name] == [copy.name], "once"


def test_of_several_at_once_one_brings_it_up_to_date(old: Path) -> None:
    with ThreadPoolExecutor(4) as at_once:
        stores = list(at_once.map(open_store, [f"sqlite:///{old}"] * 4))
    assert [store.summary(ALL).total for store in stores] == [4] * 4
    assert len([path for path in old.parent.iterdir() if "schema" in path.name]) == 1


def test_an_earlier_copy_is_kept(old: Path) -> None:
    old.with_name("old.db.schema-1").write_text("something of the reader's")
    open_store(f"sqlite:///{old}")
    assert old.with_name("old.db.schema-1").read_text() == "something of the reader's"
    assert old.with_name("old.db.schema-1-2").is_file()


@pytest.mark.parametrize("step", ["ALTER TABLE nowhere ADD COLUMN x TEXT", "DELETE FROM articles WHERE id = 'baltic'"])
def test_a_step_that_fails_leaves_the_store_as_it_was(
    old: Path, step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = tmp_path / "steps"
    shutil.copytree(STEPS, steps)
    further = f"""
from alembic import op
revision, down_revision = "{SCHEMA + 1}", "{SCHEMA}"
def upgrade():
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute({step!r})
    op.execute("UPDATE claims SET place_mention = 99")
"""
    (steps / "versions" / "further.py").write_text(further, encoding="utf-8")
    monkeypatch.setattr(migrations, "_STEPS", steps)
    with pytest.raises(StoreError):
        open_store(f"sqlite:///{old}")
    monkeypatch.undo()
    with closing(sqlite3.connect(old)) as file:
        assert file.execute("SELECT value FROM notes WHERE name = 'schema'").fetchone() == ("1",)
        assert "shown" not in [column[1] for column in file.execute("PRAGMA table_info(mentions)")]
    assert not list(old.parent.glob("*.renewing*"))
    assert open_store(f"sqlite:///{old}").summary(ALL).total == 2 + 2


def test_a_store_that_is_open_elsewhere_is_not_replaced(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The older Garrison that has it open would go on writing by the tables that it knows."""
    monkeypatch.setattr(sqlite_files, "PATIENCE_S", 0.3)
    with closing(sqlite3.connect(old)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        assert other.execute("SELECT count(*) FROM claims").fetchone() == (4,)
        with pytest.raises(StoreError, match="another process has this store open"):
            open_store(f"sqlite:///{old}")
        other.execute("INSERT INTO notes VALUES ('written', 'meanwhile')")
        other.commit()
    assert open_store(f"sqlite:///{old}").noted("written") == "meanwhile"


def test_a_store_of_schema_2_is_recognised_too(old: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(old)) as file:
        file.executescript(SCHEMA_2)
    store = open_store(f"sqlite:///{old}")
    assert old.with_name("old.db.schema-2").is_file()
    assert shape(store) == shape(open_store(f"sqlite:///{tmp_path / 'new.db'}"))
    assert store.summary(ALL).total == 4


def test_taking_every_step_makes_the_tables_of_today(absent_url: str) -> None:
    kind = postgresql if absent_url.startswith("postgresql") else sqlite
    engine = kind.open_engine(make_url(absent_url), create=True)
    with engine.begin() as connection:
        upgrade(connection, 0)
        differing = compare_metadata(MigrationContext.configure(connection), metadata)
        # PostGIS's own table, and words for whoever reads the tables' definition.
        assert [one for one in differing if "spatial_ref_sys" not in str(one) and "comment" not in str(one)] == []
        assert schema_of(connection) == SCHEMA
    engine.dispose()


def test_without_room_for_the_copy_nothing_is_changed(old: Path) -> None:
    in_the_way = old.with_name(f"old.db.schema-1.making-{os.getpid()}")
    in_the_way.mkdir()
    with pytest.raises(StoreError, match="could not be copied"):
        open_store(f"sqlite:///{old}")
    with closing(sqlite3.connect(old)) as file:
        assert file.execute("SELECT value FROM notes WHERE name = 'schema'").fetchone() == ("1",)


def test_every_step_is_there() -> None:
    assert {path.stem for path in (STEPS / "versions").glob("schema_*")} == {
        f"schema_{number}" for number in range(1, SCHEMA + 1)
    }
