"""Politeness, towards a real server on loopback: robots.txt, pauses, patience. The clock is the test's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from errors import FetchError
from intake.courtesy import TRIES, Visitor, patience
from intake.fetch import Fetcher
from tests.intake.server import Server, serving


class Clock:
    """Goes on only where somebody waits."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []

    def wait(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        server.says("/a", b"x")
        server.says("/b", b"x")
        yield server


def visitor(server: Server, clock: Clock, *, pause_s: float = 2.0) -> Visitor:
    fetcher = Fetcher(allow=[server.name])
    return Visitor(fetcher, agent="garrison/0.1", pause_s=pause_s, clock=lambda: clock.now, wait=clock.wait)


def test_robots_are_asked_once_a_day_and_kept_to(server: Server) -> None:
    server.says("/robots.txt", b"User-agent: *\nDisallow: /b\n")
    clock = Clock()
    polite = visitor(server, clock)
    assert polite.get(f"{server.url}/a").status == 200
    with pytest.raises(FetchError, match=r"robots\.txt"):
        polite.get(f"{server.url}/b")
    assert server.paths == ["/robots.txt", "/a"]
    clock.now += 25 * 3600
    polite.get(f"{server.url}/a")
    assert server.paths == ["/robots.txt", "/a", "/robots.txt", "/a"]


def test_rules_for_this_program_by_name(server: Server) -> None:
    server.says("/robots.txt", b"User-agent: garrison\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    with pytest.raises(FetchError, match=r"robots\.txt"):
        visitor(server, Clock()).get(f"{server.url}/a")


@pytest.mark.parametrize("status", [404, 403, 410])
def test_without_rules_all_is_allowed(server: Server, status: int) -> None:
    server.says("/robots.txt", status=status)
    assert visitor(server, Clock()).get(f"{server.url}/a").status == 200


@pytest.mark.parametrize("status", [500, 503, 429])
def test_where_the_rules_cannot_be_had_nothing_is_fetched(server: Server, status: int) -> None:
    server.says("/robots.txt", status=status, Retry_After="60")
    with pytest.raises(FetchError) as caught:
        visitor(server, Clock()).get(f"{server.url}/a")
    assert caught.value.retry_after == 60 and server.paths == ["/robots.txt"]


def test_requests_to_one_host_are_parted(server: Server) -> None:
    clock = Clock()
    polite = visitor(server, clock)
    polite.get(f"{server.url}/a")
    polite.get(f"{server.url}/b")
    assert clock.waits == [2.0, 2.0]


@pytest.mark.parametrize(("asked", "waited"), [("7", 7.0), ("0.1", 2.0), ("86400", 60.0), ("soon", 2.0)])
def test_the_pause_that_a_host_asks_for(server: Server, asked: str, waited: float) -> None:
    server.says("/robots.txt", f"User-agent: *\nCrawl-delay: {asked}\n".encode())
    clock = Clock()
    polite = visitor(server, clock)
    polite.get(f"{server.url}/a")
    polite.get(f"{server.url}/a")
    assert clock.waits == [2.0, waited]


def test_patience_grows_and_ends() -> None:
    waits = [patience(tries) for tries in range(1, TRIES)]
    assert waits[:3] == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20)]
    assert waits == sorted(waits, key=lambda wait: wait or timedelta.max)
    assert patience(TRIES) is None
    assert patience(1, 3600.0) == timedelta(hours=1)
    assert patience(1, 1e9) == timedelta(days=7)
