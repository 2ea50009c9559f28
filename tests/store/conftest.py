"""A fresh store on every engine that there is: the contract's tests run on each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import open_store
from store.sql import SqlStore
from tests import readings
from tests.postgres import ENGINES, Server


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Of a store with nothing in it, or of none yet."""
    with Server.address(request, tmp_path / "store.db", Server.store) as found:
        yield found


@pytest.fixture(params=ENGINES)
def absent_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where there are no tables yet."""
    with Server.address(request, tmp_path / "absent.db", Server.database) as found:
        yield found


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
