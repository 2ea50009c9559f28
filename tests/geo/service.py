"""A geocoding service on loopback that answers as a test wants it: well, slowly, wrongly, too much or not at all."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Service:
    """``paths`` are the requests that came, ``agents`` who said to send them."""

    port: int = 0
    behave: Behaviour = field(default=lambda handler: send(handler, b"[]"))
    paths: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def says(self, answer: Any) -> None:
        self.behave = lambda handler: send(handler, json.dumps(answer).encode())

    def says_bytes(self, body: bytes, *, status: int = 200, **headers: str) -> None:
        self.behave = lambda handler: send(handler, body, status=status, **headers)

    def is_silent(self) -> None:
        """The connection stands, and nothing comes."""

        def wait(_: BaseHTTPRequestHandler) -> None:
            self.over.wait(30)

        self.behave = wait

    def drips(self) -> None:
        """Every byte is in time, and the answer never ends."""

        def drip(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(200)
            handler.send_header("Content-Length", "100000")
            handler.end_headers()
            while not self.over.wait(0.02):
                handler.wfile.write(b" ")
                handler.wfile.flush()

        self.behave = drip

    def start(self) -> ThreadingHTTPServer:
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                service.paths.append(self.path)
                service.agents.append(self.headers["User-Agent"])
                with suppress(OSError):  # the one who asked has gone
                    service.behave(self)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return server


def send(handler: BaseHTTPRequestHandler, body: bytes, *, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content_Type": "application/json", "Content_Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def nominatim(name: str, lat: Any, lon: Any) -> dict[str, Any]:
    """One place in the form that Nominatim gives it."""
    return {"place_id": 1, "display_name": name, "lat": lat, "lon": lon, "type": "town"}
