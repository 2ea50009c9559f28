"""A fresh store on every engine that there is: the contract's tests run on each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import open_store
from store.sql import SqlStore
from tests import readings
from tests.postgres import Server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Of a store with nothing in it, or of none yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.db'}"
    else:
        server: Server = request.getfixturevalue("postgres")
        with server.store() as database:
            yield database


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def absent_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where there are no tables yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'absent.db'}"
    else:
        server: Server = request.getfixturevalue("postgres")
        with server.database() as database:
            yield database


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    opened = open_store(url)
    yield opened
    opened.close()


@pytest.fixture
def filled(store: SqlStore) -> SqlStore:
    """Eight claims of four articles: in the Baltic states, on the Black Sea, in doubt, and a sample."""
    for reading in (readings.baltic(), readings.black_sea(), readings.in_doubt(), readings.sample()):
        store.save(reading)
    return store
