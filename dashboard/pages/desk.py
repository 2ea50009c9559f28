"""The desk: filters, map, claim card, timeline and table of one view."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st
from streamlit_folium import st_folium

from dashboard import STYLE, detail, downloads, header, layers, sidebar, table, timeline
from dashboard.cached import Desk, desk, settings, store
from dashboard.session import change, current_view, ignored, select, write_address
from dashboard.state import View
from records import ClaimFilter
from settings import PointOfView
from store.protocol import Summary

TITLE = "Map"
ICON = ":material/map:"
ORDER = 1

#: Pixels, the legend under the map included.
MAP_HEIGHT = 660
#: Seconds between looks at whether another process has written to the store.
LOOK_AGAIN = 3.0


def render() -> None:
    view = current_view()
    now = desk(view.borders)
    write_address(view)
    everything, summary = now.summary(ClaimFilter()), now.summary(view.wanted)
    rows = table.rows_of(now.claims(view.wanted))
    place = view.place or next((row.place for row in rows if row.id == view.claim), None)
    st.html(STYLE)
    header.sample_banner(everything, _remove_samples)
    sidebar.render(view, everything, summary, point_of_view=_point_of_view(view))
    counts, export = st.columns([5, 1], vertical_alignment="center")
    with counts:
        header.render(summary, ignored())
    with export:
        downloads.render(now.seen(view.wanted), summary.shown)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _map(now, view, everything, summary, place)
        timeline.render(summary.days)
    with right.container(height=MAP_HEIGHT + 210, border=False):
        detail.render(now, view, summary, rows, place=place)
    _below(now, view, summary, rows, place)
    _watch(now.version)


def _point_of_view(view: View) -> PointOfView:
    return view.borders or settings().point_of_view


def _map(now: Desk, view: View, everything: Summary, summary: Summary, place: str | None) -> None:
    ranked = [facet.value for facet in everything.actors]
    mentions = now.mentions(view.wanted) if view.mentions else ()
    shown = layers.shown_rows(summary, ranked, mentions, selected=place)
    st_folium(
        layers.base_map(_point_of_view(view), now.borders, height=MAP_HEIGHT),
        key="map",
        height=MAP_HEIGHT,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=layers.drawing(shown),
        on_change=_clicked,
    )


def _clicked() -> None:
    """A mark names one claim, as far as its place, force and report go; an area names its place."""
    chosen = st.session_state.get("map") or {}
    if place := chosen.get("place"):
        view = current_view()
        rows = table.rows_of(desk(view.borders).claims(replace(view.wanted, place=place)))
        mark = [
            row.id
            for row in rows
            if (row.code, row.asset, row.status) == (chosen.get("actor"), chosen.get("asset"), chosen.get("status"))
            and chosen.get("article") in (row.article, layers.ALL)
        ]
        select(place=place, claim=mark[0] if mark else None)


def _below(now: Desk, view: View, summary: Summary, rows: list[table.Row], place: str | None) -> None:
    undated = _undated(now, view.wanted)
    tray = f"Without place or date ({summary.unplaced + len(undated)})"
    claims, left_over = st.tabs([f"Table ({summary.shown:,})", tray])
    with claims:
        table.render(rows, selected=view.claim, place=place)
    with left_over:
        table.tray([row for row in rows if row.place is None], undated)


def _undated(now: Desk, wanted: ClaimFilter) -> list[table.Row]:
    """Claims without any date, which a filter by date would silently drop."""
    return [row for row in table.rows_of(now.claims(replace(wanted, since=None, until=None))) if row.day is None]


def _remove_samples() -> None:
    store().remove_samples()
    change(View())


@st.fragment(run_every=LOOK_AGAIN)
def _watch(drawn: str) -> None:
    """Draw the page anew where the store has changed since: another process may have added an article."""
    if desk().version != drawn:
        st.rerun()
