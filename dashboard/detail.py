"""Beside the map: the claim card of what is selected, else the newest claims, each a line to open."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import cards, placing, table, wording
from dashboard.cached import Desk
from dashboard.header import nothing
from dashboard.session import select
from dashboard.state import View
from dashboard.table import Row
from store.protocol import StoredClaim, Summary

#: Lines shown before anything is selected, and claims of one place shown with their sentence.
NEWEST = 14
AT_ONE_PLACE = 50


def render(desk: Desk, view: View, summary: Summary, rows: Sequence[Row], *, place: str | None) -> None:
    """``rows`` are the filtered claims; ``place`` is the selected place, or that of the selected claim."""
    if not view.selected:
        _newest(summary, rows)
        return
    opened = desk.claim(view.claim) if view.claim else None
    st.button("Close", icon=":material/close:", type="tertiary", on_click=select, key="close")
    if view.claim and opened is None:
        st.info("This claim is no longer in the store: its article was removed or read anew.")
    if opened:
        _card(opened, desk, filtered=any(row.id == opened.claim.id for row in rows))
    here = [row for row in rows if place and row.place == place and not (opened and row.id == opened.claim.id)]
    stored = [claim for row in here[:AT_ONE_PLACE] if (claim := desk.claim(row.id))]
    if opened is None:
        _at_place(stored, len(here))
    elif stored:
        st.markdown(f"**Also reported at {wording.plain(cards.place_name(opened))}** ({len(here)})")
        _briefs(stored)


def _card(stored: StoredClaim, desk: Desk, *, filtered: bool) -> None:
    if not filtered:
        st.caption("This claim is not among those that pass the filter.")
    st.html(cards.card(stored, desk.borders))
    placing.render(stored, desk.borders, desk.loose_reviews(stored.article.id))
    if address := wording.web_address(stored.article.url):
        st.link_button("Open the original article", address, icon=":material/open_in_new:", type="tertiary")
    with st.expander("The whole article", key=f"article-of-{stored.claim.id}"):
        st.html(cards.whole_article(stored))


def _at_place(stored: Sequence[StoredClaim], number: int) -> None:
    if not stored:
        st.info("No claim at this place passes the filter.")
        return
    name = cards.place_name(stored[0])
    st.markdown(f"#### {wording.plain(name)}: {wording.counted(number, 'claim')}")
    _briefs(stored)
    if number > len(stored):
        st.caption(f"The first {len(stored)} are shown; the table has all.")


def _briefs(stored: Sequence[StoredClaim]) -> None:
    for claim in stored:
        with st.container(border=True):
            st.html(cards.brief(claim))
            st.button(
                "Open the claim card",
                key=f"open-{claim.claim.id}",
                type="tertiary",
                icon=":material/article:",
                on_click=select,
                kwargs={"place": _place_id(claim), "claim": claim.claim.id},
            )


def _place_id(stored: StoredClaim) -> str | None:
    return stored.shown.gazetteer_id if stored.shown else None


def _newest(summary: Summary, rows: Sequence[Row]) -> None:
    if not rows:
        st.info(nothing(summary), icon=":material/filter_alt:")
        return
    st.markdown("**The newest claims.** Choose one here, on the map or in the table.")
    with st.container(key="newest", gap=None):
        for row in rows[:NEWEST]:
            table.line(row, key=f"newest-{row.id}", hint=row.title)
    if len(rows) > NEWEST:
        st.caption(f"{len(rows) - NEWEST:,} more in the table below.")
