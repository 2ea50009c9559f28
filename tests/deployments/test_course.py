"""What the reports of one deployment tell together."""

from __future__ import annotations

from datetime import date

from deployments.course import course_of, disputes_of, numbers_of
from records import Quantity
from tests.reports import RUKLA, report, soldiers


def test_the_course_goes_forward_with_a_claim_for_each_step() -> None:
    told = [
        report("a", 1, status="discussed"),
        report("b", 2, status="denied"),
        report("c", 3, status="planned"),
        report("d", 4, status="discussed"),
        report("e", 5, status="deploying", last=date(2031, 2, 4)),
        report("f", 6),
        report("g", 7),
        report("h", 8, status="planned", direction="out"),
        report("i", 9, status="withdrawn", direction="out"),
    ]
    steps = [(one.status, one.day and one.day.day, one.claim) for one in course_of(told)]
    assert steps == [
        ("discussed", 1, "a"),
        ("planned", 3, "c"),
        ("deploying", 4, "e"),
        ("deployed", 6, "f"),
        ("withdrawn", 9, "i"),
    ]


def test_the_range_is_of_what_is_counted_most() -> None:
    told = [
        report("a", quantity=soldiers(300)),
        report("b", quantity=soldiers(None, 500)),
        report("c", quantity=Quantity(2, 2, "units", "two battalions")),
        report("d", quantity=Quantity(None, None, "personnel", "several")),
    ]
    assert numbers_of(told) == (300, 500, "personnel")
    assert numbers_of(told[3:]) == (None, None, None)
    assert numbers_of([report("a", quantity=Quantity(1000, None, "personnel", "over 1,000"))]) == (
        1000,
        1000,
        "personnel",
    )


def test_denied_against_deployed() -> None:
    (found,) = disputes_of([report("a"), report("b", status="denied"), report("c", status="planned")])
    assert found.about == "presence"
    assert found.sides == (("denied", ("b",)), ("deployed", ("a", "c")))
    assert not disputes_of([report("b", status="denied")])


def test_numbers_against_each_other() -> None:
    (found,) = disputes_of(
        [
            report("a", 1, RUKLA, quantity=soldiers(1000)),
            report("b", 2, RUKLA, quantity=soldiers(3000)),
            report("c", 2, RUKLA, quantity=soldiers(1020)),
        ]
    )
    assert found.about == "number"
    assert found.sides == (
        ("1,000 personnel", ("a",)),
        ("1,020 personnel", ("c",)),
        ("3,000 personnel", ("b",)),
    )


def test_what_may_all_be_true_is_no_dispute() -> None:
    one = report("a", 1, quantity=soldiers(1000))
    assert not disputes_of([one, report("b", 2, quantity=soldiers(None, 3000))])
    assert not disputes_of([one, report("b", 2, status="planned", quantity=soldiers(3000))])
    assert not disputes_of([one, report("b", 2, status="deploying", quantity=soldiers(100))])
    assert not disputes_of([one, report("b", published=date(2031, 6, 1), quantity=soldiers(3000))])
    assert not disputes_of([one, report("b", 2, story="article a", quantity=soldiers(3000))])
