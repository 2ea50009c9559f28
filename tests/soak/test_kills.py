"""Two processes write and two read, and any of them is killed at any moment: nothing is lost, nothing doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import func, select

from store import open_store
from store.sql import SqlStore
from store.tables import claims, readings, reviews
from tests.postgres import ENGINES, Server
from tests.soak.worker import BACK, REMOVES, REVIEWS, SHARED, Log, titles, write

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE_S = 120
WRITERS = ("ann", "ben")


@dataclass
class Worker:
    role: str
    name: str
    url: str
    log: Path
    process: subprocess.Popen[str] = field(init=False)
    _written: int = field(init=False, default=0)

    def start(self) -> None:
        self._written = self._size()
        command = [sys.executable, "-m", "tests.soak.worker", self.role, self.name, self.url, str(self.log)]
        self.process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)

    def is_at_work(self) -> bool:
        assert self.process.poll() is None, f"{self.name} ended by itself: {self.process.communicate()}"
        return self._size() > self._written

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()
        assert self.process.returncode == -signal.SIGKILL, f"{self.name} had ended by itself"

    def _size(self) -> int:
        return self.log.stat().st_size if self.log.exists() else 0


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with Server.address(request, tmp_path / "store.db", Server.database) as found:
        yield found


@contextmanager
def at_work(url: str, folder: Path) -> Iterator[list[Worker]]:
    workers = [Worker("write", name, url, folder / f"{name}.log") for name in WRITERS]
    workers += [Worker("read", name, url, folder / f"{name}.log") for name in ("cy", "dee")]
    for worker in workers:
        worker.start()
    try:
        yield workers
    finally:
        for worker in workers:
            worker.process.kill()
            worker.process.wait()


@pytest.mark.parametrize("kills", [5, pytest.param(50, marks=pytest.mark.soak)])
def test_kills_lose_nothing_and_double_nothing(url: str, kills: int, tmp_path: Path) -> None:
    seed = int.from_bytes(os.urandom(4))
    print(f"seed {seed}")
    chance = random.Random(seed)
    with at_work(url, tmp_path) as workers:
        for _ in range(kills):
            victim = chance.choice(workers)
            wait_until_at_work(victim)
            time.sleep(chance.uniform(0, 0.2))
            victim.kill()
            victim.start()
        for worker in workers:
            wait_until_at_work(worker)
            worker.kill()
    store = open_store(url)
    done = {}
    for name in WRITERS:
        log = Log(tmp_path / f"{name}.log")
        done[name] = log.last("begin")
        assert done[name] - log.last("done") <= 1
        write(store, name, log, until=done[name])
    expect_all_once(store, done)
    assert list(store.faults()) == []
    store.close()


def wait_until_at_work(worker: Worker) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not worker.is_at_work():
        assert time.monotonic() < deadline, f"{worker.name} did nothing for {PATIENCE_S} s"
        time.sleep(0.005)


def expect_all_once(store: SqlStore, done: dict[str, int]) -> None:
    kept = {f"{name}-{number}" for name, last in done.items() for number in range(1, last + 1)}
    gone = {
        f"{name}-{number - BACK}"
        for name, last in done.items()
        for number in range(1, last + 1)
        if not number % REMOVES
    }
    reviewed = {
        f"{name}-{number}" for name, last in done.items() for number in range(REVIEWS, last + 1, REVIEWS)
    } - gone
    with store._reading.begin() as connection:
        each = Counter(connection.execute(select(readings.c.article)).scalars())
        said = Counter(connection.execute(select(reviews.c.article)).scalars())
        claimed = connection.execute(select(func.count()).select_from(claims)).scalar_one()
    assert each.pop(SHARED) == sum(done.values())
    assert each == dict.fromkeys(kept - gone, 1)
    assert Counter(titles(store, SHARED)) == {
        f"{name} {number}": 1 for name, last in done.items() for number in range(1, last + 1)
    }
    assert said == dict.fromkeys(reviewed, 1)
    assert claimed == 2 * (len(each) + sum(done.values()))
