"""The claims row by row: the way of the keyboard and the screen reader to all that the map shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from dashboard import wording
from dashboard.cached import TABLE_ROWS
from dashboard.session import follow, select
from records import Asset, Status

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


@dataclass(frozen=True, slots=True)
class Row:
    """A claim as a line of the table or the list."""

    id: str
    article: str
    place: str | None
    code: str
    actor: str
    where: str
    force: str
    asset: Asset
    status: Status
    status_words: str
    leaving: bool
    dated: str
    day: str | None
    hedged: bool
    title: str
    outlet: str | None
    certainty: float
    sentence: str
    sample: bool
    by_reader: bool

    @property
    def reviewed(self) -> str:
        if not self.by_reader:
            return ""
        return wording.BY_READER if self.place else wording.OFF_MAP_BY_READER

    @property
    def note(self) -> str:
        """What to beware of."""
        reviewed = self.reviewed or "unreviewed"
        return f"sample; {reviewed}" if self.sample else reviewed

    @property
    def report(self) -> str:
        return f"{self.status_words}, hedged" if self.hedged else self.status_words

    @property
    def movement(self) -> str:
        return f"{self.actor}: out of {self.where}" if self.leaving else f"{self.actor} → {self.where}"


def rows_of(frame: GeoDataFrame) -> list[Row]:
    """``frame`` as ``Store.claims`` gives it (columns: ``store.frame.COLUMNS``)."""
    records: list[dict[str, Any]] = frame.drop(columns="geometry").to_dict("records")
    return [_row({name: None if _missing(value) else value for name, value in record.items()}) for record in records]


def _missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and value != value)


def _row(claim: dict[str, Any]) -> Row:
    leaving = claim["direction"] == "out"
    return Row(
        id=claim["id"],
        article=claim["article"],
        place=claim["place"],
        code=claim["actor"],
        actor=wording.country(claim["actor"]),
        where=claim["place_name"] or claim["place_text"],
        force=wording.force_words(claim["quantity"], claim["unit"], claim["asset"]),
        asset=claim["asset"],
        status=claim["status"],
        status_words=wording.status_words(claim["status"], claim["direction"]),
        leaving=leaving,
        day=claim["day"],
        dated=_dated(claim["day"], claim["last_day"], bool(claim["stated"])),
        hedged=bool(claim["hedged"]),
        title=claim["title"] or "Untitled",
        outlet=claim["outlet"],
        certainty=claim["confidence"],
        sentence=" ".join(claim["evidence"].split()),
        sample=bool(claim["sample"]),
        by_reader=claim["placed_by"] == "reader",
    )


def _dated(first: str | None, last: str | None, stated: bool) -> str:
    """As fine as it is known: a day, a month, a span; and whose day it is."""
    if first is None:
        return "no date"
    words = first
    if last and last != first:
        words = f"{first} to {last}"
        if first[:4] == last[:4] and (first[5:], last[5:]) == ("01-01", "12-31"):
            words = first[:4]
        elif first[:7] == last[:7] and first.endswith("-01") and int(last[8:]) > 27:
            words = first[:7]
    return words if stated else f"{words}\u00a0(article)"


def render(rows: Sequence[Row], *, selected: str | None, place: str | None) -> None:
    """The table. A row chosen in it opens the claim; the claim opened elsewhere is chosen in it."""
    if not rows:
        st.caption("No claim passes the filter.")
        return
    chosen = [index for index, row in enumerate(rows) if row.id == selected][:1]
    key = follow("table", {"selection": {"rows": chosen, "columns": [], "cells": []}})
    st.dataframe(
        _shown(rows, place),
        key=key,
        hide_index=True,
        on_select=_opener(rows),
        selection_mode="single-row",
        height=380,
        column_config={
            "Certainty": st.column_config.ProgressColumn(format="%.2f", min_value=0, max_value=1, width="small"),
            "Sentence": st.column_config.TextColumn(width="large"),
            "": st.column_config.TextColumn(width=30, help="● at the selected place"),
        },
        alt="The claims that pass the filter",
    )
    if len(rows) >= TABLE_ROWS:
        st.caption(f"The newest {TABLE_ROWS:,} claims; the export has all.")


def _shown(rows: Sequence[Row], place: str | None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "": ["●" if place and row.place == place else "" for row in rows],
            "Who": [row.actor for row in rows],
            "Where": [row.where for row in rows],
            "What": [row.force for row in rows],
            "Reported": [row.report for row in rows],
            "When": [row.dated for row in rows],
            "Article": [row.title for row in rows],
            "Outlet": [row.outlet or "" for row in rows],
            "Certainty": [row.certainty for row in rows],
            "Sentence": [row.sentence for row in rows],
            "Note": [row.note for row in rows],
        }
    )


def _opener(rows: Sequence[Row]) -> Any:
    def opened() -> None:
        chosen = st.session_state["table"]["selection"]["rows"]
        if chosen and chosen[0] < len(rows):
            select(place=rows[chosen[0]].place, claim=rows[chosen[0]].id)
        else:
            select()

    return opened


def line(row: Row, *, key: str, hint: str) -> None:
    """A claim as one line that opens its card."""
    placed = f" · {row.reviewed}" if row.reviewed else ""
    st.button(
        f"**{wording.plain(row.movement)}** · {wording.plain(row.force)} · *{row.report}* · {row.dated}{placed}",
        key=key,
        type="tertiary",
        help=wording.plain(hint),
        on_click=select,
        kwargs={"place": row.place, "claim": row.id},
    )


def tray(unplaced: Sequence[Row], undated: Sequence[Row]) -> None:
    """Claims that the map cannot show, or that no date can reach: nothing vanishes."""
    for name, title, rows in (
        ("unplaced", "Without a place on the map", unplaced),
        ("undated", "Without any date, whatever dates are filtered", undated),
    ):
        st.markdown(f"**{title}** ({len(rows)})")
        with st.container(key=f"tray-{name}", gap=None):
            for row in rows:
                line(row, key=f"{name}-{row.id}", hint=row.sentence)
        if not rows:
            st.caption("None.")
