"""An article on its way from the clipboard to the map."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from records import ClaimFilter, fingerprint
from store.sql import SqlStore
from tests.browser.desk import Desk

TEXT = "Germany will send 200 soldiers to Lithuania.\n\nNobody in the harbour spoke about <b>ships</b>."


@pytest.fixture
def as_before(store: SqlStore) -> Iterator[None]:
    """Whatever a test adds to the store that the tests share leaves again."""
    known = {facet.value for facet in store.summary(ClaimFilter()).by_article}
    yield
    store.remove({facet.value for facet in store.summary(ClaimFilter()).by_article} - known)


def paste(desk: Desk, text: str) -> None:
    desk.page.get_by_role("link", name="Add an article").click()
    desk.page.get_by_label("The article's text").fill(text)
    desk.page.get_by_role("button", name="Read it").click()


@pytest.mark.usefixtures("as_before")
def test_a_pasted_article_is_previewed_saved_and_on_the_map(desk: Desk, store: SqlStore) -> None:
    desk.open("/?actor=FRA")
    before = store.summary(ClaimFilter()).total
    paste(desk, TEXT)
    desk.wait_for(lambda: desk.cards() == ["Germany will send 200 soldiers to Lithuania."], "the preview")
    assert store.summary(ClaimFilter()).total == before, "nothing is saved before the reader says so"
    desk.page.get_by_role("button", name="Save").click()
    desk.wait_for(lambda: desk.claims_counted() == before + 1, "no filter hides it")
    desk.wait_for(lambda: "Germany will send 200 soldiers to Lithuania." in desk.cards(), "its card is open")
    desk.wait_for(lambda: desk.frame.locator('.mark-holder.selected[aria-label*="Germany"]').count() >= 1)
    (original,) = store.originals.of(fingerprint("text", TEXT))
    assert original.body.decode() == TEXT, "what was pasted is kept"


def test_what_cannot_be_read_is_said_and_nothing_saved(desk: Desk, store: SqlStore) -> None:
    desk.open()
    before = store.summary(ClaimFilter()).total
    paste(desk, "   ")
    expect(desk.page.get_by_text("no text in it")).to_be_visible()
    desk.rest()
    desk.page.get_by_test_id("stFileUploader").locator("input").set_input_files(
        {"name": "picture.txt", "mimeType": "text/plain", "buffer": b"\x89PNG\r\n\x1a\n\x00\x00\xff" * 20}
    )
    expect(desk.page.get_by_text("picture.txt")).not_to_have_count(0)
    desk.rest()
    desk.page.get_by_role("button", name="Read it").click()
    expect(desk.page.get_by_test_id("stAlert").filter(has_text="picture.txt")).to_be_visible()
    assert store.summary(ClaimFilter()).total == before


def test_leaving_for_another_page_keeps_the_filters(desk: Desk) -> None:
    desk.open("/?actor=RUS")
    desk.wait_for(lambda: desk.claims_counted() == 2)
    desk.page.get_by_role("link", name="Add an article").click()
    expect(desk.page.get_by_label("The article's text")).to_be_visible()
    desk.page.get_by_role("link", name="Map").click()
    desk.wait_for(lambda: desk.claims_counted() == 2, "the filter is still set")
