"""A view survives the address bar, and rubbish in the address does no harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.state import (
    EARLIEST,
    LATEST,
    LONGEST_VALUE,
    MOST_VALUES,
    POINTS_OF_VIEW,
    View,
    from_parameters,
    to_parameters,
)
from records import ASSETS, CERTAINTY, STATUSES, ClaimFilter

words = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=LONGEST_VALUE)
several = st.lists(words, max_size=4, unique=True).map(tuple)
days = st.none() | st.dates(EARLIEST, LATEST)


@st.composite
def views(draw: st.DrawFn) -> View:
    since, until = draw(days), draw(days)
    if since and until and since > until:
        since, until = until, since
    chosen_statuses, chosen_assets = draw(st.sets(st.sampled_from(STATUSES))), draw(st.sets(st.sampled_from(ASSETS)))
    return View(
        wanted=ClaimFilter(
            actors=draw(several),
            hosts=draw(several),
            since=since,
            until=until,
            statuses=tuple(status for status in STATUSES if status in chosen_statuses),
            assets=tuple(asset for asset in ASSETS if asset in chosen_assets),
            articles=draw(several),
            sources=draw(several),
            search=draw(st.just("") | words),
            minimum_confidence=draw(st.sampled_from([*CERTAINTY.values()]) | st.floats(0, 1)),
        ),
        place=draw(st.none() | words),
        claim=draw(st.none() | words),
        mentions=draw(st.booleans()),
        borders=draw(st.sampled_from([None, *POINTS_OF_VIEW])),
    )


@given(views())
def test_a_view_comes_back_from_its_address(view: View) -> None:
    assert from_parameters(to_parameters(view)) == (view, [])


@given(
    st.dictionaries(
        st.sampled_from([*to_parameters(View(mentions=True)), "actor", "since", "q", "x"]) | st.text(),
        st.lists(st.text(), max_size=3),
    )
)
def test_any_address_gives_a_view_that_has_an_address(given: dict[str, list[str]]) -> None:
    view, _ = from_parameters(given)
    assert from_parameters(to_parameters(view)) == (view, [])


def test_what_is_the_default_stands_in_no_address() -> None:
    assert to_parameters(View()) == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("since", "yesterday"),
        ("until", "9999-01-01"),
        ("status", "victorious"),
        ("asset", "__import__('os')"),
        ("certainty", "nan"),
        ("certainty", "1e9"),
        ("actor", "a\x00b"),
        ("place", "\ud800"),
        ("q", "x" * (LONGEST_VALUE + 1)),
    ],
)
def test_rubbish_is_left_out_and_said(name: str, value: str) -> None:
    view, ignored = from_parameters({name: [value], "actor": ["DEU"] if name != "actor" else [value, "DEU"]})
    assert view == replace(View(), wanted=replace(View().wanted, actors=("DEU",)))
    assert len(ignored) == 1
    assert f"“{name}”" in ignored[0]
    assert ignored[0].isprintable()


def test_dates_that_run_backwards_are_left_out_and_said() -> None:
    view, ignored = from_parameters({"since": ["2022-02-01"], "until": ["2022-01-01"]})
    assert (view.wanted.since, view.wanted.until) == (None, None)
    assert "backwards" in ignored[0]
    view, ignored = from_parameters({"since": ["2022-01-01"], "until": ["2022-01-01"]})
    assert (view.wanted.since, ignored) == (date(2022, 1, 1), [])


def test_an_endless_list_is_cut_and_said() -> None:
    view, ignored = from_parameters({"actor": [str(number) for number in range(MOST_VALUES + 1)]})
    assert len(view.wanted.actors) == MOST_VALUES
    assert ignored
