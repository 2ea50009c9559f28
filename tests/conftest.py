"""Shared fixtures. Tests on the shared gold run where GARRISON_SHARED names its folder, else say they were left out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the gold texts, which are for measuring and not part of the project."""
    named = os.environ.get("GARRISON_SHARED")
    if not named:
        pytest.skip("GARRISON_SHARED names no folder: tests on the shared gold were left out")
    folder = Path(named)
    assert (folder / "gold" / "score.py").is_file(), f"GARRISON_SHARED={named} holds no gold/score.py"
    return folder
