"""Settings, read in one place: built-in defaults, then ``garrison.toml``, then the environment (``GARRISON_…``)."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal, get_args

from errors import SettingsError

PROJECT = Path(__file__).resolve().parent
PointOfView = Literal["un", "de_facto"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set.

    ``home`` holds everything that Garrison makes (gazetteer, default store) and may be deleted at any time but for
    the store. ``store`` is a URL of SQLAlchemy's form; empty means SQLite in ``home``. ``address`` and ``port`` are
    where the page is served. ``point_of_view`` chooses the borders.
    """

    home: Path = PROJECT / "var"
    store: str = ""
    address: str = "127.0.0.1"
    port: int = 8501
    point_of_view: PointOfView = "un"

    @property
    def store_url(self) -> str:
        return self.store or f"sqlite:///{self.home / 'garrison.db'}"

    @property
    def gazetteer(self) -> Path:
        return self.home / "gazetteer.sqlite"


DATA = PROJECT / "data"
STATIC = PROJECT / "static"


def load_settings(environment: Mapping[str, str] | None = None, *, file: Path | None = None) -> Settings:
    """Read the settings. ``file`` is ``garrison.toml`` in the working directory unless given.

    Raises SettingsError for an unknown name or a value of the wrong kind.
    """
    environment = os.environ if environment is None else environment
    file = Path("garrison.toml") if file is None else file
    given: dict[str, object] = {}
    if file.is_file():
        try:
            given.update(tomllib.loads(file.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
            raise SettingsError(f"{file}: not readable as TOML ({fault}); mend the file or remove it") from fault
    names = {field.name for field in fields(Settings)}
    for name in names:
        if value := environment.get(f"GARRISON_{name.upper()}"):
            given[name] = value
    if unknown := sorted(set(given) - names):
        raise SettingsError(f"{file}: unknown setting {unknown[0]!r}; known are {', '.join(sorted(names))}")
    return _checked(given)


def _checked(given: Mapping[str, object]) -> Settings:
    defaults = Settings()
    port = given.get("port", defaults.port)
    if not str(port).isdecimal() or not 0 < int(str(port)) < 65536:
        raise SettingsError(f"port {port!r} is no port; give a number from 1 to 65535")
    view = given.get("point_of_view", defaults.point_of_view)
    if view not in get_args(PointOfView):
        raise SettingsError(f"point_of_view {view!r} is unknown; choose one of {', '.join(get_args(PointOfView))}")
    return Settings(
        home=Path(str(given.get("home", defaults.home))).expanduser().resolve(),
        store=str(given.get("store", defaults.store)),
        address=str(given.get("address", defaults.address)),
        port=int(str(port)),
        point_of_view="un" if view == "un" else "de_facto",
    )
