"""The house's rules: who may import whom, which library lives in which room, no circles, no room too large."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

FLOORS = {"data", "geo", "store", "pipeline", "extract", "intake"}
# Who may import whom, lowest floor first. A room may import what is named here, and itself.
MAY_IMPORT: dict[str, set[str]] = {
    "records": set(),
    "errors": set(),
    "settings": {"errors"},
    # The builder of the gazetteer folds names just as its reader does.
    "data": {"records", "errors", "geo"},
    "intake": {"records", "errors"},
    "extract": {"records", "errors"},
    "geo": {"records", "errors"},
    # What brings claims and articles together is pure; the store keeps what comes of it up to date by itself.
    "deployments": {"records"},
    "store": {"records", "errors", "deployments"},
    "pipeline": {"records", "errors", "extract", "geo", "store"},
    "rereading": {"records", "pipeline"},
    "dashboard": {"records", "errors", "settings", "data", "geo", "store", "pipeline", "extract", "intake"},
    "cli": {*FLOORS, "records", "errors", "settings", "rereading"},
    "bench": {*FLOORS, "records", "errors", "settings", "deployments"},
    "app": {"dashboard", "errors"},
}
# Only these read settings.
READS_SETTINGS = {"app.py", "cli/opening.py", "dashboard/cached.py"}
# Each heavy library has one room.
ROOM_OF = {
    "spacy": {"extract"},
    "dateparser": {"extract"},
    "trafilatura": {"intake"},
    "pypdf": {"intake"},
    "mammoth": {"intake"},
    "urllib3": {"intake"},
    "protego": {"intake"},
    "feedparser": {"intake"},
    "fastwarc": {"intake"},
    "geopy": {"geo"},
    "rapidfuzz": {"geo"},
    "datasketch": {"deployments"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "psycopg": {"store"},
    "streamlit": {"dashboard", "app", "cli"},
    "streamlit_folium": {"dashboard"},
    "folium": {"dashboard"},
    "typer": {"cli"},
}
LONGEST_FILE = 400


def sources() -> list[Path]:
    found = [*ROOT.glob("*.py")]
    for room in MAY_IMPORT:
        found += (ROOT / room).rglob("*.py")
    return sorted(found)


def room_of(path: Path) -> str:
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py")


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path, *, at_run_time: bool = False) -> set[str]:
    """Names imported by a file; with ``at_run_time`` without those that only the type checker follows."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left_out: set[ast.AST] = set()
    if at_run_time:
        for node in ast.walk(tree):
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
                left_out.update(inner for statement in node.body for inner in ast.walk(statement))
    names: set[str] = set()
    for node in ast.walk(tree):
        if node in left_out:
            continue
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the room"
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_downward(path: Path) -> None:
    room = room_of(path)
    assert room in MAY_IMPORT, f"{path}: a room that the house does not know"
    for name in imports_of(path):
        other = name.split(".")[0]
        if other in MAY_IMPORT and other != room:
            allowed = MAY_IMPORT[room]
            assert other in allowed, f"{room} must not import {name}"
        if other in ROOM_OF:
            assert room in ROOM_OF[other], f"{other} lives in {sorted(ROOM_OF[other])}, not in {room}"


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_doors_read_settings(path: Path) -> None:
    reads = any(name.startswith("settings.load_settings") for name in imports_of(path))
    where = str(path.relative_to(ROOT))
    assert not reads or where in READS_SETTINGS or where.startswith("bench/"), f"{where} reads settings"


def test_no_circles() -> None:
    modules = {module_of(path): path for path in sources()}
    graph: dict[str, set[str]] = {}
    for module, path in modules.items():
        wanted = imports_of(path, at_run_time=True)
        graph[module] = {
            other
            for name in wanted
            for other in (name, name.rpartition(".")[0])
            if other in modules and other != module
        }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(f"a circle of imports: {' -> '.join(circle.args[1])}")


def test_files_stay_readable() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    too_long = {name: length for name, length in lengths.items() if length > LONGEST_FILE}
    assert not too_long


def test_the_entry_only_routes() -> None:
    entry = ROOT / "app.py"
    assert len(entry.read_text(encoding="utf-8").splitlines()) <= 40
