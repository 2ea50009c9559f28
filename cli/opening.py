"""Settings, store and pipeline, as the commands want them. The command line's only reader of settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from errors import SettingsError
from settings import DATA, STATIC, Settings, load_settings

if TYPE_CHECKING:
    from geo.geocoder import OfflineGeocoder
    from geo.online import OnlineGeocoder
    from intake.courtesy import Visitor
    from intake.fetch import Fetcher
    from pipeline import Pipeline
    from store.sql import SqlStore


def settings_for(store: str = "", port: int | None = None) -> Settings:
    settings = load_settings()
    return replace(settings, store=store or settings.store, port=port or settings.port)


def store_of(settings: Settings, *, create: bool = True) -> SqlStore:
    from store import open_store

    return open_store(settings.store_url, create=create)


def prepare_data(settings: Settings) -> None:
    from data.build import build

    build(settings.home, STATIC, progress=lambda what: typer.echo(f"{what} …", err=True))


def loaded_pipeline(settings: Settings, say: Callable[[str], None]) -> Pipeline:
    prepare_data(settings)
    say("loading the language model …")
    from pipeline import load_pipeline

    return load_pipeline(gazetteer=settings.gazetteer, data=DATA, point_of_view=settings.point_of_view)


def fetcher_of(settings: Settings) -> Fetcher:
    """Fetches what a person names."""
    from intake.fetch import Bounds, Fetcher

    wanted = settings.fetch
    bounds = Bounds(seconds=wanted.timeout_s, megabytes=wanted.largest_mb)
    return Fetcher(allow=wanted.allow, agent=wanted.user_agent, bounds=bounds)


def visitor_of(settings: Settings) -> Visitor:
    """Fetches what a program comes by, politely."""
    from intake.courtesy import Visitor

    return Visitor(fetcher_of(settings), agent=settings.fetch.user_agent, pause_s=settings.fetch.pause_s)


def geocoder_of(settings: Settings, *, online: bool) -> tuple[OfflineGeocoder, OfflineGeocoder | OnlineGeocoder]:
    """The offline geocoder, and the one to ask: itself, or with ``online`` the service that the settings name.

    Raises SettingsError where they name none: nothing is sent to a server that nobody chose.
    """
    wanted = settings.online
    if online and not wanted.service:
        raise SettingsError(
            "no online geocoder is set, so nothing was sent; name one below [online] in garrison.toml, as "
            "service = 'nominatim' (docs/settings.md), or leave out --online"
        )
    prepare_data(settings)
    from geo.borders import Borders
    from geo.geocoder import OfflineGeocoder

    offline = OfflineGeocoder(settings.gazetteer, borders=Borders.load(DATA, settings.point_of_view))
    if not online:
        return offline, offline
    from geo.answers import Answers
    from geo.online import OnlineGeocoder
    from geo.service import service_of

    service = service_of(
        wanted.service,
        url=wanted.url,
        options=wanted.options,
        user_agent=wanted.user_agent,
        timeout_s=wanted.timeout_s,
    )
    answers = Answers(settings.online_answers, days=wanted.cache_days, most=wanted.cache_entries)
    asked = OnlineGeocoder(
        service, offline, answers, name=wanted.service, delay_s=wanted.delay_s, retries=wanted.retries
    )
    return offline, asked
