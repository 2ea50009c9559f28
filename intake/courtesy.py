"""Manners of a program that comes by itself: what robots.txt forbids is not fetched, no host is asked in a hurry, and
one that fails is left alone for longer each time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from protego import Protego

from errors import FetchError
from intake.fetch import Answer, Fetcher

#: How long the rules of a host hold, as RFC 9309 recommends.
RULES_HOLD_S = 24 * 3600.0
#: A host that wants longer pauses than this between two requests is not waited for any longer.
LONGEST_PAUSE_S = 60.0
_LONGEST_RULES = 512_000


#: After so many failures in a row an address is given up.
TRIES = 8


def patience(tries: int, retry_after: float | None = None) -> timedelta | None:
    """How long to leave alone what has failed so many times in a row: five minutes, doubled each time, a day at most.

    Not less than its server asked for (``retry_after``, seconds; believed up to a week). None: give it up.
    """
    if tries >= TRIES:
        return None
    wait = min(timedelta(minutes=5 * (1 << (tries - 1))), timedelta(days=1))
    return max(wait, min(timedelta(seconds=retry_after or 0.0), timedelta(days=7)))


@dataclass(slots=True)
class _Host:
    rules: Protego
    until: float
    free: float = 0.0


class Visitor:
    """Fetches as ``Fetcher`` does, one request after the other, politely.

    A host's robots.txt is asked for first, and again a day later. Where it cannot be had because the server fails,
    nothing of the host is fetched now; where there is none, all is allowed (RFC 9309). ``pause_s`` parts two requests
    to one host, or as much as its robots.txt asks for.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        agent: str,
        pause_s: float,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        self._fetcher, self._agent, self._pause_s = fetcher, agent, pause_s
        self._clock, self._wait = clock, wait
        self._hosts: dict[str, _Host] = {}

    def get(self, address: str, *, etag: str | None = None, last_modified: str | None = None) -> Answer:
        """As ``Fetcher.get``. Raises FetchError also for what robots.txt forbids."""
        host = self._host(address)
        if not host.rules.can_fetch(address, self._agent):
            raise FetchError(f"{address}: its robots.txt asks programs to stay away; save the page by hand")
        self._wait_for(host)
        try:
            return self._fetcher.get(address, etag=etag, last_modified=last_modified)
        finally:
            asked = float(host.rules.crawl_delay(self._agent) or 0.0)
            host.free = self._clock() + max(self._pause_s, min(asked, LONGEST_PAUSE_S))

    def _host(self, address: str) -> _Host:
        parts = urlsplit(address)
        key = f"{parts.scheme}://{parts.netloc}"
        known = self._hosts.get(key)
        if known and self._clock() < known.until:
            return known
        if known:
            self._wait_for(known)
        rules = self._rules(f"{key}/robots.txt")
        now = self._clock()
        self._hosts[key] = _Host(rules, until=now + RULES_HOLD_S, free=now + self._pause_s)
        return self._hosts[key]

    def _rules(self, address: str) -> Protego:
        try:
            body = self._fetcher.get(address).body[:_LONGEST_RULES]
        except FetchError as fault:
            if fault.status is None or not 400 <= fault.status < 500 or fault.status == 429:
                raise
            body = b""
        return Protego.parse(body.decode("utf-8", "replace"))

    def _wait_for(self, host: _Host) -> None:
        if (left := host.free - self._clock()) > 0:
            self._wait(left)
