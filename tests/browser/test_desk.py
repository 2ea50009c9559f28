"""The page in a real browser, without the internet."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from store.sql import SqlStore
from tests import readings
from tests.browser.desk import Desk
from tests.browser.hostile import SENTENCE

BLACK_SEA_SENTENCES = {
    "Two Russian frigates entered the Black Sea on 20 January.",
    "France may send a destroyer to the Black Sea.",
}


def agree(desk: Desk, claims: int, *, unplaced: int = 0) -> None:
    """Counts, table and map say the same number."""
    desk.wait_for(lambda: desk.claims_counted() == claims, f"{claims} claims counted")
    desk.wait_for(lambda: desk.rows() == claims, f"{claims} rows")
    desk.wait_for(lambda: desk.claims_on_map() == claims - unplaced, f"{claims - unplaced} claims on the map")


def test_the_map_draws_countries_marks_and_legend(desk: Desk) -> None:
    desk.open()
    desk.wait_for(lambda: desk.polygons() > 200, "countries")
    agree(desk, 9, unplaced=1)
    legend = desk.frame.locator(".legend")
    for words in ("planned, offered or discussed: not there", "Russia", "ships", "denied"):
        expect(legend).to_contain_text(words)
    expect(desk.frame.locator(".leaflet-control-attribution")).to_contain_text("UN General Assembly view")
    expect(desk.page.get_by_text("Sample, written for demonstration: not evidence").first).to_be_visible()
    spots = [(mark["x"], mark["y"]) for mark in desk.marks()]
    assert all(abs(x - x2) + abs(y - y2) > 15 for x, y in spots for x2, y2 in spots if (x, y) != (x2, y2))
    assert len(set(spots)) == len(spots), "no mark hides another"


def test_a_request_to_elsewhere_is_recorded_and_refused(context: BrowserContext, server: str) -> None:
    """What the other tests rely on."""
    desk = Desk(context, server)
    desk.page.goto(f"{server}/_stcore/health")
    answer = desk.page.evaluate(
        "fetch('http://outside.invalid/a', {mode: 'no-cors'}).then(() => 'came', () => 'refused')"
    )
    desk.close()
    assert (answer, desk.outward) == ("refused", ["http://outside.invalid/a"])


def test_filters_change_map_table_and_counts_alike(desk: Desk) -> None:
    desk.open()
    desk.choose("Deploying country", "Russia")
    agree(desk, 2, unplaced=1)
    desk.page.get_by_role("button", name="Reset all filters").click()
    agree(desk, 9, unplaced=1)
    desk.enter_day("From", "2022-01-25")
    agree(desk, 6)
    expect(desk.page.get_by_text("Without place or date (2)")).to_be_visible()
    desk.tick("Allies in the Baltic states")
    agree(desk, 2)
    desk.choose("Host country or sea", "Estonia")
    agree(desk, 1)


def test_nothing_left_says_why(desk: Desk) -> None:
    desk.open("/?actor=FRA&since=2023-01-01")
    desk.wait_for(lambda: desk.claims_counted() == 0)
    expect(desk.page.get_by_text("0 claims: the date excludes 3.")).to_be_visible()


def test_a_click_on_the_black_sea_shows_both_claims_with_their_sentence(desk: Desk) -> None:
    desk.open()
    desk.click_mark("somewhere in Black Sea: Russia, ships, there")
    desk.wait_for(lambda: set(desk.cards()) == BLACK_SEA_SENTENCES, "both sentences")
    expect(desk.page.locator(".claim-card").first).to_contain_text("Russia → Black Sea")
    expect(desk.page.locator(".claim-card").first).to_contain_text("20 January 2022, stated: “on 20 January”")
    desk.page.get_by_role("button", name="Close").click()
    desk.wait_for(lambda: not desk.cards())
    # The same claim again: a second click on one mark must not be lost.
    desk.click_mark("somewhere in Black Sea: Russia, ships, there")
    desk.wait_for(lambda: set(desk.cards()) == BLACK_SEA_SENTENCES, "both sentences again")


def test_a_row_opens_its_card_and_the_map_marks_the_place(desk: Desk) -> None:
    desk.open("/?article=baltic")
    agree(desk, 2)
    desk.page.get_by_test_id("stDataFrame").locator(".dvn-scroller").click(position={"x": 20, "y": 50})
    desk.wait_for(lambda: desk.cards() == ["Denmark will send fighters to Estonia in February 2022, officials said."])
    desk.wait_for(lambda: desk.frame.locator(".mark-holder.selected").count() == 1)
    expect(desk.page.locator(".claim-card")).to_contain_text("planned")


def test_a_claim_chosen_in_the_list_comes_into_view(desk: Desk) -> None:
    desk.open()
    desk.move_map(0, -120, zoom=4)
    desk.page.get_by_role("button", name="Russia → Black Sea").click()
    desk.wait_for(lambda: desk.stand() == pytest.approx((4, 43.4, 34.3), abs=0.1), "the map goes there")
    desk.page.get_by_role("button", name="Close").click()
    desk.wait_for(lambda: not desk.cards())
    assert desk.stand() == pytest.approx((4, 43.4, 34.3), abs=0.1)


def test_the_address_opens_the_same_view_elsewhere(desk: Desk, other_desk: Desk) -> None:
    desk.open()
    desk.choose("Deploying country", "Russia")
    desk.choose("Deploying country", "France")
    desk.wait_for(lambda: desk.claims_counted() == 5)
    desk.click_mark("somewhere in Black Sea: Russia, ships, there")
    desk.wait_for(lambda: set(desk.cards()) == BLACK_SEA_SENTENCES)
    desk.move_map(44.5, 33.25, zoom=5)
    desk.wait_for(lambda: "#map=5/44.500/33.250" in desk.page.url)
    other_desk.open(re.sub(r"^http://[^/]+", "", desk.page.url))
    other_desk.wait_for(lambda: other_desk.counts() == desk.counts())
    other_desk.wait_for(lambda: other_desk.cards() == desk.cards(), f"the cards of {desk.page.url}")
    other_desk.wait_for(lambda: other_desk.claims_on_map() == desk.claims_on_map() > 0)
    assert other_desk.stand() == pytest.approx(desk.stand(), abs=0.01)


def test_pan_zoom_and_unticked_layers_survive_a_filter(desk: Desk) -> None:
    desk.open()
    desk.wait_for(lambda: desk.claims_on_map() == 8)
    desk.frame.evaluate("window.the_same = true")
    desk.move_map(50, 20, zoom=4.5)
    stand = desk.stand()
    desk.open_layers().filter(has_text="Allies in the Baltic").click()
    desk.wait_for(lambda: desk.claims_on_map() == 6, "a layer less")
    desk.choose("What is reported", "there")
    desk.wait_for(lambda: desk.claims_counted() == 6)
    desk.wait_for(lambda: desk.claims_on_map() == 4, "still without the layer")
    assert desk.frame.evaluate("window.the_same"), "the map was built anew"
    assert desk.stand() == pytest.approx(stand, abs=0.001)
    assert stand == pytest.approx((4.5, 50, 20), abs=0.1)


def test_back_returns_to_the_filter_before(desk: Desk) -> None:
    desk.open()
    desk.choose("Deploying country", "Germany")
    agree(desk, 1)
    desk.page.go_back()
    agree(desk, 9, unplaced=1)
    expect(desk.page.get_by_test_id("stMultiSelect").first).not_to_contain_text("Germany")


def test_rubbish_in_the_address_is_left_out_and_said(desk: Desk) -> None:
    desk.open("/?status=victorious&since=never&actor=DEU&place=%3Cscript%3Ealert(1)%3C/script%3E")
    agree(desk, 1)
    expect(desk.page.get_by_text("“victorious” cannot be used")).to_be_visible()
    expect(desk.page.get_by_text("“never” cannot be used")).to_be_visible()
    assert desk.page.evaluate("window.ran") == []


def test_places_only_mentioned_come_when_asked_for(desk: Desk) -> None:
    desk.open("/?article=black-sea")
    desk.wait_for(lambda: desk.claims_on_map() == 3)
    assert desk.frame.locator(".mention").count() == 0
    desk.page.get_by_text("Also show places only mentioned").click()
    desk.wait_for(lambda: desk.frame.locator(".mention").count() == 1)
    assert desk.claims_on_map() == 3


def test_hostile_text_is_shown_and_never_run(desk: Desk) -> None:
    desk.open("/?article=hostile&mentions=shown")
    agree(desk, 1)
    desk.frame.locator(".mark-holder").hover()
    expect(desk.frame.locator(".leaflet-tooltip")).to_contain_text("${alert(4)}")
    desk.frame.locator(".mark-holder").click()
    visible = " ".join(SENTENCE.replace("\u202e", "<U+202E>").replace("\u202c", "<U+202C>").split())
    desk.wait_for(lambda: desk.cards() == [visible], "the sentence as text")
    desk.page.get_by_text("The whole article").click()
    expect(desk.page.locator(".article-text")).to_contain_text("</script><script>alert(2)</script>")
    expect(desk.open_layers().first).to_contain_text("<img src=x onerror=alert(3)>")
    assert desk.page.locator("a[href^=javascript]").count() == 0
    for frame in desk.page.frames:
        assert frame.evaluate("window.ran") == []
        assert frame.evaluate("document.querySelectorAll('img[src=x], svg[onload]').length") == 0


def test_what_another_process_adds_appears(desk: Desk, store: SqlStore) -> None:
    desk.open()
    desk.wait_for(lambda: desk.claims_counted() == 9)
    store.save(readings.reading(readings.Said("Polish troops are in Mali.", "POL", "Mali", readings.MALI), id="later"))
    try:
        agree(desk, 10, unplaced=1)
    finally:
        store.remove(["later"])
    agree(desk, 9, unplaced=1)


def test_one_click_and_a_yes_remove_the_samples(desk: Desk, store: SqlStore) -> None:
    desk.open("/?article=sample")
    agree(desk, 1)
    expect(desk.page.get_by_text("Sample, written for demonstration").first).to_be_visible()
    try:
        desk.page.get_by_role("button", name="Remove the samples").click()
        desk.page.get_by_role("button", name="Remove them all").click()
        agree(desk, 8, unplaced=1)
        expect(desk.page.get_by_text("Sample, written for demonstration")).to_have_count(0)
        assert store.article("sample") is None
        assert store.article("baltic") is not None
    finally:
        store.save(readings.sample())


def test_the_export_is_what_is_filtered(desk: Desk) -> None:
    desk.open("/?article=black-sea&actor=RUS")
    agree(desk, 1)
    desk.page.get_by_role("button", name="Export").click()
    with desk.page.expect_download() as download:
        desk.page.get_by_test_id("stDownloadButton").filter(has_text="CSV").click()
    lines = download.value.path().read_text("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "Two Russian frigates entered the Black Sea" in lines[1]
