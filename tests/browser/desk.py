"""The page as a reader has it before the eyes: what is drawn is counted in the browser, not in the server's state."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Frame, Locator, Request, expect

#: How long anything may take before a test gives up; no test asserts how long it takes.
PATIENCE = 20.0

MARKS = """() => {
  const shown = [];
  garrison.desk.map.eachLayer((layer) => {
    const icon = layer instanceof L.Marker && layer.getElement();
    if (!icon || !icon.classList.contains("mark-holder")) return;
    const box = icon.getBoundingClientRect();
    shown.push({ label: icon.getAttribute("aria-label"), count: Number(icon.textContent) || 1,
                 x: box.x + box.width / 2, y: box.y + box.height / 2 });
  });
  return shown;
}"""


class Desk:
    """A tab with the page in it. Whatever it asks of any host but this machine is recorded (the browser refuses it)."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self._address = address
        self.outward: list[str] = []
        self.complaints: list[str] = []
        self.page = context.new_page()
        self.page.add_init_script("window.ran = []; window.alert = (what) => window.ran.push(String(what));")
        self.page.on("request", self._look)
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        self.page.set_default_timeout(PATIENCE * 1000)

    def _look(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.hostname != "127.0.0.1" and parts.scheme not in ("data", "blob"):
            self.outward.append(request.url)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def close(self) -> None:
        self.page.close()

    # What the reader does

    def open(self, path: str = "/") -> Desk:
        self.page.goto(self._address + path)
        self.wait_for(lambda: self.page.locator("iframe[title*=folium]").count() == 1, "the map's frame")
        self.wait_for(lambda: self._in_map("() => Boolean(window.garrison && garrison.desk && garrison.desk.version)"))
        return self

    def choose(self, label: str, option: str) -> None:
        """Choose one more option of a sidebar's list."""
        box = self.page.get_by_test_id("stSidebar").get_by_test_id("stMultiSelect").filter(has_text=label)
        box.locator("input").click()
        self.page.get_by_role("option", name=option, exact=True).click()
        self.page.keyboard.press("Escape")

    def tick(self, article: str) -> None:
        self.page.get_by_test_id("stSidebar").get_by_test_id("stCheckbox").filter(has_text=article).locator(
            "label"
        ).click()

    def enter_day(self, label: str, day: str) -> None:
        """Type a day, ``2022-01-25``, into a field of three parts."""
        field = self.page.get_by_role("group", name=label, exact=True)
        field.get_by_role("spinbutton").first.click()
        self.page.keyboard.type(day.replace("-", ""), delay=40)
        self.page.keyboard.press("Escape")

    def open_layers(self) -> Locator:
        """The map's own list of layers, unfolded."""
        self.frame.locator(".leaflet-control-layers").hover()
        return self.frame.locator(".leaflet-control-layers-overlays label")

    def click_mark(self, label: str) -> None:
        mark = self.frame.locator(f'.mark-holder[aria-label="{label}"]')
        mark.click()

    def move_map(self, lat: float, lon: float, *, zoom: float) -> None:
        # In braces: the value of the expression, Leaflet's map, would take half a minute to send here.
        self._in_map(f"() => {{ garrison.desk.map.setView([{lat}, {lon}], {zoom}, {{animate: false}}) }}")

    # What the reader sees

    @property
    def frame(self) -> Frame:
        found = [frame for frame in self.page.frames if "streamlit_folium" in frame.url]
        assert len(found) == 1
        return found[0]

    def _in_map(self, script: str) -> Any:
        return self.frame.evaluate(script)

    def marks(self) -> list[dict[str, Any]]:
        marks: list[dict[str, Any]] = self._in_map(MARKS)
        return marks

    def claims_on_map(self) -> int:
        return sum(mark["count"] for mark in self.marks())

    def stand(self) -> tuple[float, float, float]:
        """The map's zoom, latitude and longitude."""
        zoom, lat, lon = self._in_map(
            "() => { const at = garrison.desk.map.getCenter(); return [garrison.desk.map.getZoom(), at.lat, at.lng]; }"
        )
        return zoom, lat, lon

    def polygons(self) -> int:
        number: int = self._in_map("() => document.querySelectorAll('path.country').length")
        return number

    def counts(self) -> str:
        return self.page.locator(".counts").inner_text()

    def claims_counted(self) -> int:
        return int(self.counts().split()[0])

    def rows(self) -> int:
        """Rows of the table, as its accessible form tells them (its pixels are a canvas)."""
        table = self.page.get_by_test_id("stDataFrame").locator("table[role=grid]")
        return int(table.get_attribute("aria-rowcount") or 0) - 1 if table.count() else 0

    def detail(self) -> Locator:
        return self.page.get_by_test_id("stMain")

    def cards(self) -> list[str]:
        """The highlighted sentence of each claim card on the page."""
        sentences = self.page.locator(".claim-card blockquote").evaluate_all(
            "(quotes) => quotes.map((quote) => [...quote.querySelectorAll('mark')].map((m) => m.textContent).join(''))"
        )
        return [re.sub(r"\s+", " ", text) for text in sentences]

    def rest(self) -> None:
        """Wait until the page is drawn: what is typed, chosen or clicked while Streamlit still draws may be lost."""
        expect(self.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")

    def wait_for(self, holds: Callable[[], object], what: str = "") -> None:
        """Wait until it holds: the page is drawn in steps, and a step may replace what is looked at."""
        end = time.monotonic() + PATIENCE
        fault: Exception | None = None
        while time.monotonic() < end:
            try:
                if holds():
                    return
                fault = None
            except Exception as raised:  # the frame or an element may be gone for a moment
                fault = raised
            self.page.wait_for_timeout(100)
        raise AssertionError(f"never came true: {what or holds}; {self.counts()}") from fault
