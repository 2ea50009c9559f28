"""What forbids that two reports are of one deployment, and what speaks for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from deployments.containment import lies_in
from deployments.designations import names_of
from deployments.likeness import compare
from records import Place, Report
from tests.readings import BLACK_SEA, CONSTANTA, CRIMEA, ESTONIA, LITHUANIA, MALI, ROMANIA, UKRAINE
from tests.reports import PABRADE, RUKLA, report, soldiers

CLOSE = Place("t:jonava", "Jonava", "city", 55.07, 24.28, 5.0, ("LTU",))
SEVASTOPOL = Place("t:sevastopol", "Sevastopol", "city", 44.6, 33.5, 9.0, ("UKR",), disputed="Crimea")
KYIV = Place("t:kyiv", "Kyiv", "city", 50.4, 30.5, 20.0, ("UKR",))
COUNTY = Place("t:county", "Constanța", "admin1", 44.2, 28.3, 60.0, ("ROU",))
FLANK = Place("t:flank", "Baltic states", "region", 57.0, 24.5, 400.0, ("EST", "LTU", "LVA"))


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        (RUKLA, LITHUANIA, True),
        (LITHUANIA, RUKLA, False),
        (RUKLA, ESTONIA, False),
        (CONSTANTA, COUNTY, True),
        (RUKLA, COUNTY, False),
        (RUKLA, FLANK, True),
        (CONSTANTA, BLACK_SEA, True),
        (SEVASTOPOL, BLACK_SEA, True),
        (KYIV, BLACK_SEA, False),
        (RUKLA, PABRADE, False),
        (CRIMEA, UKRAINE, True),
    ],
)
def test_one_place_within_another(inner: Place, outer: Place, expected: bool) -> None:
    assert lies_in(inner, outer) is expected


@pytest.mark.parametrize(
    ("changed", "bar"),
    [
        ({"place": MALI}, "another destination"),
        ({"place": None}, "another destination"),
        ({"asset": "naval"}, "another kind of force"),
        ({"asset": "armour", "article": "article a"}, "another kind of force"),
        ({"asset": "armour", "place": RUKLA}, "another kind of force, perhaps elsewhere"),
        ({"published": date(2033, 2, 1)}, "too long apart"),
        ({"status": "exercise"}, "an exercise is a visit of its own"),
        ({"quantity": soldiers(500), "article": "article a"}, "one article gives two numbers"),
        ({"quantity": soldiers(9000)}, "numbers too far apart"),
        ({"quantity": soldiers(500), "unit": "500 more soldiers"}, "one comes on top of the other"),
        ({"quantity": soldiers(500)}, None),
        ({"quantity": soldiers(50), "status": "deploying"}, None),
        ({"unit": "the 82nd Airborne Division"}, None),
        ({"place": RUKLA}, None),
        ({"asset": "unspecified", "place": RUKLA}, None),
        ({"asset": "armour", "unit": "German tanks"}, None),
    ],
)
def test_what_forbids_a_join(changed: dict[str, object], bar: str | None) -> None:
    one = report("a", quantity=soldiers(350))
    other = replace(report("b", 2), **changed)  # type: ignore[arg-type]
    assert compare(one, other).bar == bar
    assert compare(other, one) == compare(one, other)


def test_forces_of_no_kind_may_be_aircraft_only_where_these_are() -> None:
    jets = report("a", asset="air", unit="jets")
    assert compare(jets, report("b", asset="unspecified")).bar is None
    assert (
        compare(jets, report("b", asset="unspecified", place=RUKLA)).bar == "another kind of force, perhaps elsewhere"
    )
    assert compare(jets, report("b", asset="unspecified", quantity=soldiers(900))).bar == "another kind of force"


def test_other_names_are_other_forces() -> None:
    one = report("a", unit="the 82nd Airborne Division")
    assert compare(one, report("b", unit="the 2nd Cavalry Regiment")).bar == "forces of another name"
    assert "same name (82nd)" in compare(one, report("b", unit="soldiers of the 82nd")).reasons


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("the destroyer USS Ross", {"ross"}),
        ("Erfurt", {"erfurt"}),
        ("the frigate Sachsen of the German navy", {"sachsen"}),
        ("the Polish ship ORP Ślązak", {"ślązak"}),
        ("six Russian landing ships", set()),
        ("a French frigate", set()),
        ("ships of the Chinese navy", set()),
        ("the US Navy", set()),
        ("three ships of the EU", set()),
    ],
)
def test_names_of_ships(words: str, names: set[str]) -> None:
    assert names_of(report("a", asset="naval", unit=words)) == names


def test_types_are_not_names() -> None:
    assert not names_of(report("a", asset="air", unit="the fighter Eurofighter"))


def test_a_number_that_is_open_agrees_with_what_it_allows() -> None:
    up_to = report("a", quantity=soldiers(None, 350))
    assert compare(up_to, report("b", quantity=soldiers(300))).bar is None
    assert compare(up_to, report("b", quantity=soldiers(350))).marked
    assert not compare(up_to, report("b", quantity=soldiers(100))).marked


def test_what_is_announced_lasts_until_its_day() -> None:
    def after(status: str) -> int:
        one = replace(
            report("a", 1, status=status),
            first=date(2031, 6, 1),
            last=date(2031, 6, 30),
        )
        return compare(one, replace(report("b"), published=date(2031, 3, 15))).points

    assert after("planned") > after("deployed")


def test_without_a_day_something_must_mark_it() -> None:
    def undated(**values: object) -> Report:
        return report("b", None, RUKLA, **values)

    assert compare(report("a", place=RUKLA), undated()).bar == "undated, and nothing else marks it"
    assert compare(report("a", place=RUKLA, quantity=soldiers(350)), undated(quantity=soldiers(350))).joins


def ship(id: str, place: Place) -> Report:
    return report(id, place=place, asset="naval", unit="a frigate")


def test_near_places_and_ports_on_their_sea() -> None:
    assert compare(report("a", place=RUKLA), report("b", place=CLOSE)).joins
    assert compare(ship("a", CONSTANTA), ship("b", BLACK_SEA)).joins
    assert compare(report("a", place=CONSTANTA), report("b", place=BLACK_SEA)).bar == "another destination"
    assert compare(ship("a", ROMANIA), ship("b", BLACK_SEA)).bar
