"""Claims for each day, by what is reported."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import wording
from records import Status
from store.protocol import Day

#: What is there in dark tones, plans in light ones, leaving and denied in greys: an order that survives without colour.
SHADES: dict[Status, str] = {
    "deployed": "#0072B2",
    "deploying": "#3D9BD1",
    "exercise": "#8CCBEF",
    "planned": "#C46A00",
    "offered": "#E69F00",
    "discussed": "#F5CF7A",
    "withdrawn": "#6B7580",
    "denied": "#B9C0C7",
}


def render(days: Sequence[Day]) -> None:
    if not days:
        return
    st.altair_chart(
        chart(days),
        width="stretch",
        alt=f"Claims for each day from {days[0].day.isoformat()} to {days[-1].day.isoformat()}",
    )


def chart(days: Sequence[Day]) -> alt.Chart:
    """Stacked bars; paler where the day is the article's, because the text states none for the event."""
    frame = pd.DataFrame(
        [
            {
                "day": day.day.isoformat(),
                "what": wording.STATUSES[day.status],
                "order": list(SHADES).index(day.status),
                "from": "stated in the text" if day.stated else "the article's date",
                "claims": day.count,
            }
            for day in days
        ]
    )
    shown = [status for status in SHADES if any(day.status == status for day in days)]
    drawn: alt.Chart = (
        alt.Chart(frame)
        .mark_bar(size=_width(days))
        .encode(
            x=alt.X("day:T", title=None, axis=alt.Axis(format="%-d %b %Y", labelOverlap=True)),
            y=alt.Y("sum(claims):Q", title="claims", axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                "what:N",
                title=None,
                scale=alt.Scale(
                    domain=[wording.STATUSES[status] for status in shown], range=[SHADES[status] for status in shown]
                ),
                legend=alt.Legend(orient="top", columns=4),
            ),
            order="order:Q",
            opacity=alt.Opacity(
                "from:O",
                sort=["the article's date", "stated in the text"],
                scale=alt.Scale(range=[0.6, 1]),
                legend=None,
            ),
            tooltip=[
                alt.Tooltip("day:T", format="%-d %B %Y"),
                alt.Tooltip("what:N", title="reported"),
                alt.Tooltip("from:N", title="day"),
                alt.Tooltip("sum(claims):Q", title="claims"),
            ],
        )
        .properties(height=170)
    )
    return drawn


def _width(days: Sequence[Day]) -> int:
    """Bars as wide as a day where the span is short, never thinner than can be seen."""
    span = max((days[-1].day - days[0].day).days, 1)
    return max(3, min(16, 600 // span))
