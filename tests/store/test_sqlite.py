"""The file of a SQLite store: made whole or not at all, and what is no store of this version."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from errors import StoreError
from records import ClaimFilter
from store import open_store
from store.tables import articles
from tests.readings import baltic


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Of SQLite alone."""
    return f"sqlite:///{tmp_path / 'store.db'}"


def test_tables_are_made_at_once_or_not_at_all(url: str) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the power went")

    event.listen(articles, "after_create", fail)
    try:
        with pytest.raises(RuntimeError, match="the power went"):
            open_store(url)
    finally:
        event.remove(articles, "after_create", fail)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
        assert file.execute("SELECT name FROM sqlite_master").fetchall() == []
    assert open_store(url).summary(ClaimFilter()).total == 0


def test_another_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE cookies (id)")
    with pytest.raises(StoreError, match="not Garrison's"):
        open_store(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT name FROM sqlite_master").fetchall() == [("cookies",)]


def test_files_that_are_no_store_are_told(tmp_path: Path) -> None:
    noise = tmp_path / "noise.db"
    noise.write_bytes(b"this is no database at all, only words" * 100)
    with pytest.raises(StoreError, match=r"noise\.db: no SQLite file"):
        open_store(f"sqlite:///{noise}")
    with pytest.raises(StoreError, match="a folder"):
        open_store(f"sqlite:///{tmp_path}")
    with pytest.raises(StoreError, match="cannot be made"):
        open_store(f"sqlite:///{noise}/below/store.db")


def test_a_damaged_store_is_told(url: str) -> None:
    store = open_store(url)
    for number in range(30):
        store.save(baltic(f"article-{number}"))
    store.close()
    path = Path(url.removeprefix("sqlite:///"))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StoreError, match=r"store\.db: damaged"):
        open_store(url).claims(ClaimFilter())


def test_an_absent_store_is_made_only_if_asked(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "down" / "store.db"
    with pytest.raises(StoreError, match="no store there"):
        open_store(f"sqlite:///{path}", create=False)
    assert not path.parent.exists()
    open_store(f"sqlite:///{path}")
    assert open_store(f"sqlite:///{path}", create=False).summary(ClaimFilter()).total == 0


@pytest.mark.parametrize(
    "url",
    ["mysql://somewhere/db", "/tmp/plain.db", "sqlite://", "sqlite:///:memory:", "", "sqlite:/x", "nonsense://"],
)
def test_other_urls_are_told(url: str) -> None:
    with pytest.raises(StoreError, match="sqlite:///PATH"):
        open_store(url)
