"""Settings, store and pipeline, as the commands want them. The command line's only reader of settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from settings import DATA, STATIC, Settings, load_settings

if TYPE_CHECKING:
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
