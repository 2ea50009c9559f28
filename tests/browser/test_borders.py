"""Whose borders: chosen on the page, drawn and counted alike; what is disputed says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from store.sql import SqlStore
from tests import readings
from tests.browser.desk import Desk

SEVASTOPOL = replace(
    readings.CRIMEA, gazetteer_id="t:sevastopol", name="Sevastopol", kind="city", lat=44.6, lon=33.5, disputed="Crimea"
)
SAID = readings.Said("Russian ships are in Sevastopol.", "RUS", "Sevastopol", SEVASTOPOL, asset="naval")


@pytest.fixture
def opened(desk: Desk, store: SqlStore) -> Iterator[Desk]:
    """One claim, in a disputed area."""
    reading = readings.reading(SAID, id="sevastopol", title="In the bay")
    store.save(reading)
    desk.open(f"/?article=sevastopol&claim={reading.claims[0].id}")
    desk.wait_for(lambda: desk.cards() == [SAID.sentence])
    yield desk
    store.remove(["sevastopol"])


def hosts_drawn(desk: Desk) -> list[str]:
    """Countries that are drawn as having forces in them."""
    drawn: list[str] = desk.frame.evaluate(
        """() => {
          const found = [];
          garrison.desk.borders.countries.eachLayer((layer) => {
            const outline = layer.getElement();
            if (outline && outline.classList.contains("host")) found.push(layer.feature.properties.id);
          });
          return found;
        }"""
    )
    return drawn


def test_borders_are_chosen_on_the_page(opened: Desk) -> None:
    opened.wait_for(lambda: hosts_drawn(opened) == ["UKR"])
    expect(opened.page.locator(".claim-card")).to_contain_text("Ukraine; within 160 km of the point; disputed: Crimea")
    opened.page.get_by_test_id("stSidebar").get_by_text("as controlled on the ground").click()
    opened.wait_for(lambda: hosts_drawn(opened) == ["RUS"], "drawn by the other view")
    expect(opened.page.locator(".claim-card")).to_contain_text("Russia; within 160 km of the point; disputed: Crimea")
    expect(opened.frame.locator(".leaflet-control-attribution")).to_contain_text("Borders: as controlled on the ground")
    opened.wait_for(lambda: "borders=de_facto" in opened.page.url)
    opened.open("/?article=sevastopol&host=RUS&borders=de_facto")
    opened.wait_for(lambda: opened.claims_counted() == 1, "and counted so")
    opened.open("/?article=sevastopol&host=RUS&borders=un")
    opened.wait_for(lambda: opened.claims_counted() == 0)


def test_a_disputed_area_is_dashed_and_named(opened: Desk) -> None:
    opened.move_map(45.2, 34.2, zoom=7)
    opened.wait_for(lambda: opened.frame.locator("path.disputed").count() > 5)
    dashes = opened.frame.locator("path.disputed").evaluate_all(
        "(paths) => paths.map((path) => path.getAttribute('stroke-dasharray'))"
    )
    assert all(dashes)
    expect(opened.frame.get_by_text("Crimea (disputed)")).to_be_visible()
    expect(opened.frame.locator(".legend")).to_contain_text("disputed area")
    x, y = opened.frame.evaluate(
        """() => {
          const at = garrison.desk.map.latLngToContainerPoint([45.4, 34.6]);
          return [at.x, at.y];
        }"""
    )
    opened.frame.locator(".leaflet-container").hover(position={"x": x, "y": y})
    expect(opened.frame.locator(".leaflet-tooltip")).to_contain_text("disputed")
    expect(opened.frame.locator(".leaflet-tooltip")).to_contain_text("counted here with Ukraine")
    expect(opened.frame.locator(".leaflet-tooltip")).to_contain_text("1 claim")
    opened.move_map(42.6, 21, zoom=7)
    expect(opened.frame.get_by_text("Kosovo (disputed)")).to_be_visible()
    expect(opened.frame.get_by_text("Kosovo", exact=True)).to_have_count(0)
