"""The commands that keep a store: copied, put back, looked through; articles off the map."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store import open_store
from tests import readings
from tests.commands import Command
from tests.postgres import Server


@pytest.fixture
def own(tmp_path: Path) -> str:
    """The URL of the command's own store, with two articles in it."""
    url = f"sqlite:///{tmp_path / 'own.db'}"
    store = open_store(url)
    store.save(readings.baltic())
    store.save(readings.in_doubt())
    store.close()
    return url


def test_a_store_is_copied_lost_and_put_back(garrison: Command, own: str, tmp_path: Path) -> None:
    ran = garrison("backup", "copy.db")
    assert (ran.code, ran.out) == (0, "copied 2 articles, 2 readings, 4 claims, 0 reviews, 0 originals to copy.db\n")
    assert garrison("backup", "copy.db").complaint == "copy.db: there already; name another file, or remove it first"
    store = open_store(own)
    store.remove(["baltic"])
    store.close()
    refused = garrison("restore", "copy.db")
    assert refused.code == 1
    assert "--replace" in refused.complaint
    ran = garrison("restore", "copy.db", "--replace")
    assert ran.code == 0
    assert "what was there is kept in" in ran.out
    assert "restored 2 articles" in ran.out
    assert open_store(own).article("baltic")
    assert open_store(f"sqlite:///{tmp_path / 'own.db.before-restore'}").article("baltic") is None


@pytest.mark.postgresql
def test_a_file_becomes_a_store_on_a_server(garrison: Command, own: str, postgres: Server) -> None:  # noqa: ARG001
    garrison("backup", "copy.db")
    with postgres.database() as database:
        assert garrison("restore", "copy.db", "--store", database).code == 0
        assert garrison("check", "--store", database).code == 0
        assert garrison("backup", "back.db", "--store", database).code == 0
    assert garrison("check", "--store", "sqlite:///back.db").out.startswith("2 articles")


def test_check_tells_each_fault(garrison: Command, own: str) -> None:
    ran = garrison("check")
    assert (ran.code, ran.out) == (0, "2 articles, 2 readings, 4 claims, 0 reviews, 0 originals: no faults\n")
    with closing(sqlite3.connect(own.removeprefix("sqlite:///"))) as file:
        file.execute("UPDATE mentions SET text = 'Latvia' WHERE reading = 1 AND position = 0")
        file.commit()
    ran = garrison("check")
    assert ran.code == 1
    assert ran.complaint == "mention 0 of reading 1: 'Latvia' is 'Lithuania' in the text"
    assert ran.out.endswith(": 1 fault\n")


def test_an_article_is_retired_and_reinstated(garrison: Command, own: str) -> None:
    ran = garrison("retire", "baltic", "--reason", "a hoax", "--who", "Ann")
    assert ran.code == 0
    found = open_store(own).article("baltic")
    assert found
    assert found.retired
    assert (found.retired.who, found.retired.reason) == ("Ann", "a hoax")
    assert b"baltic" not in garrison("export", "--format", "csv").out.encode()
    assert garrison("reinstate", "baltic").code == 0
    assert "baltic" in garrison("export", "--format", "csv").out
    assert garrison("retire", "nowhere", "--reason", "a hoax", "--who", "Ann").code == 1
    assert garrison("retire", "baltic", "--reason", "", "--who", "Ann").code == 1


def test_without_a_store_there_is_nothing_to_keep(garrison: Command) -> None:
    for command in (["backup", "copy.db"], ["check"], ["reinstate", "x"]):
        ran = garrison(*command)
        assert ran.code == 1
        assert "no store there" in ran.complaint
