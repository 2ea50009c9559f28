"""Which addresses on the web may be visited, and where they lead: to numbers, each one checked."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from ipaddress import IPv4Address, IPv6Address, ip_address

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from errors import FetchError

PORTS = {"http": 80, "https": 443}
_LONGEST = 4_000


def checked(address: str) -> Url:
    """The address in its parts. Raises FetchError for what is none, or none to go to."""
    shown = " ".join(address.split())[:200]
    if len(address) > _LONGEST:
        raise FetchError(f"{shown} …: an address of {len(address):,} characters; give a shorter one")
    if any(character <= " " or character in "\\\x7f" for character in address):
        raise FetchError(f"{shown!r}: no web address; give one without spaces and backslashes")
    try:
        url = parse_url(address)
        port = url.port
    except (LocationParseError, ValueError) as fault:
        raise FetchError(f"{shown!r}: no web address; give one like https://example.org/news") from fault
    if url.scheme not in PORTS or not url.host or port == 0:
        raise FetchError(f"{shown!r}: only http:// and https:// are fetched; give such an address")
    if url.auth is not None:
        raise FetchError(f"{url.scheme}://{url.host}: an address with a name or password in it; give it without")
    return url._replace(fragment=None, path=url.path or "/")


def host_of(url: Url) -> str:
    return (url.host or "").strip("[]").rstrip(".").lower()


def resolved(host: str, port: int, seconds: float) -> list[str]:
    """All addresses of a host. In a thread, since the system's resolver knows no time-out."""
    found: Future[list[str]] = Future()

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.set_result(list(dict.fromkeys(str(answer[4][0]) for answer in answers)))
        except (OSError, UnicodeError) as fault:
            found.set_exception(fault)

    threading.Thread(target=ask, daemon=True).start()
    try:
        addresses = found.result(timeout=seconds)
    except TimeoutError:
        raise
    except (OSError, UnicodeError) as fault:
        raise FetchError(f"{host}: no such host was found; check the address and the network") from fault
    if not addresses:
        raise FetchError(f"{host}: has no address; check it")
    return addresses


def private(address: str) -> str:
    """What keeps an IP address from being one of the public internet; empty for one that is."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        return _kind(ip.ipv4_mapped)
    return next((kind for one in (ip, *_within(ip)) if (kind := _kind(one))), "")


def _kind(ip: IPv4Address | IPv6Address) -> str:
    if ip.is_loopback:
        return "a loopback address"
    if ip.is_link_local:
        return "a link-local address"
    if ip.is_multicast:
        return "a multicast address"
    if ip.is_unspecified or not ip.is_global or ip.is_reserved:
        return "a private or reserved address"
    return ""


def _within(ip: IPv4Address | IPv6Address) -> Iterator[IPv4Address]:
    """IPv4 addresses that an IPv6 one leads to: by 6to4, Teredo, NAT64, or the old "compatible" form."""
    if isinstance(ip, IPv6Address):
        if ip.sixtofour:
            yield ip.sixtofour
        if ip.teredo:
            yield from ip.teredo
        if int(ip) >> 32 in {0x0064FF9B << 64, 0}:
            yield IPv4Address(int(ip) & 0xFFFFFFFF)
