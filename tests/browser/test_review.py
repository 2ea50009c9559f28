"""A reader puts a claim elsewhere: the mark moves, a reload keeps it, and it can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, expect

from records import Candidate, ClaimFilter, Place, Reading
from store.sql import SqlStore
from tests import readings
from tests.browser.desk import Desk

PARIS = Place("t:paris", "Paris", "city", 48.9, 2.4, 10.0, ("FRA",), "Île-de-France")
PARIS_TEXAS = Place("t:paris-texas", "Paris", "city", 33.7, -95.6, 8.0, ("USA",), "Texas")
SAID = readings.Said("Danish soldiers are in Paris.", "DNK", "Paris", PARIS)


def doubtful() -> Reading:
    reading = readings.reading(SAID, id="doubtful", title="Paris or Paris")
    candidates = (Candidate(PARIS, 0.7), Candidate(PARIS_TEXAS, 0.3))
    doubt = replace(reading.placements[0], score=0.7, candidates=candidates, reason="the best known of 2 places")
    return replace(reading, placements=(doubt,))


CLAIM = doubtful().claims[0].id


@pytest.fixture
def opened(desk: Desk, store: SqlStore) -> Iterator[Desk]:
    """The card of a claim that may be in France or in Texas."""
    store.save(doubtful())
    desk.open(f"/?article=doubtful&claim={CLAIM}")
    desk.wait_for(lambda: desk.cards() == [SAID.sentence])
    yield desk
    store.remove(["doubtful"])


def card(desk: Desk) -> Locator:
    return desk.page.locator(".claim-card")


def true_spots(desk: Desk) -> list[tuple[float, float]]:
    """Where the marks belong, latitude and longitude: those on the map may have stepped aside."""
    spots: list[list[float]] = desk.frame.evaluate(
        "() => garrison.desk.visible().map(({ place }) => [place.lat, place.lon])"
    )
    return [(lat, lon) for lat, lon in spots]


def choose(desk: Desk, words: str, *, name: str | None = "Ann", reason: str = "") -> None:
    desk.rest()
    form = unfolded(desk)
    form.get_by_test_id("stRadio").get_by_text(words).click()
    form.get_by_label("Why (optional)").fill(reason)
    if name is not None:
        form.get_by_label("Your name").fill(name)
    form.get_by_role("button", name="Place it there").click()


def unfolded(desk: Desk) -> Locator:
    desk.rest()
    box = desk.page.get_by_test_id("stExpander").filter(has_text="Choose another place")
    if not box.get_by_role("button", name="Place it there").is_visible():
        box.locator("summary").click()
    return box


def test_choose_reload_and_take_back(opened: Desk, store: SqlStore) -> None:
    expect(card(opened)).to_contain_text("the best known of 2 places; 70% of the belief, more likely than not")
    expect(card(opened)).to_contain_text("Paris, town in Texas, United States (30%)")
    opened.wait_for(lambda: true_spots(opened) == [(48.9, 2.4)])
    choose(opened, "town in Texas", reason="the fort is there")
    opened.wait_for(lambda: true_spots(opened) == [(33.7, -95.6)], "the mark moves")
    opened.wait_for(lambda: opened.frame.locator(".mark-holder.selected").count() == 1, "and is the chosen one")
    for _ in range(2):
        expect(card(opened)).to_contain_text("“Paris” judged to be Paris, town in Texas, United States")
        expect(card(opened)).to_contain_text("placed by a reader: Ann, ")
        expect(card(opened)).to_contain_text("“the fort is there”")
        expect(card(opened)).to_contain_text("had read it as Paris, town in Île-de-France, France: the best known of 2")
        assert true_spots(opened) == [(33.7, -95.6)]
        assert "1 placed by a reader" in opened.counts()
        opened.open(f"/?article=doubtful&claim={CLAIM}")  # a reload
        opened.wait_for(lambda: opened.cards() == [SAID.sentence])
    opened.frame.locator(".mark-holder").hover()
    expect(opened.frame.locator(".leaflet-tooltip")).to_contain_text("placed by a reader")
    form = unfolded(opened)
    form.get_by_label("Your name").fill("Ben")
    form.get_by_role("button", name="Back to the machine").click()
    opened.wait_for(lambda: true_spots(opened) == [(48.9, 2.4)], "the mark is back")
    expect(card(opened)).not_to_contain_text("placed by a reader")
    assert "reader" not in opened.counts()
    assert [(one.who, one.verdict) for one in store.reviews("doubtful")] == [("Ann", "chosen"), ("Ben", "withdrawn")]


def test_none_of_them_moves_the_claim_to_the_tray(opened: Desk) -> None:
    choose(opened, "None of these")
    opened.wait_for(lambda: true_spots(opened) == [])
    expect(card(opened)).to_contain_text("“Paris”: not placed")
    expect(opened.page.get_by_text("Without place or date (1)")).to_be_visible()


def test_nothing_is_kept_without_a_choice_or_a_name(opened: Desk, store: SqlStore) -> None:
    unfolded(opened).get_by_role("button", name="Place it there").click()
    expect(opened.page.get_by_text("no place is chosen")).to_be_visible()
    choose(opened, "town in Texas", name="")
    expect(opened.page.get_by_text("a review without a name")).to_be_visible()
    assert store.reviews("doubtful") == ()
    choose(opened, "town in Texas", name="Ann")
    opened.wait_for(lambda: true_spots(opened) == [(33.7, -95.6)])


def test_a_place_that_the_machine_did_not_think_of_is_looked_up(opened: Desk) -> None:
    form = unfolded(opened)
    form.get_by_label("Look up another name").fill("Zubrowkaville")
    form.get_by_label("Look up another name").press("Enter")
    expect(form.get_by_text("knows no place of that name")).to_be_visible()
    form.get_by_label("Look up another name").fill("Tallinn")
    form.get_by_label("Look up another name").press("Enter")
    expect(form.get_by_test_id("stRadio").get_by_text("Tallinn · town in")).to_be_visible()
    choose(opened, "Tallinn · town in")
    opened.wait_for(lambda: [round(lat) for lat, _ in true_spots(opened)] == [59], "the mark moves to Estonia")
    expect(card(opened)).to_contain_text("“Paris” judged to be Tallinn, town in")


def test_what_somebody_else_chose_meanwhile_is_told(opened: Desk, store: SqlStore) -> None:
    form = unfolded(opened)
    form.get_by_text("None of these").click()
    form.get_by_label("Your name").fill("Ann")
    # This page does not look at the store again before the button is pressed.
    opened.page.evaluate("() => { for (let timer = 1; timer < 10000; timer++) clearInterval(timer); }")
    store.review_place("doubtful", doubtful().placements[0].mention.span, PARIS_TEXAS, who="Ben")
    form.get_by_role("button", name="Place it there").click()
    expect(opened.page.get_by_text("Ben has reviewed this place meanwhile")).to_be_visible()
    assert [one.who for one in store.reviews("doubtful")] == ["Ben"]
    assert store.summary(ClaimFilter(place="t:paris-texas")).shown == 1
