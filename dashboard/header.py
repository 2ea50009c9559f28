"""The lines above the map: what is counted, what of it is a sample, and why there may be nothing."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import wording
from store.protocol import Summary

#: The filter's fields in the reader's words, to say which of them keeps claims out.
FIELDS = {
    "actors": "the deploying country",
    "hosts": "the host country or sea",
    "dates": "the date",
    "statuses": "what is reported",
    "assets": "the kind of force",
    "articles": "the choice of articles",
    "sources": "the outlet",
    "search": "the search",
    "minimum_confidence": "the certainty",
    "place": "the place",
}


def render(summary: Summary, ignored: list[str]) -> None:
    st.html(f'<p class="counts" role="status">{counts(summary)}</p>')
    for sentence in ignored:
        st.warning(wording.plain(sentence), icon=":material/link_off:")


def counts(summary: Summary) -> str:
    """ "N of M claims · K articles · J places · last updated · share unreviewed", as HTML."""
    updated = f"{summary.updated:%Y-%m-%d %H:%M} UTC" if summary.updated else "never"
    parts = [
        f"<strong>{summary.shown:,}</strong> of {wording.counted(summary.total, 'claim')}",
        wording.counted(summary.articles, "article"),
        wording.counted(summary.places, "place"),
        f"<span>updated {updated}</span>",
    ]
    if summary.shown:
        parts.append(f"<span>{summary.unreviewed / summary.shown:.0%} unreviewed machine readings</span>")
    if summary.by_reader:
        parts.append(f"<span>{summary.by_reader:,} {wording.BY_READER}</span>")
    return " · ".join(parts)


def nothing(summary: Summary) -> str:
    """Why no claim is shown, and what to do about it."""
    if not summary.total:
        return "The store holds no claim yet. Add an article to begin."
    if not summary.excluded:
        return "0 claims: it takes several filters together to leave none. Reset them to see all."
    reasons = [f"{FIELDS.get(facet.value, facet.value)} excludes {facet.count:,}" for facet in summary.excluded]
    return f"0 claims: {', '.join(reasons)}."


def sample_banner(summary: Summary, remove: Callable[[], None]) -> None:
    """Stays in sight as long as the store holds a sample."""
    if not summary.samples:
        return
    with st.container(key="sample-banner", horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{wording.SAMPLE}** · {wording.counted(summary.samples, 'sample report')} in the store")
        with st.popover("Remove the samples", type="tertiary", icon=":material/delete:"):
            st.markdown(
                f"This removes {wording.counted(summary.samples, 'sample report')} and all their claims from the store."
                " Your own articles stay."
            )
            st.button("Remove them all", type="primary", on_click=remove, key="remove-samples")
