"""Faults: a kill in the middle of an addition; a page served, ended and served again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from errors import StoreError
from records import ClaimFilter
from store import open_store
from store.sql import SqlStore

ROOT = Path(__file__).resolve().parent.parent
ALL = ClaimFilter()
PATIENCE_S = 120


@contextmanager
def started(arguments: Sequence[str], store: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "cli", *arguments]
    environment = {**os.environ, "GARRISON_STORE": store}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def finished(arguments: Sequence[str], store: str) -> str:
    with started(arguments, store) as process:
        out, err = process.communicate(timeout=600)
    assert (process.returncode, err) == (0, "")
    return out


# A kill


def write_articles(folder: Path, count: int) -> list[str]:
    paths = []
    for number in range(1, count + 1):
        path = folder / f"article-{number:03}.txt"
        path.write_text(
            f"Report number {number}\n\nGermany has sent {number + 100} soldiers to Lithuania.\n\n"
            f"France will send {number + 100} soldiers to Romania.\n",
            encoding="utf-8",
        )
        paths.append(str(path))
    return paths


def wait_for_articles(url: str, count: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            if open_store(url, create=False).summary(ALL).articles >= count:
                return
        except StoreError:
            pass  # not made yet
        time.sleep(0.01)
    pytest.fail(f"no {count} articles within {PATIENCE_S} s")


def whole_articles(store: SqlStore) -> int:
    """How many there are, each with both claims, both placed."""
    rows = store.claims(ALL)
    for id, claims in rows.groupby("article"):
        assert sorted(claims["actor"]) == ["DEU", "FRA"], id
        assert not claims["place"].isna().any()
        assert store.article(str(id))
    return int(rows["article"].nunique())


@pytest.mark.parametrize(
    ("count", "kills"), [(20, [3]), pytest.param(200, [1, 40, 90, 150, 180], marks=pytest.mark.soak)]
)
def test_a_kill_leaves_whole_articles_and_adding_again_completes(
    tmp_path: Path, count: int, kills: Sequence[int]
) -> None:
    paths = write_articles(tmp_path, count)
    url = f"sqlite:///{tmp_path / 'store.db'}"
    kept = 0
    for kill_at in kills:
        with started(["add", "--published", "2022-01-28", *paths], url) as process:
            wait_for_articles(url, kill_at)
            process.send_signal(signal.SIGKILL)
            process.communicate()
        before, kept = kept, whole_articles(open_store(url))
        assert max(before, kill_at) <= kept < count, "killed in the middle"
    out = finished(["add", "--published", "2022-01-28", *paths], url)
    assert out.count("unchanged  ") == kept
    assert out.count("added      ") == count - kept
    assert whole_articles(open_store(url)) == count


# The page


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_page(port: int, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.1)
    process.kill()
    pytest.fail(f"no page: {process.communicate()}")


def test_the_page_is_served_and_samples_come_once(tmp_path: Path) -> None:
    url, port = f"sqlite:///{tmp_path / 'store.db'}", free_port()
    command = ["run", "--no-browser", "--port", str(port)]
    with started(command, url) as process:
        wait_for_page(port, process)
        store = open_store(url, create=False)
        assert store.summary(ALL).samples == len(list((ROOT / "data" / "reports").glob("*.md")))
        with started(command, url) as second:
            out, err = second.communicate(timeout=60)
            assert second.returncode == 1
            assert err.count("\n") == 1
            assert f"127.0.0.1:{port}" in err
            assert "--port" in err
            assert not out
        process.terminate()
        out, _ = process.communicate(timeout=60)
        assert f"http://127.0.0.1:{port}" in out
    store.remove_samples()
    store.close()
    with started(command, url) as process:
        wait_for_page(port, process)
        assert open_store(url).summary(ALL).samples == 0, "removed by the user, for good"
        process.terminate()
        process.communicate(timeout=60)
