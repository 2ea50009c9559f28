"""A web server on loopback that answers as a test wants it, byte for byte, and counts who came."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Behaviour = Callable[["Server", socket.socket, str], None]


@dataclass
class Server:
    """``pages`` are answers by path; ``connections`` counts those that were made, ``requests`` are the heads sent."""

    host: str
    port: int = 0
    pages: dict[str, bytes | Behaviour] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    connections: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def name(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.name}"

    @property
    def paths(self) -> list[str]:
        return [request.split()[1] for request in self.requests]

    def says(self, path: str, body: bytes = b"", *, status: int = 200, **headers: str) -> None:
        self.pages[path] = reply(body, status=status, **headers)

    def redirects(self, path: str, target: str, *, status: int = 302) -> None:
        self.says(path, status=status, Location=target)


def reply(body: bytes = b"", *, status: int = 200, **headers: str) -> bytes:
    """An answer as it goes over the line; an underscore in a header's name is a hyphen, an empty value leaves out."""
    given = {"Content-Length": str(len(body)), "Connection": "close"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in given.items() if value]
    return "\r\n".join([f"HTTP/1.1 {status} So", *lines, "", ""]).encode() + body


@contextmanager
def serving(host: str = "127.0.0.1", *, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    server = Server(host)
    listening = socket.create_server((host, 0))
    server.port = listening.getsockname()[1]
    threading.Thread(target=_accept, args=(server, listening, tls), daemon=True).start()
    try:
        yield server
    finally:
        server.over.set()
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()


def _accept(server: Server, listening: socket.socket, tls: ssl.SSLContext | None) -> None:
    with suppress(OSError):
        while not server.over.is_set():
            connection, _ = listening.accept()
            server.connections += 1
            threading.Thread(target=_answer, args=(server, connection, tls), daemon=True).start()


def _answer(server: Server, connection: socket.socket, tls: ssl.SSLContext | None) -> None:
    with suppress(OSError), connection:
        line = tls.wrap_socket(connection, server_side=True) if tls else connection
        head = b""
        while b"\r\n\r\n" not in head:
            if not (piece := line.recv(65_536)):
                return
            head += piece
        server.requests.append(head.decode("latin-1"))
        page = server.pages.get(server.paths[-1], reply(b"nothing", status=404))
        if callable(page):
            page(server, line, server.requests[-1])
        else:
            line.sendall(page)
        line.close()


# How a server may misbehave


def silent(server: Server, _line: socket.socket, _request: str) -> None:
    """The connection stands, and nothing comes."""
    server.over.wait(30)


def dripping(start: bytes) -> Behaviour:
    """Every byte is in time, and the answer never ends."""

    def drip(server: Server, line: socket.socket, _request: str) -> None:
        line.sendall(start)
        while not server.over.wait(0.02):
            line.sendall(b"x")

    return drip


def endless(server: Server, line: socket.socket, _request: str) -> None:
    """As fast as it goes, without an end."""
    line.sendall(reply(Content_Length=""))
    while not server.over.is_set():
        line.sendall(b"x" * 65_536)
