"""Deployments on the command line: the table, one in full, as known on a day, and a reviewer's say."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from records import Quantity
from store import open_store
from tests.commands import Command
from tests.readings import LITHUANIA, Said, baltic, reading
from tests.reports import RUKLA


@pytest.fixture
def own(tmp_path: Path) -> str:
    """The URL of the command's own store: two outlets on one deployment, one that denies another."""
    url = f"sqlite:///{tmp_path / 'own.db'}"
    store = open_store(url)

    def told(id: str, day: int, place: str, number: int) -> None:
        sentence = f"Germany has {number} soldiers in {place}."
        quantity = Quantity(number, number, "personnel", f"{number} soldiers")
        where = LITHUANIA if place == "Lithuania" else RUKLA
        claim = Said(sentence, "DEU", place, where, quantity=quantity, unit=f"{number} soldiers")
        store.save(reading(claim, id=id, source=f"Outlet {id}", published=date(2022, 1, day)))

    told("a", 20, "Lithuania", 500)
    told("b", 22, "Rukla", 1400)
    store.save(replace(baltic(), claims=baltic().claims[1:]))
    store.close()
    return url


def test_one_row_a_deployment(garrison: Command, own: str) -> None:
    ran = garrison("deployments", "--store", own)
    assert ran.code == 0
    heading, first, second = ran.out.splitlines()
    assert heading.split() == [
        *("deployment", "who", "force", "where", "course", "number"),
        *("first", "last", "articles", "sources", "disputed"),
    ]
    assert first.split()[1:] == [
        *("DEU", "ground", "Rukla", "deployed", "500–1,400", "personnel"),
        *("2022-01-20", "2022-01-22", "2", "2", "number"),
    ]
    assert second.split()[1:4] == ["DNK", "air", "Estonia"]


def test_filters_and_days(garrison: Command, own: str) -> None:
    def shown(*options: str) -> list[str]:
        return [line.split()[1] for line in garrison("deployments", "--store", own, *options).out.splitlines()[1:]]

    assert shown() == ["DEU", "DNK"]
    assert shown("--actor", "DNK") == ["DNK"]
    assert shown("--disputed") == ["DEU"]
    assert shown("--known-on", "2022-01-21") == ["DEU"]
    assert shown("--known-on", "2022-01-21", "--disputed") == []
    assert shown("--known-on", "2021-01-01", "--known-by", "retrieval") == []
    assert shown("--limit", "1") == ["DEU"]
    assert garrison("deployments", "--status", "there").code == 2


def test_one_in_full_says_why(garrison: Command, own: str) -> None:
    (one, _) = garrison("deployments", "--store", own, "--json").lines
    out = garrison("deployments", one["id"], "--store", own).out
    assert "2 articles, 2 independent sources" in out
    assert "joined because Rukla lies in Lithuania; same kind of force (ground); 2 days apart" in out
    assert "disputed number: 1,400 personnel" in out
    assert json.loads(garrison("deployments", one["id"], "--json", "--store", own).out) == one
    assert garrison("deployments", "none", "--store", own).complaint.startswith("none: no deployment of this id")


def test_a_reviewer_parts_and_joins_again(garrison: Command, own: str) -> None:
    (one, _) = garrison("deployments", "--store", own, "--json").lines
    pair = [member["report"]["id"] for member in one["members"]]
    assert garrison("part", *pair, "--who", "Ann", "--reason", "two units", "--store", own).out.startswith(
        "they are of"
    )
    assert len(garrison("deployments", "--store", own).out.splitlines()) == 4
    ran = garrison("part", *pair, "--who", "Ann", "--take-back", "--store", own)
    assert ran.out == f"both are of {one['id']}\n"
    assert garrison("join", pair[0], "nobody", "--who", "Ann", "--store", own).code == 1
    assert garrison("join", *pair, "--store", own).code == 2
