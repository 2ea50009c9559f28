"""The page as a server: where, with which settings of Streamlit's, and a browser once it answers."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn

from errors import SettingsError

#: Said here too, and not only in .streamlit/config.toml, which is read only where the command is given in its folder.
FLAGS = {
    "server.headless": "true",
    "server.enableStaticServing": "true",
    "server.fileWatcherType": "none",
    "server.maxUploadSize": "20",
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
}
_PATIENCE_S = 60


def check_free(address: str, port: int) -> None:
    """Raises SettingsError where the page cannot be served: the port is in use, or the address not this machine's."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        socket.create_server((address, port), family=family).close()
    except OSError as fault:
        raise SettingsError(
            f"{address}:{port}: cannot serve there ({fault.strerror}); choose another port with --port"
        ) from fault


def serve(app: Path, address: str, port: int, *, settings: Mapping[str, str], browser: bool) -> NoReturn:
    """Become the server of the page. ``settings`` are variables of the environment that the page reads.

    This process is replaced, so that whoever ends it ends the server and nothing is left behind.
    """
    url = f"http://{f'[{address}]' if ':' in address else address}:{port}"
    if browser and _has_display():
        subprocess.Popen([sys.executable, "-m", "cli.serving", url], cwd=app.parent)
    flags = {**FLAGS, "server.address": address, "server.port": str(port)}
    command = [sys.executable, "-m", "streamlit", "run", str(app), *(f"--{name}={flags[name]}" for name in flags)]
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(sys.executable, command, {**os.environ, **settings})


def open_when_ready(url: str, *, say: Callable[[str], None] = print) -> None:
    """Open the page in a browser as soon as the server answers; say so where it does not."""
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                webbrowser.open(url)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    say(f"{url} did not answer within {_PATIENCE_S} s; open it by hand")


def _has_display() -> bool:
    """Whether a browser would be a window: without one, Linux's would take over the terminal."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    open_when_ready(sys.argv[1])
