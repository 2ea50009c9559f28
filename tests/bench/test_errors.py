"""Classes of errors: the first that holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.errors import FALSE, MISSED, Case, Said, Test, classified
from tests.extract.english import lexicon

CLAIM = Said("NOR", "ground", "Estonia", "deployed", "in", "Norway sent 80 soldiers to Estonia.")
NEXT = replace(CLAIM, actor="DNK", place="Latvia")


def class_of(tests: dict[str, Test], claim: Said, *others: Said, year: int = 2023) -> str:
    (name,) = classified([Case(claim, others, year, lexicon())], tests)
    return name


@pytest.mark.parametrize(
    ("claim", "others", "name"),
    [
        (CLAIM, [replace(CLAIM, direction="out")], "the movement in the other direction"),
        (CLAIM, [replace(CLAIM, actor="EST")], "another actor at the place"),
        (replace(CLAIM, evidence="Norway went to Estonia."), [], "no word for forces found"),
        (replace(CLAIM, evidence="Norway sent 80 soldiers there."), [], "place not named in the sentence"),
        (replace(CLAIM, evidence="It sent 80 soldiers to Estonia."), [], "owner not named in the sentence"),
        (CLAIM, [replace(CLAIM, place="Latvia")], "another place for the actor"),
        (CLAIM, [], "pair not linked"),
    ],
)
def test_missed(claim: Said, others: list[Said], name: str) -> None:
    assert class_of(dict(MISSED), claim, *others) == name


@pytest.mark.parametrize(
    ("claim", "others", "name"),
    [
        (CLAIM, [], "a text without any claim"),
        (CLAIM, [replace(CLAIM, direction="out")], "the movement in the other direction"),
        (CLAIM, [replace(CLAIM, asset="naval", evidence="Ships.")], "the pair once more, as another force or status"),
        (CLAIM, [replace(CLAIM, actor="EST")], "wrong actor"),
        (CLAIM, [replace(CLAIM, place="Latvia")], "wrong place"),
        (replace(CLAIM, evidence="In 1999, Norway sent soldiers to Estonia."), [NEXT], "past"),
        (replace(CLAIM, evidence="Norway sold tanks to Estonia."), [NEXT], "arms delivery or sale"),
        (CLAIM, [NEXT], "another pair in a sentence with claims"),
        (CLAIM, [replace(NEXT, evidence="Danes came.")], "a sentence without any claim"),
    ],
)
def test_false(claim: Said, others: list[Said], name: str) -> None:
    assert class_of(dict(FALSE), claim, *others) == name
