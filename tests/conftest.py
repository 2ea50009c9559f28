"""Shared fixtures. Tests on the shared gold run where GARRISON_SHARED names its folder, else say they were left out."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import cli
from tests.commands import Command, Ran
from tests.postgres import Server, serving


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the gold texts, which are for measuring and not part of the project."""
    named = os.environ.get("GARRISON_SHARED")
    if not named:
        pytest.skip("GARRISON_SHARED names no folder: tests on the shared gold were left out")
    folder = Path(named)
    assert (folder / "gold" / "score.py").is_file(), f"GARRISON_SHARED={named} holds no gold/score.py"
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A real PostgreSQL with PostGIS, started once for all tests that need it."""
    with serving() as server:
        yield server


@pytest.fixture
def garrison(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> Command:
    """Runs a command in this process, in an empty folder, with a store of its own unless another is named."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GARRISON_STORE", f"sqlite:///{tmp_path / 'own.db'}")

    def run(*arguments: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["garrison", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capfdbinary.readouterr()
        assert isinstance(ended.value.code, int)
        return Ran(ended.value.code, out.decode(), err.decode())

    return run
