"""The filters. None chosen in a field means that the field is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard import wording
from dashboard.session import change, changer, follow
from dashboard.state import EARLIEST, LATEST, View
from records import CERTAINTY, ClaimFilter
from settings import PointOfView
from store.protocol import Facet, Summary

#: So many articles are listed to tick; more are reached by searching.
ARTICLES_LISTED = 50


def render(view: View, everything: Summary, summary: Summary, *, point_of_view: PointOfView) -> None:
    """``everything`` is the summary without any filter: it says what can be chosen. ``summary`` has the counts."""
    wanted = view.wanted
    with st.sidebar:
        _search(wanted)
        _several("Deploying country", "actors", wanted.actors, labelled(everything.actors), "Whose forces")
        _several("Host country or sea", "hosts", wanted.hosts, labelled(everything.hosts), "Where to")
        _dates(wanted)
        _several("What is reported", "statuses", wanted.statuses, wording.STATUSES, "There, planned, denied …")
        _several("Kind of force", "assets", wanted.assets, wording.ASSETS, "Troops, ships, aircraft …")
        _certainty(wanted)
        st.button(
            "Reset all filters",
            icon=":material/filter_alt_off:",
            on_click=change,
            args=(View(),),
            disabled=view == View(),
            width="stretch",
        )
        _articles(wanted, summary)
        st.toggle(
            "Also show places only mentioned",
            key=follow("mentions", view.mentions),
            on_change=changer(lambda old: replace(old, mentions=st.session_state["mentions"])),
            help="Faint dots: places that the articles name without saying that forces go there.",
        )
        st.radio(
            "Borders",
            wording.BORDERS,
            key=follow("borders", point_of_view),
            format_func=wording.BORDERS.__getitem__,
            on_change=changer(lambda old: replace(old, borders=st.session_state["borders"])),
            help="Which country a disputed area is drawn in and counts for. Neither view is a claim of ours.",
        )


def _filtered(field: str, read: Callable[[], Any]) -> Callable[[], None]:
    """A callback that puts what a widget holds into one field of the filter."""
    return changer(lambda old: replace(old, wanted=replace(old.wanted, **{field: read()})))


def _search(wanted: ClaimFilter) -> None:
    st.text_input(
        "Search the articles",
        key=follow("search", wanted.search),
        max_chars=200,
        placeholder="Words in title or text",
        icon=":material/search:",
        on_change=_filtered("search", lambda: " ".join(str(st.session_state["search"]).split())),
    )


def _several(label: str, field: str, chosen: Sequence[str], labels: Mapping[Any, str], placeholder: str) -> None:
    options = [*labels, *(value for value in chosen if value not in labels)]
    st.multiselect(
        label,
        options,
        key=follow(field, list(chosen)),
        format_func=lambda value: labels.get(value, value),
        placeholder=placeholder,
        on_change=_filtered(field, lambda: tuple(st.session_state[field])),
    )


def labelled(facets: Iterable[Facet]) -> dict[str, str]:
    """Names by value, in the alphabet. Two values of one name (a city and its country) keep their codes apart."""
    names = {facet.value: wording.country(facet.value) for facet in facets}
    labels = {facet.value: facet.label if names[facet.value] == facet.value else names[facet.value] for facet in facets}
    several = list(labels.values())
    clear = {value: label if several.count(label) == 1 else f"{label} ({value})" for value, label in labels.items()}
    return dict(sorted(clear.items(), key=lambda item: item[1].casefold()))


def _dates(wanted: ClaimFilter) -> None:
    columns = st.columns(2)
    for column, field, label in zip(columns, ("since", "until"), ("From", "To"), strict=True):
        column.date_input(
            label,
            value=None,
            key=follow(field, getattr(wanted, field)),
            min_value=EARLIEST,
            max_value=LATEST,
            format="YYYY-MM-DD",
            on_change=_dated(field),
            help="The event's date where the article states one, else the day of publication.",
        )
    if wanted.since and wanted.until and wanted.since > wanted.until:
        st.warning("“From” lies after “To”: no claim can match.")


def _dated(field: str) -> Callable[[], None]:
    return _filtered(field, lambda: st.session_state[field])


def _certainty(wanted: ClaimFilter) -> None:
    names = {value: name for name, value in CERTAINTY.items()}
    options = sorted({*names, wanted.minimum_confidence})
    st.selectbox(
        "Certainty of the reading",
        options,
        key=follow("certainty", wanted.minimum_confidence),
        format_func=lambda value: names.get(value, "chosen") + (f": from {value:g}" if value else ""),
        on_change=_filtered("minimum_confidence", lambda: st.session_state["certainty"]),
        help="How sure the machine is that the sentence says this. The default leaves out only what is most doubtful.",
    )


def _articles(wanted: ClaimFilter, summary: Summary) -> None:
    """One box for each article: those ticked are shown, each as a layer; none ticked shows all."""
    st.markdown("**Articles** · none ticked shows all")
    known = {facet.value: facet for facet in summary.by_article}
    missing = [Facet(id, id, 0) for id in wanted.articles if id not in known]
    listed = [*summary.by_article[:ARTICLES_LISTED], *missing]
    for facet in listed:
        key = follow(f"article:{facet.value}", facet.value in wanted.articles)
        st.checkbox(
            f"{wording.plain(facet.label)} · {facet.count}", key=key, on_change=_ticked(facet.value), width="stretch"
        )
    if not listed:
        st.caption("No article passes the other filters.")
    if len(summary.by_article) > ARTICLES_LISTED:
        st.caption(f"The {ARTICLES_LISTED} with most claims are listed; search for any other.")


def _ticked(article: str) -> Callable[[], None]:
    def make(old: View) -> View:
        others = tuple(id for id in old.wanted.articles if id != article)
        chosen = (*others, article) if st.session_state[f"article:{article}"] else others
        return replace(old, wanted=replace(old.wanted, articles=chosen))

    return changer(make)
