"""Reports brought together: no chains, ties left open, reviewers obeyed, the order of arrival without effect."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.joins import reports_of, rows_of
from deployments.joiner import BY_REVIEWER, Decisions, Joiner, independent, join
from deployments.likeness import in_order
from records import Deployment, JoinDecision, Report
from tests.readings import LITHUANIA
from tests.reports import PABRADE, RUKLA, report, soldiers

ALL = reports_of(rows_of("build"))


def groups(reports: list[Report], *decisions: JoinDecision) -> list[set[str]]:
    return sorted(({one.report.id for one in made.members} for made in join(reports, decisions)), key=sorted)


def only(reports: list[Report]) -> Deployment:
    made = join(reports)
    assert len(made) == 1
    return made[0]


def test_a_vague_report_chains_nothing_together() -> None:
    vague, here, there = report("a", 1), report("b", 2, RUKLA), report("c", 3, PABRADE)
    assert groups([vague, here, there]) == [{"a", "b"}, {"c"}]


def test_what_fits_two_goes_to_neither() -> None:
    here, there, vague, later = (
        report("a", 2, RUKLA),
        report("b", 2, PABRADE),
        report("c", 3),
        report("d", 4),
    )
    assert groups([here, there, vague, later]) == [{"a"}, {"b"}, {"c", "d"}]
    alone = next(one for one in join([here, there, vague]) if one.members[0].report.id == "c")
    assert "fits several others equally" in alone.members[0].why


def test_a_number_decides_between_two() -> None:
    here, there = report("a", 2, RUKLA, quantity=soldiers(350)), report("b", 2, PABRADE, quantity=soldiers(120))
    assert groups([here, there, report("c", 3, quantity=soldiers(120))]) == [{"a"}, {"b", "c"}]


def test_who_comes_back_is_another_deployment() -> None:
    there = report("a", 1, RUKLA, quantity=soldiers(350))
    left = report("b", 5, RUKLA, status="withdrawn", direction="out")
    lagging = report("c", 6, RUKLA)
    back = report("d", 25, RUKLA, status="deploying", quantity=soldiers(350))
    assert groups([there, left, lagging, back]) == [{"a", "b", "c"}, {"d"}]


def test_who_leaves_in_part_leaves_the_others_there() -> None:
    there = report("a", 1, RUKLA, quantity=soldiers(350))
    some = report("b", 5, RUKLA, status="withdrawn", direction="out", quantity=soldiers(100))
    still = report("c", 25, RUKLA, quantity=soldiers(250))
    assert groups([there, some, still]) == [{"a", "b", "c"}]


def test_reasons_are_given() -> None:
    made = only([report("a", 1, RUKLA, quantity=soldiers(350)), report("b", 3, quantity=soldiers(350))])
    assert [one.why for one in made.members] == [
        "the first report of it",
        "joined because Rukla lies in Lithuania; same kind of force (ground); 2 days apart; same number (350 soldiers)",
    ]


def test_the_closest_place_and_the_range_of_numbers() -> None:
    made = only([report("a", 1, quantity=soldiers(300)), report("b", 3, RUKLA, quantity=soldiers(None, 350))])
    assert (made.place, made.low, made.high, made.counted) == (RUKLA, 300, 350, "personnel")
    assert (made.first, made.last) == (date(2031, 2, 1), date(2031, 2, 3))


def test_copies_and_one_outlet_are_one_source() -> None:
    copies = [report("a", story="s"), report("b", story="s"), report("c", outlet="outlet B")]
    assert independent(copies) == 1
    assert independent([*copies, report("d")]) == 2
    made = only([*copies, report("d")])
    assert (made.articles, made.sources) == (4, 2)


def test_a_reviewer_parts_and_joins() -> None:
    one, other, third = report("a", 1, RUKLA), report("b", 2, RUKLA), report("c", 3, PABRADE)
    apart, together = JoinDecision("b", "a", "apart"), JoinDecision("c", "a", "together")
    assert groups([one, other, third]) == [{"a", "b"}, {"c"}]
    assert groups([one, other, third], apart) == [{"a"}, {"b"}, {"c"}]
    assert groups([one, other, third], together) == [{"a", "b", "c"}]
    assert join([one, third], [together])[0].members[1].why == BY_REVIEWER
    assert groups([one, other, third], apart, JoinDecision("a", "b", "withdrawn")) == [{"a", "b"}, {"c"}]


def test_together_is_passed_on_and_apart_wins() -> None:
    said = Decisions(
        [JoinDecision("a", "b", "together"), JoinDecision("c", "b", "together"), JoinDecision("a", "c", "apart")]
    )
    assert said.partners("a") == ["b", "c"]
    assert said.apart_from("c") == {"a"}
    reports = [report("a", 1, RUKLA), report("c", 2, PABRADE)]
    assert groups(reports, JoinDecision("a", "c", "together"), JoinDecision("c", "a", "apart")) == [{"a"}, {"c"}]


def test_other_actors_are_other_deployments() -> None:
    assert groups([report("a"), report("b", actor="NLD")]) == [{"a"}, {"b"}]


def test_a_report_without_a_place_stays_alone() -> None:
    assert groups([report("a", place=None), report("b", place=None), report("c")]) == [{"a"}, {"b"}, {"c"}]


@settings(max_examples=25, deadline=None)
@given(st.permutations(ALL))
def test_the_order_of_arrival_has_no_effect(reports: list[Report]) -> None:
    assert join(reports) == join(ALL)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, len(ALL)))
def test_later_reports_move_no_earlier_one(known: int) -> None:
    """What was known on a day is what stands today up to that day: so one more article redoes only what follows it."""
    ordered = sorted(ALL, key=in_order)
    then = {one.report.id: made.id for made in join(ordered[:known]) for one in made.members}
    today = {one.report.id: made.id for made in join(ordered) for one in made.members}
    assert then == {id: today[id] for id in then}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, len(ALL)))
def test_joining_on_from_what_was_joined_equals_a_whole_run(known: int) -> None:
    ordered = sorted(ALL, key=in_order)
    joiner = Joiner()
    for made in join(ordered[:known]):
        for member in made.members:
            joiner.restore(member.report, made.id, member.why)
    for one in ordered[known:]:
        joiner.add(one)
    assert joiner.deployments() == join(ALL)


def test_a_country_and_its_base_may_be_joined_later_than_one_by_one() -> None:
    assert groups([report("a", 2), report("b", 1, RUKLA), report("c", 3, LITHUANIA)]) == [{"a", "b", "c"}]
