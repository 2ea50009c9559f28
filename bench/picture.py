"""Make ``docs/screenshot.png``: the page as it stands, with the sample reports and one claim opened.

Run as ``make picture`` or ``python -m bench.picture``. It reads the samples into a store of its own, serves the page
on a free port, opens it in Chromium and leaves nothing behind but the picture.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

from data.build import build
from intake.article import read_article
from pipeline import add_article, load_pipeline
from records import ClaimFilter
from settings import DATA, PROJECT, STATIC, load_settings
from store import open_store

PICTURE = PROJECT / "docs" / "screenshot.png"
WIDTH, HEIGHT = 1440, 900
#: Where the map stands, and whose claim is opened: actor and place of the article that all others turn around.
STAND = "map=4.5/50.5/25"
OPENED = ("FRA", "Black Sea")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'picture.db'}"
        query = _fill(url)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
        with subprocess.Popen(
            command, cwd=PROJECT, env={**os.environ, "GARRISON_STORE": url}, stdout=subprocess.DEVNULL
        ) as server:
            try:
                _take(f"http://127.0.0.1:{port}", query)
            finally:
                server.terminate()
    print(PICTURE)


def _fill(url: str) -> str:
    """Read the samples; the query that opens the claim of OPENED."""
    settings = load_settings()
    build(settings.home, STATIC, progress=print)
    pipeline = load_pipeline(gazetteer=settings.gazetteer, data=DATA, point_of_view=settings.point_of_view)
    store = open_store(url)
    for report in sorted((DATA / "reports").glob("*.md")):
        add_article(store, pipeline, read_article(report))
    actor, place = OPENED
    found = store.claims(ClaimFilter(actors=(actor,)))
    found = found[found["place_name"] == place]
    store.close()
    return f"/?place={found.iloc[0]['place']}&claim={found.iloc[0]['id']}#{STAND}" if len(found) else f"/#{STAND}"


def _take(address: str, query: str) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=5).close()
            break
        except OSError:
            time.sleep(0.25)
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(address + query)
        page.frame_locator("iframe[title*=folium]").locator(".mark-holder.selected").first.wait_for(timeout=120_000)
        page.locator(".claim-card").first.wait_for()
        page.wait_for_timeout(3000)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
