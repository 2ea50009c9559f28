"""A real server, a real Chromium, and a net that stops and records every request to anywhere but this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize, sync_playwright

from data.build import build
from records import ClaimFilter
from settings import STATIC, load_settings
from store import open_store
from store.sql import SqlStore
from tests import readings
from tests.browser.desk import Desk
from tests.browser.hostile import hostile

ROOT = Path(__file__).resolve().parents[2]
VIEWPORT = ViewportSize(width=1440, height=1000)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name but this machine's resolves, so no request can leave it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def store_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('store') / 'garrison.db'}"


@pytest.fixture(scope="session")
def store(store_url: str) -> SqlStore:
    """The store that the page shows: what it starts with is ``readings`` and one hostile article."""
    made = open_store(store_url)
    for reading in (readings.baltic(), readings.black_sea(), readings.in_doubt(), readings.sample(), hostile()):
        made.save(reading)
    return made


@pytest.fixture(scope="session")
def server(store_url: str, store: SqlStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page, served by `streamlit run` as a user would."""
    assert store.summary(ClaimFilter()).total
    build(load_settings().home, STATIC, progress=lambda _: None)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = {**os.environ, "GARRISON_STORE": store_url}
    with log.open("wb") as out, subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/_stcore/health", process, log)
            yield address
        finally:
            process.terminate()
    assert "Traceback" not in log.read_text(), log.read_text()


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        assert process.poll() is None, f"the server ended: {log.read_text()}"
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.25)
    pytest.fail(f"no server at {url}: {log.read_text()}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert found, "these tests need Chromium: install it (Debian: apt-get install chromium)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(chromium: Browser) -> BrowserContext:
    """One reader's browser for all tests, so that Streamlit's own scripts are loaded once; each test has a tab."""
    return chromium.new_context(viewport=VIEWPORT)


@pytest.fixture
def desk(context: BrowserContext, server: str) -> Iterator[Desk]:
    """The page in a tab of its own. Afterwards: nothing asked of any other host, nothing complained of."""
    with _opened(context, server) as opened:
        yield opened


@pytest.fixture
def other_desk(chromium: Browser, server: str) -> Iterator[Desk]:
    """The page in another reader's browser, which shares nothing with the first."""
    with chromium.new_context(viewport=VIEWPORT) as elsewhere, _opened(elsewhere, server) as opened:
        yield opened


@contextmanager
def _opened(context: BrowserContext, server: str) -> Iterator[Desk]:
    opened = Desk(context, server)
    yield opened
    opened.close()
    assert opened.outward == []
    assert opened.complaints == []
