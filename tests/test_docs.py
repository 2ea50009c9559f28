"""The documentation says what is so: every command is described, every link leads somewhere, the commands are CI's."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
import typer

import cli
from settings import FetchSettings, OnlineSettings, Settings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
RECIPES = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PAGES = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not any(
        part.startswith(".") or part in {"build", "node_modules", "var"} for part in path.relative_to(ROOT).parts
    )
)

LINK = re.compile(r"\]\(([^()\s]+)\)")
#: A path in code type: with a folder, or a file at the top. `xx` and words in capitals stand for what one adds.
PATH = re.compile(r"`((?:[\w.-]+/)+[\w.*-]*|[\w-]+\.(?:py|toml|md|txt))`")


def commands() -> set[str]:
    group = typer.main.get_command(cli.app)
    assert isinstance(group, typer.core.TyperGroup)
    return {name for name, command in group.commands.items() if not command.hidden}


def test_every_command_is_in_the_readme() -> None:
    rows = re.findall(r"^\| `garrison ([a-z-]+)[^`]*` \| (.+) \|$", README, flags=re.MULTILINE)
    assert all(meaning.strip() for _, meaning in rows)
    assert {name for name, _ in rows} == commands()


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_says_what_it_does(name: str) -> None:
    group = typer.main.get_command(cli.app)
    assert isinstance(group, typer.core.TyperGroup)
    command = group.commands[name]
    assert (command.help or "").strip()
    unsaid = [parameter.name for parameter in command.params if not getattr(parameter, "help", None)]
    assert not unsaid, f"garrison {name}: no help on {unsaid}"


def test_every_setting_is_described() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| .+ \| .+ \|$", page, flags=re.MULTILINE)
    known = [own.name for kind in (Settings, OnlineSettings, FetchSettings) for own in fields(kind)]
    assert sorted(rows) == sorted(name for name in known if name not in {"online", "fetch"})


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = [target.partition("#")[0] for target in LINK.findall(page.read_text(encoding="utf-8"))]
    local = [target for target in targets if target and "://" not in target and not target.startswith("mailto:")]
    broken = [target for target in local if not (page.parent / target).exists()]
    assert not broken


def test_every_decision_has_its_number_and_date() -> None:
    decisions = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith(f"# {int(path.name[:4])}. "), path.name
        assert re.fullmatch(r"\d{4}-\d\d-\d\d · (accepted|superseded by .+)", lines[2]), path.name


def test_every_file_named_in_a_recipe_is_there() -> None:
    named = set(PATH.findall(RECIPES))
    assert len(named) > 20
    missing = [
        path
        for path in sorted(named)
        if not re.search(r"\bxx\b|[A-Z]{2,}|NNNN", path.removesuffix("README.md").removesuffix("CHANGELOG.md"))
        and not any(ROOT.glob(path))
    ]
    assert not missing


def test_the_readme_and_ci_run_the_same_tests() -> None:
    block = re.search(r"```sh\n(.*?)```", README, flags=re.DOTALL)
    assert block
    typed = [line.partition("#")[0].strip() for line in block[1].splitlines()]
    assert typed == ["make run", "make test"]
    run_by_ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1].removeprefix("exec ")
    assert run_by_ci == "make test"


def test_every_sample_is_described() -> None:
    described = set(re.findall(r"^\| `([\w-]+)` \|", (ROOT / "data" / "reports.md").read_text("utf-8"), re.MULTILINE))
    assert described == {path.stem for path in (ROOT / "data" / "reports").glob("*.md")}
