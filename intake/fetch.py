"""Fetching, safely: what a stranger's link may make this machine do, and for how long.

One GET is a chain of hops, and every hop takes the same steps:

1. the address is http or https, names a host, carries no password;
2. its host is resolved, and *every* address that it resolves to must be on the public internet, unless a setting
   allows this host by name;
3. the connection is made to an address that was just checked, not to the name, so that a name that resolves otherwise
   a moment later leads nowhere else. TLS is still checked against the name;
4. the answer is read until a deadline for the whole chain, up to a bound of bytes, counted after decompression;
5. a redirect is another hop: it begins again at 1, a few times at most, never twice to the same address.

No cookie, no password, no proxy, no script. Whatever goes wrong is a FetchError in one line.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from http.client import HTTPException
from urllib.parse import urljoin

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Url

from errors import FetchError
from intake.addresses import PORTS, checked, host_of, private, resolved
from records import Original

AGENT = "garrison/0.1 (reads news for a map of reported deployments)"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
#: Of an answer's headers these tell something about the article, or about how to ask again.
TELLING = ("content-type", "content-language", "last-modified", "etag", "date", "link")
_PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one GET may take, all its redirects together."""

    seconds: float = 30.0
    megabytes: float = 20.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. ``status`` is 200, or 304 where nothing has changed since; ``address`` is the last hop's."""

    status: int
    address: str
    asked: str
    headers: Mapping[str, str]
    body: bytes
    retrieved: datetime

    @property
    def original(self) -> Original:
        return Original(
            body=self.body,
            retrieved=self.retrieved,
            media_type=self.headers.get("content-type", "").partition(";")[0].strip().lower(),
            address=self.address,
            asked=self.asked,
            headers=tuple((name, self.headers[name]) for name in TELLING if name in self.headers),
        )


class Fetcher:
    """Fetches over HTTP within bounds, from public addresses and those hosts that ``allow`` names.

    ``allow`` has entries HOST (any port of it) or HOST:PORT, an IPv6 address in brackets.
    """

    def __init__(self, *, allow: Iterable[str] = (), agent: str = AGENT, bounds: Bounds | None = None) -> None:
        self._allow = frozenset(entry.lower() for entry in allow)
        self._agent = agent
        self._bounds = bounds or Bounds()

    def get(self, address: str, *, etag: str | None = None, last_modified: str | None = None) -> Answer:
        """What is at an address. With ``etag`` or ``last_modified`` of an earlier answer: only if it has changed.

        Raises FetchError, with ``status`` and ``retry_after`` where the server said so.
        """
        deadline = time.monotonic() + self._bounds.seconds
        asked = address
        headers = {"User-Agent": self._agent, "Accept": "*/*", "Accept-Encoding": "gzip"}
        if etag:
            headers["If-None-Match"] = _one_line(etag)
        if last_modified:
            headers["If-Modified-Since"] = _one_line(last_modified)
        seen: set[str] = set()
        while True:
            url = checked(address)
            if url.url in seen:
                raise FetchError(f"{asked}: redirects in a circle, back to {url.url}; look at it in a browser")
            if len(seen) > self._bounds.redirects:
                raise FetchError(f"{asked}: more than {self._bounds.redirects} redirects; look at it in a browser")
            seen.add(url.url)
            try:
                answer = self._hop(url, asked, headers, deadline)
            except (HTTPError, HTTPException, OSError, ValueError, zlib.error) as fault:
                if isinstance(fault, FetchError):
                    raise
                raise FetchError(_explained(url, fault, deadline)) from fault
            if answer.status not in REDIRECTS:
                return _accepted(answer)
            if not (target := answer.headers.get("location")):
                raise FetchError(f"{url.url}: a redirect to nowhere (HTTP {answer.status}); look at it in a browser")
            address = _joined(url, target)

    def _hop(self, url: Url, asked: str, headers: Mapping[str, str], deadline: float) -> Answer:
        """One request to one server, and its answer."""
        with self._connected(url, deadline) as connection:
            assert connection.sock is not None
            with _ending(connection.sock, deadline):
                connection.request(
                    "GET",
                    url.request_uri,
                    headers={"Host": url.netloc or "", **headers},
                    preload_content=False,
                    decode_content=False,
                )
                response = connection.getresponse()
                body = self._body(url, response) if response.status == 200 else b""
            if time.monotonic() >= deadline:
                raise TimeoutError
        return Answer(
            status=response.status,
            address=url.url,
            asked=asked,
            headers={name.lower(): value for name, value in response.headers.items()},
            body=body,
            retrieved=datetime.now(UTC),
        )

    def _body(self, url: Url, response: BaseHTTPResponse) -> bytes:
        coding = response.headers.get("Content-Encoding", "").strip().lower()
        if coding not in {"", "identity", "gzip", "x-gzip"}:
            raise FetchError(f"{url.url}: sent as {coding[:40]!r}, which was not asked for; save the page by hand")
        most = int(self._bounds.megabytes * 1_000_000)
        pieces = iter(partial(response.read, _PIECE), b"")
        body = bytearray()
        for piece in _unpacked(pieces) if coding.endswith("gzip") else pieces:
            body += piece
            if len(body) > most:
                raise FetchError(f"{url.url}: larger than {self._bounds.megabytes:g} MB; save it by hand")
        return bytes(body)

    # Connecting

    @contextmanager
    def _connected(self, url: Url, deadline: float) -> Iterator[HTTPConnection]:
        """A connection to one of the host's addresses, all of which were checked."""
        host, port = host_of(url), url.port or PORTS[url.scheme or "http"]
        fault: Exception | None = None
        for address in self._addresses(url, host, port, deadline):
            connection = _connection(url, address, host, port, _left(deadline))
            try:
                connection.connect()
            except (HTTPError, OSError) as failed:
                connection.close()
                fault = failed
                continue
            try:
                yield connection
            finally:
                connection.close()
            return
        assert fault is not None, "a host without addresses is refused before"
        raise fault

    def _addresses(self, url: Url, host: str, port: int, deadline: float) -> list[str]:
        """Where the host is: as numbers, each of them checked."""
        found = resolved(host, port, _left(deadline))
        named = f"[{host}]" if ":" in host else host
        if not {named, f"{named}:{port}"} & self._allow:
            for address in found:
                if kind := private(address):
                    raise FetchError(
                        f"{url.url}: leads to {address}, {kind}; if it should be read, allow {named}:{port} by name"
                        " in the settings ([fetch] allow)"
                    )
        return found


