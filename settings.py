"""Settings, read in one place: built-in defaults, then ``garrison.toml``, then the environment (``GARRISON_…``)."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal, get_args

from errors import SettingsError

PROJECT = Path(__file__).resolve().parent
PointOfView = Literal["un", "de_facto"]


@dataclass(frozen=True, slots=True)
class OnlineSettings:
    """An online geocoder, the table ``[online]`` or ``GARRISON_ONLINE_…``. Off unless ``service`` names one.

    ``service`` is one of geopy's (nominatim, photon, pelias, geonames, …), ``url`` a server of one's own, ``options``
    what else geopy's class takes (api_key, username, …), in the environment as an inline table of TOML. ``delay_s``
    parts two requests, ``timeout_s`` ends one, and after a fault that may pass it is tried ``retries`` times more.
    Answers are kept on disk for ``cache_days``, at most ``cache_entries`` of them; 0 keeps none.
    """

    service: str = ""
    url: str = ""
    options: tuple[tuple[str, str | int | float | bool], ...] = field(default=(), repr=False)  # a key may be in it
    user_agent: str = "garrison/0.1 (map of reported deployments)"
    timeout_s: float = 5.0
    delay_s: float = 1.0
    retries: int = 1
    cache_days: int = 30
    cache_entries: int = 5000


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """Fetching pages and feeds, the table ``[fetch]`` or ``GARRISON_FETCH_…``.

    ``allow`` names hosts (HOST or HOST:PORT) that may be reached although their address is not public; in the
    environment parted by commas. ``timeout_s`` and ``largest_mb`` bound one page with all its redirects, ``pause_s``
    parts two requests to one host, and a feed is looked at every ``every_min`` minutes.
    """

    allow: tuple[str, ...] = ()
    user_agent: str = "garrison/0.1 (reads news for a map of reported deployments)"
    timeout_s: float = 30.0
    largest_mb: float = 20.0
    pause_s: float = 2.0
    every_min: float = 30.0


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set; for users, docs/settings.md says the same.

    ``home`` holds everything that Garrison makes (gazetteer, default store) and may be deleted at any time but for
    the store. ``store`` is a URL of SQLAlchemy's form; empty means SQLite in ``home``. ``address`` and ``port`` are
    where the page is served. ``point_of_view`` chooses the borders. ``online`` names a server that may be asked for
    places; without it none ever is.
    """

    home: Path = PROJECT / "var"
    store: str = ""
    address: str = "127.0.0.1"
    port: int = 8501
    point_of_view: PointOfView = "un"
    online: OnlineSettings = OnlineSettings()
    fetch: FetchSettings = FetchSettings()

    @property
    def store_url(self) -> str:
        return self.store or f"sqlite:///{self.home / 'garrison.db'}"

    @property
    def gazetteer(self) -> Path:
        return self.home / "gazetteer.sqlite"

    @property
    def online_answers(self) -> Path:
        return self.home / "online.sqlite"


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
    names = {own.name for own in fields(Settings)}
    for name in names:
        if value := environment.get(f"GARRISON_{name.upper()}"):
            given[name] = value
    _add_table("online", OnlineSettings, given, environment)
    _add_table("fetch", FetchSettings, given, environment)
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
        online=_online(_table("online", OnlineSettings, given.get("online", {}))),
        fetch=_fetch(_table("fetch", FetchSettings, given.get("fetch", {}))),
        home=Path(str(given.get("home", defaults.home))).expanduser().resolve(),
        store=str(given.get("store", defaults.store)),
        address=str(given.get("address", defaults.address)),
        port=int(str(port)),
        point_of_view="un" if view == "un" else "de_facto",
    )


def _add_table(table: str, kind: type, given: dict[str, object], environment: Mapping[str, str]) -> None:
    """Put variables of the environment before what the file's table says."""
    set_there = {
        own.name: value
        for own in fields(kind)
        if (value := environment.get(f"GARRISON_{table.upper()}_{own.name.upper()}"))
    }
    if set_there:
        in_file = given.get(table, {})
        given[table] = {**in_file, **set_there} if isinstance(in_file, dict) else in_file


