"""Phrases that speak of armed forces: their words, kind and owners."""

from __future__ import annotations

import pytest

from tests.extract.english import forces


@pytest.mark.parametrize(
    ("text", "phrase", "asset"),
    [
        ("Some 900 Dutch marines arrived.", "Some 900 Dutch marines", "ground"),
        ("Two Danish frigates arrived.", "Two Danish frigates", "naval"),
        ("Four German fighter jets arrived.", "Four German fighter jets", "air"),
        ("A Tu-95 was seen.", "A Tu-95", "air"),
        ("Polish tanks arrived.", "Polish tanks", "armour"),
        ("A Patriot battery arrived.", "A Patriot battery", "air_defence"),
        ("Norwegian howitzers arrived.", "Norwegian howitzers", "artillery"),
        ("Greek army medics arrived.", "Greek army medics", "support"),
        ("Turkish forces arrived.", "Turkish forces", "unspecified"),
    ],
)
def test_the_phrase_and_the_kind_of_force(text: str, phrase: str, asset: str) -> None:
    (force,) = forces(text)
    assert (force.text, force.word.asset) == (phrase, asset)


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("Latvian and Estonian soldiers arrived.", ["LVA", "EST"]),
        ("Soldiers from Ghana and Togo arrived.", ["GHA", "TGO"]),
        ("Forces of the Russian Federation arrived.", ["RUS"]),
        ("A NATO battlegroup arrived.", ["NATO"]),
        ("The soldiers arrived.", []),
    ],
)
def test_whose_the_phrase_says_they_are(text: str, owners: list[str]) -> None:
    (force,) = forces(text)
    assert [owner.actor for owner in force.owners] == owners


def test_a_list_of_peoples_is_one_phrase() -> None:
    (force,) = forces("The camp holds 40 Swedish, 12 Czech, five Maltese and one Irish peacekeepers.")
    assert [owner.actor for owner in force.owners] == ["SWE", "CZE", "MLT", "IRL"]


def test_where_they_are_is_not_whose_they_are() -> None:
    (force,) = forces("In Niger, French soldiers packed up.")
    assert [owner.actor for owner in force.owners] == ["FRA"]
    assert force.text == "French soldiers"


def test_a_unit_and_its_division_are_one_force() -> None:
    (force,) = forces("Some 600 US paratroopers of the 82nd Airborne arrived.")
    assert force.text == "Some 600 US paratroopers of the 82nd Airborne"


def test_a_grouping_takes_the_kind_of_what_it_holds() -> None:
    (force,) = forces("A convoy of Belgian tanks arrived.")
    assert force.word.asset == "armour"


def test_forces_beside_each_other_stay_two() -> None:
    assert [force.text for force in forces("Hundreds of Serbian soldiers and ten tanks arrived.")] == [
        "Hundreds of Serbian soldiers",
        "ten tanks",
    ]


def test_its_soldiers_and_the_soldiers_refer_to_something_said() -> None:
    (theirs,) = forces("Its soldiers arrived.")
    (known,) = forces("The soldiers arrived.")
    assert theirs.possessor == 0
    assert not theirs.definite
    assert known.definite


@pytest.mark.parametrize("text", ["Rebel fighters arrived.", "Taliban troops arrived.", "Militia tanks arrived."])
def test_insurgents_are_barred(text: str) -> None:
    assert [force.barred for force in forces(text)] == ["insurgent"]


def test_military_police_are_forces() -> None:
    (force,) = forces("Military police arrived.")
    assert force.barred is None


@pytest.mark.parametrize(
    "text",
    ["Police arrived.", "An air force base was hit.", "The ministry moved.", "Aid workers left.", "Tourists came."],
)
def test_words_that_speak_of_no_force(text: str) -> None:
    assert forces(text) == []
