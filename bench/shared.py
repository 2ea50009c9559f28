"""What all measurements share: the folder with the scorers, the scorers as modules, floors, Markdown tables."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Protocol

from errors import DataError


class Measured(Protocol):
    """Figures of one set of texts, by the names that floors and goals use."""

    @property
    def name(self) -> str: ...

    @property
    def measured(self) -> Mapping[str, float]: ...


def shared_file(name: str) -> Path:
    """A file below GARRISON_SHARED. Raises DataError where the folder is not named or holds no such file."""
    named = os.environ.get("GARRISON_SHARED")
    if not named or not (Path(named) / name).is_file():
        raise DataError(
            f"scoring needs the shared folder with {name}; GARRISON_SHARED is {named!r}, set it to that folder"
        )
    return Path(named) / name


def load_scorer(path: Path) -> ModuleType:
    """A shared scorer as a module, for its word on single answers."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def below_least(measured: Sequence[Measured], least: Mapping[str, Mapping[str, float]], file: str) -> Iterator[str]:
    """A line for every figure that is worse than the file asks for; of negatives_wrong more is worse."""
    for figures in measured:
        for field, wanted in least.get(figures.name, {}).items():
            got = figures.measured[field]
            if got > wanted if field == "negatives_wrong" else got < wanted:
                yield f"{figures.name}: {field} is {got:.3f}; bench/{file} asks for {wanted:.3f}"


def markdown(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, its first column to the left, the figures to the right."""
    lines = [heading, ["---", *["---:"] * (len(heading) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
