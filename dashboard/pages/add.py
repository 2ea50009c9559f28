"""Add an article: paste or upload, look at what was read out of it, save."""

from __future__ import annotations

from datetime import UTC, date, datetime

import streamlit as st

from dashboard import STYLE, cards, wording
from dashboard.cached import desk, pipeline, store
from dashboard.navigation import found_pages
from dashboard.session import change, leave
from dashboard.state import EARLIEST, LATEST, View
from errors import ArticleError
from intake.article import normalise, read_original
from intake.kinds import KINDS
from records import Article, Original, Reading
from store.protocol import StoredClaim

TITLE = "Add an article"
ICON = ":material/add_notes:"
ORDER = 2

_PREVIEW, _ORIGINAL, _SAVED = "preview", "original", "saved"
#: Claims shown before saving; a longer article is looked through on the map.
PREVIEWED = 30


def render() -> None:
    if st.session_state.pop(_SAVED, False):
        st.switch_page(found_pages()[0])
    leave()
    st.html(STYLE)
    left, right = st.columns(2, gap="large")
    with left:
        _form()
    with right:
        preview = st.session_state.get(_PREVIEW)
        if isinstance(preview, Reading):
            _preview(preview)
        else:
            st.info(
                "What the machine reads out of the article appears here before anything is saved. "
                "Nothing leaves this computer.",
                icon=":material/visibility:",
            )


def _form() -> None:
    with st.form("article", border=False, enter_to_submit=False):
        text = st.text_area("The article's text", height=260, placeholder="Paste it here …", key="add-text")
        kinds = [kind.lstrip(".") for kind in KINDS]
        upload = st.file_uploader("or a file: text, Markdown, HTML, mail, PDF, Word", type=kinds)
        columns = st.columns(2)
        title = columns[0].text_input("Title", placeholder="else its first line", max_chars=300)
        outlet = columns[1].text_input("Outlet", placeholder="who published it", max_chars=200)
        address = columns[0].text_input("Address (URL)", max_chars=2000)
        published = columns[1].date_input(
            "Published on", value=None, min_value=EARLIEST, max_value=LATEST, format="YYYY-MM-DD"
        )
        st.caption("Without a date, “yesterday” and “on Monday” cannot be dated.")
        if st.form_submit_button("Read it", type="primary", icon=":material/menu_book:"):
            raw = upload.getvalue() if upload else text
            name = upload.name if upload else "the pasted text"
            _read(raw, name, title=title, outlet=outlet, address=address, published=published)


def _read(raw: bytes | str, name: str, *, title: str, outlet: str, address: str, published: date | None) -> None:
    _discard()
    original = Original(raw if isinstance(raw, bytes) else normalise(raw).encode(), datetime.now(UTC), name=name)
    try:
        article = read_original(
            original,
            published=published,
            title=title or None,
            source=outlet or None,
            url=address.strip() or None,
        )
    except ArticleError as fault:
        st.error(wording.plain(str(fault)), icon=":material/error:")
        return
    reader = pipeline()
    with st.spinner(f"Reading {len(article.text.split()):,} words …", show_time=True):
        st.session_state[_PREVIEW] = reader.read(article)
    st.session_state[_ORIGINAL] = original


def _preview(reading: Reading) -> None:
    article = reading.article
    st.html(f"<h4>{wording.escaped(article.title)}</h4>")
    st.caption(_what_is_known(article))
    found = [StoredClaim.unreviewed(claim, reading) for claim in reading.claims]
    known = desk().article(article.id)
    if known and known.reading.article.content == article.content:
        st.warning("The store holds this article already; saving it again changes nothing.")
    elif known:
        st.warning(
            "The store holds an earlier text of this article. Saved, this becomes the current one; that is kept."
        )
    save, discard = st.columns(2)
    save.button("Save", type="primary", on_click=_save, args=(reading,), width="stretch", icon=":material/save:")
    discard.button("Discard", on_click=_discard, width="stretch")
    if not found:
        st.info(
            "No claim was found: no sentence that says whose forces are, or will be, at a named place. "
            "Saved, the article still adds the places that it names."
        )
    else:
        st.markdown(f"**{wording.counted(len(found), 'claim')} found.** {wording.UNREVIEWED.capitalize()}.")
    for stored in found[:PREVIEWED]:
        with st.container(border=True):
            st.html(cards.brief(stored))
            if not stored.shown:
                st.caption("Its place was not found: it will lie in the tray, not on the map.")
    if len(found) > PREVIEWED:
        st.caption(f"and {len(found) - PREVIEWED:,} more.")


def _what_is_known(article: Article) -> str:
    outlet = wording.plain(article.source) if article.source else "outlet not known"
    published = f"published {wording.day(article.published)}" if article.published else "no date of publication"
    return f"{outlet} · {published} · {wording.counted(len(article.text.split()), 'word')}"


def _discard() -> None:
    st.session_state.pop(_PREVIEW, None)
    st.session_state.pop(_ORIGINAL, None)


def _save(reading: Reading) -> None:
    """Save, and show the article's first claim on the map, without any filter that might hide it."""
    store().save(reading, st.session_state.get(_ORIGINAL))
    _discard()
    first = next(iter(reading.claims), None)
    placement = reading.placement_of(first.place) if first else None
    place = placement.place.gazetteer_id if placement and placement.place else None
    change(View(place=place, claim=first.id if first else None))
    st.session_state[_SAVED] = True
