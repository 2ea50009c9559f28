"""What lies near, off or in a part of a place is drawn as an area with its radius, and never as a point."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from records import Place
from store.sql import SqlStore
from tests import readings
from tests.browser.desk import Desk

NEAR_GAO = Place("t:gao#near::", "near Gao", "region", 16.3, 0.0, 45.0, ("MLI",), "Gao")
EAST = Place("t:UKR#part:east", "eastern Ukraine", "region", 48.5, 35.1, 470.0, ("UKR",))


@pytest.fixture
def opened(desk: Desk, store: SqlStore) -> Iterator[Desk]:
    reading = readings.reading(
        readings.Said("French troops are near Gao.", "FRA", "near Gao", NEAR_GAO),
        readings.Said("Russian troops may go to eastern Ukraine.", "RUS", "eastern Ukraine", EAST, status="discussed"),
        id="areas",
        title="Around",
    )
    store.save(reading)
    yield desk.open("/?article=areas")
    store.remove(["areas"])


def circles(desk: Desk) -> list[tuple[int, bool]]:
    """Radius in km of each circle on the map, and whether its line is dashed."""
    drawn: list[list[int | bool]] = desk.frame.evaluate(
        """() => {
          const found = [];
          garrison.desk.borders.areas.eachLayer((layer) => {
            if (layer.getRadius) found.push([Math.round(layer.getRadius() / 1000), Boolean(layer.options.dashArray)]);
          });
          return found;
        }"""
    )
    return sorted((int(radius), bool(dashed)) for radius, dashed in drawn)


def test_areas_have_their_radius_and_a_plan_is_dashed(opened: Desk) -> None:
    opened.wait_for(lambda: circles(opened) == [(45, False), (470, True)])
    labels = {mark["label"] for mark in opened.marks()}
    assert labels == {
        "somewhere near Gao: France, ground troops, there",
        "somewhere in eastern Ukraine: Russia, ground troops, discussed",
    }
    assert opened.frame.locator(".spot").count() == 0, "no point is drawn"
    opened.click_mark("somewhere near Gao: France, ground troops, there")
    expect(opened.page.locator(".claim-card")).to_contain_text("an area, within 45 km of its middle")
