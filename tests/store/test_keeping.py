"""A store is checked, copied to a file and put back, whichever the engines."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Table, insert, select, text, update

from errors import StoreError
from records import ClaimFilter
from store import open_store, sqlite_files
from store.keeping import back_up, restore
from store.sql import SqlStore
from store.tables import claims, mentions, metadata, originals, place_hosts, places, readings
from tests import readings as made
from tests.postgres import Server

ALL = ClaimFilter()


@pytest.fixture
def rich(filled: SqlStore) -> SqlStore:
    """With superseded readings, reviews, a retired article and an original."""
    filled.save(made.baltic(extractor="test-2"))
    span = made.baltic().claims[0].place.span
    review = filled.review_place("baltic", span, made.MALI, who="Ann", reason="so it says")
    filled.review_place("baltic", made.baltic().claims[1].place.span, None, who="Ann")
    filled.withdraw_review(review.id, who="Ben")
    filled.retire("in-doubt", who="Ann", reason="a hoax")
    return filled


def rows_of(store: SqlStore) -> dict[str, list[tuple[object, ...]]]:
    """All of every table, in no order."""
    with store._reading.begin() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for name, table in metadata.tables.items()
        }


# Check


def test_a_sound_store_has_no_faults(rich: SqlStore) -> None:
    assert list(rich.faults()) == []
    assert rich.count() == {"articles": 4, "readings": 5, "claims": 10, "reviews": 3, "originals": 0}


def spoil(store: SqlStore, table: Table, **values: object) -> None:
    with store._writing.begin() as connection:
        first = connection.execute(select(*table.primary_key.columns)).first()
        assert first
        own = [column == value for column, value in zip(table.primary_key.columns, first, strict=True)]
        connection.execute(update(table).where(*own).values(values))


@pytest.mark.parametrize(
    ("table", "values", "told"),
    [
        (mentions, {"start": 1}, "in the text"),
        (mentions, {"text": "Latvia"}, "'Latvia' is "),
        (claims, {"evidence_end": 9999}, "its evidence at 0 to 9999 is not in the text"),
        (claims, {"place_words_start": -1, "place_words_end": 3}, "its place_words at -1 to 3"),
        (claims, {"day": datetime(2020, 1, 1, tzinfo=UTC).date()}, "its days do not follow"),
        (claims, {"stated": True}, "its days do not follow"),
        (claims, {"place": None}, "shown elsewhere than its place's words"),
        (claims, {"by_reader": True}, "whether a reader placed it"),
        (readings, {"text": "Another text."}, "its text is not the one that it was kept with"),
        (readings, {"folded": " another"}, "search looks through other words"),
        (readings, {"current": False}, "no current reading"),
        (places, {"lat": 1.5}, "its key does not follow"),
        (place_hosts, {"host": "XYZ"}, "its hosts do not follow"),
    ],
)
def test_what_is_not_so_is_found(filled: SqlStore, table: Table, values: dict[str, object], told: str) -> None:
    spoil(filled, table, **values)
    assert any(told in fault for fault in filled.faults()), list(filled.faults())


def test_a_place_that_nobody_chose_is_found(filled: SqlStore) -> None:
    spoil(filled, mentions, shown=None)
    assert any("no reader said so" in fault for fault in filled.faults())


def test_an_original_that_was_altered_is_found(filled: SqlStore) -> None:
    row = {"article": "baltic", "content": "", "sha256": "0" * 64, "media_type": "text/plain", "headers": {}}
    with filled._writing.begin() as connection:
        connection.execute(insert(originals).values(**row, retrieved=made.MADE, body=b"no zlib"))
    assert [fault for fault in filled.faults() if "its bytes" in fault]


def test_orphans_are_found_where_the_engine_was_gone_round(filled: SqlStore) -> None:
    filled.close()
    if filled.file:
        with closing(sqlite3.connect(filled.file)) as file:
            file.execute("DELETE FROM articles WHERE id = 'baltic'")
            file.commit()
    else:
        with filled._writing.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text("DELETE FROM articles WHERE id = 'baltic'"))
    assert "readings: 1 rows whose article is not in articles" in list(filled.faults())


# Backup and restore


def test_a_backup_is_a_store_that_holds_the_same(rich: SqlStore, tmp_path: Path) -> None:
    file = tmp_path / "copy.db"
    back_up(rich, file)
    copy = open_store(f"sqlite:///{file}", create=False)
    assert rows_of(copy) == rows_of(rich)
    assert list(copy.faults()) == []
    copy.close()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("copy")] == ["copy.db"]


def test_a_backup_overwrites_nothing(rich: SqlStore, tmp_path: Path) -> None:
    file = tmp_path / "copy.db"
    file.write_text("mine")
    with pytest.raises(StoreError, match="there already"):
        back_up(rich, file)
    assert file.read_text() == "mine"
    with pytest.raises(StoreError, match="nowhere: no such folder"):
        back_up(rich, tmp_path / "nowhere" / "copy.db")


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_what_is_restored_is_what_was_kept(
    rich: SqlStore, kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """From either engine to either."""
    file = tmp_path / "copy.db"
    back_up(rich, file)
    if kind == "sqlite":
        _restores(f"sqlite:///{tmp_path / 'other.db'}", file, rich)
        return
    server: Server = request.getfixturevalue("postgres")
    with server.database() as database:
        _restores(database, file, rich)


def _restores(url: str, file: Path, rich: SqlStore) -> None:
    other = open_store(url)
    restore(other, file)
    assert rows_of(other) == rows_of(rich)
    assert other.summary(ALL) == rich.summary(ALL)
    # It goes on where the other one was: new rows get new numbers.
    assert other.save(made.baltic(extractor="test-3")) == "superseded"
    other.review_place("baltic", made.baltic().claims[0].place.span, None, who="Cy")
    assert list(other.faults()) == []
    with pytest.raises(StoreError, match="holds 4 articles"):
        restore(other, file)
    restore(other, file, replace=True)
    assert rows_of(other) == rows_of(rich)
    other.close()


def test_the_replaced_file_is_kept_beside(rich: SqlStore, tmp_path: Path) -> None:
    file = tmp_path / "copy.db"
    back_up(rich, file)
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    other.save(made.sample())
    restore(other, file, replace=True)
    kept = open_store(f"sqlite:///{tmp_path / 'other.db.before-restore'}", create=False)
    assert kept.count()["articles"] == 1
    kept.close()
    other.close()


def test_a_backup_of_an_older_version_is_brought_up_to_date(url: str, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old)) as file:
        file.executescript(Path(__file__).with_name("schema-1.sql").read_text(encoding="utf-8"))
    before = old.read_bytes()
    store = open_store(url)
    restore(store, old)
    assert store.summary(ALL).total == 4
    assert list(store.faults()) == []
    assert old.read_bytes() == before
    store.close()


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-8192])


def spoilt(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE mentions SET text = 'Latvia'")
        connection.commit()


@pytest.mark.parametrize("damage", [cut, spoilt, lambda file: file.write_text("no database " * 500), Path.unlink])
def test_what_is_no_sound_backup_changes_nothing(
    rich: SqlStore, damage: Callable[[Path], object], tmp_path: Path
) -> None:
    file = tmp_path / "copy.db"
    back_up(rich, file)
    damage(file)
    before = rows_of(rich)
    with pytest.raises(StoreError):
        restore(rich, file, replace=True)
    assert rows_of(rich) == before


def test_a_file_that_others_have_open_is_not_replaced(
    filled: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_files, "PATIENCE_S", 0.3)
    if not filled.file:
        return
    file = tmp_path / "copy.db"
    back_up(filled, file)
    page = open_store(f"sqlite:///{filled.file}")
    assert page.summary(ALL).total == 8
    with pytest.raises(StoreError, match="another process has this store open"):
        restore(filled, file, replace=True)
    page.note("kept", "yes")
    page.close()
    assert filled.noted("kept") == "yes"


def test_a_backup_is_of_one_moment_though_others_write(filled: SqlStore, url: str, tmp_path: Path) -> None:
    def write() -> None:
        other = open_store(url)
        for number in range(60):
            other.save(made.baltic(f"more-{number}"))
        other.close()

    with ThreadPoolExecutor(1) as beside:
        written = beside.submit(write)
        for number in range(3):
            file = tmp_path / f"copy-{number}.db"
            back_up(filled, file)
            copy = open_store(f"sqlite:///{file}")
            held = copy.count()
            assert held["claims"] == 8 + 2 * (held["articles"] - 4), "each article is whole"
            assert list(copy.faults()) == []
            copy.close()
        written.result()