def _connection(url: Url, address: str, host: str, port: int, seconds: float) -> HTTPConnection:
    if url.scheme == "http":
        return HTTPConnection(address, port, timeout=seconds)
    return HTTPSConnection(
        address,
        port,
        timeout=seconds,
        server_hostname=host,  # checked by OpenSSL against the certificate
        ssl_context=ssl.create_default_context(),
    )


@contextmanager
def _ending(connected: socket.socket, deadline: float) -> Iterator[None]:
    """Cut the connection at the deadline: a time-out of a socket begins again with every byte that drips in."""

    def cut() -> None:
        with suppress(OSError):
            # Not the method of an SSL socket, which takes itself apart while the other thread reads.
            socket.socket.shutdown(connected, socket.SHUT_RDWR)

    timer = threading.Timer(_left(deadline), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


# Answers


def _unpacked(packed: Iterator[bytes]) -> Iterator[bytes]:
    """What gzip packed, in pieces of bounded size, whatever it grows to."""
    unpacker = zlib.decompressobj(wbits=31)
    for piece in packed:
        left = piece
        while left and not unpacker.eof:
            yield unpacker.decompress(left, _PIECE)
            left = unpacker.unconsumed_tail
    if not unpacker.eof:
        raise HTTPException("compressed, and cut short")


def _accepted(answer: Answer) -> Answer:
    if answer.status in {200, 304}:
        return answer
    meaning = {
        204: "an empty answer; check the address",
        401: "it wants a password; save the page by hand",
        403: "the server refuses; save the page by hand",
        404: "there is nothing; check the address",
        410: "it is gone for good; remove the address",
        429: "too many requests; it will be left alone for a while",
    }.get(answer.status, "the server fails; try again later" if answer.status >= 500 else "refused; look at it there")
    raise FetchError(
        f"{answer.address}: HTTP {answer.status}, {meaning}",
        status=answer.status,
        retry_after=_retry_after(answer.headers.get("retry-after", "")),
    )


def _retry_after(said: str) -> float | None:
    """Seconds, from a number of them or a date."""
    said = said.strip()
    if said.isdecimal() and said.isascii():
        return float(said[:9])
    with suppress(ValueError):
        moment = parsedate_to_datetime(said)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - datetime.now(UTC)).total_seconds())
    return None


def _explained(url: Url, fault: Exception, deadline: float) -> str:
    if isinstance(fault, TimeoutError) or time.monotonic() >= deadline:
        return f"{url.url}: too slow, it was given up; try again later"
    cause: BaseException | None = fault
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"{url.url}: its certificate is not trusted ({_brief(cause)}); check the address"
        if isinstance(cause, ConnectionRefusedError):
            return f"{url.url}: nothing answers there; check the address"
        cause = cause.__cause__ or cause.__context__
    return f"{url.url}: the connection or the answer is broken ({_brief(fault)}); try again later"


def _brief(fault: BaseException) -> str:
    return " ".join(f"{type(fault).__name__}: {fault}".split())[:160]


def _joined(url: Url, target: str) -> str:
    try:
        return urljoin(url.url, target)
    except ValueError as fault:
        raise FetchError(f"{url.url}: redirects to what is no address ({target[:80]!r}); look at it there") from fault


def _one_line(header: str) -> str:
    """A header's value that ends where its line does: it came from another server."""
    return "".join(character for character in header if " " <= character <= "~")
