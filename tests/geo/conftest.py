"""The real gazetteer and the real borders: made once where they are not there yet."""

from __future__ import annotations

import pytest

from data.build import build
from geo.borders import Borders
from geo.gazetteer import Gazetteer
from settings import DATA, STATIC, Settings


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    home = Settings().home
    build(home, STATIC, progress=print)
    return Gazetteer(home / "gazetteer.sqlite")


@pytest.fixture(scope="session")
def borders() -> Borders:
    return Borders.load(DATA)