def _table(table: str, kind: type, given: object) -> Mapping[str, object]:
    if not isinstance(given, dict):
        example = fields(kind)[0].name
        raise SettingsError(f"{table} {given!r} is no table; write [{table}] and below it {example} = …")
    names = {own.name for own in fields(kind)}
    if unknown := sorted(set(given) - names):
        raise SettingsError(f"unknown setting {unknown[0]!r} of {table}; known are {', '.join(sorted(names))}")
    return given


def _fetch(given: Mapping[str, object]) -> FetchSettings:
    defaults = FetchSettings()
    return FetchSettings(
        allow=_hosts(given.get("allow", ())),
        user_agent=str(given.get("user_agent", defaults.user_agent)),
        timeout_s=_number("fetch", "timeout_s", given.get("timeout_s", defaults.timeout_s), 0.1, 600),
        largest_mb=_number("fetch", "largest_mb", given.get("largest_mb", defaults.largest_mb), 0.01, 50),
        pause_s=_number("fetch", "pause_s", given.get("pause_s", defaults.pause_s), 0, 3600),
        every_min=_number("fetch", "every_min", given.get("every_min", defaults.every_min), 0.01, 10_080),
    )


_HOST = re.compile(r"(?:\[[0-9a-f:.]+\]|[\w.-]+)(?::\d{1,5})?")


def _hosts(given: object) -> tuple[str, ...]:
    listed = [part.strip() for part in given.split(",")] if isinstance(given, str) else given
    if not isinstance(listed, list | tuple) or not all(isinstance(host, str) for host in listed):
        raise SettingsError(f"allow {given!r} of fetch is no list of hosts; write ['intranet.example:8080']")
    hosts = tuple(host.lower() for host in listed if host)
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise SettingsError(f"allow {host!r} of fetch is no host; write HOST or HOST:PORT, without http://")
    return hosts


def _online(given: Mapping[str, object]) -> OnlineSettings:
    defaults = OnlineSettings()
    return OnlineSettings(
        service=str(given.get("service", defaults.service)).strip().lower(),
        url=str(given.get("url", defaults.url)).strip(),
        options=_options(given.get("options", {})),
        user_agent=str(given.get("user_agent", defaults.user_agent)),
        timeout_s=_number("online", "timeout_s", given.get("timeout_s", defaults.timeout_s), 0.1, 60),
        delay_s=_number("online", "delay_s", given.get("delay_s", defaults.delay_s), 0, 3600),
        retries=int(_number("online", "retries", given.get("retries", defaults.retries), 0, 5)),
        cache_days=int(_number("online", "cache_days", given.get("cache_days", defaults.cache_days), 0, 3650)),
        cache_entries=int(
            _number("online", "cache_entries", given.get("cache_entries", defaults.cache_entries), 0, 1_000_000)
        ),
    )


def _options(given: object) -> tuple[tuple[str, str | int | float | bool], ...]:
    if isinstance(given, str):
        try:
            given = tomllib.loads(f"options = {given}")["options"]
        except tomllib.TOMLDecodeError as fault:
            # Not the value itself: there may be a key in it.
            raise SettingsError(f"options of online are no table ({fault}); write {{ api_key = '…' }}") from fault
    if not isinstance(given, dict) or not all(isinstance(value, str | int | float) for value in given.values()):
        raise SettingsError("options of online are no table of plain values; write { api_key = '…' }")
    return tuple(sorted(given.items()))


def _number(table: str, name: str, given: object, least: float, most: float) -> float:
    try:
        number = float(str(given))
    except ValueError:
        number = float("nan")
    if not least <= number <= most:
        raise SettingsError(f"{name} {given!r} of {table} is no number from {least:g} to {most:g}")
    return number
