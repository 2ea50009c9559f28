"""What must be there before the first page: made here too, so that `streamlit run app.py` alone is enough."""

from __future__ import annotations

import streamlit as st

from dashboard import wording
from dashboard.assets import install_assets
from dashboard.cached import pipeline, settings, store
from data.build import build
from errors import GarrisonError
from intake.article import read_article
from settings import DATA, STATIC
from store.samples import samples_were_added, wants_samples


@st.cache_resource(show_spinner="Preparing borders and places (once, some minutes) …", show_time=True)
def prepare_once() -> bool:
    """Put Leaflet, gazetteer and outlines where they belong, and the samples into a new store; True.

    Streamlit keeps the answer, so this is done once for all readers of this server.
    """
    install_assets(STATIC)
    build(settings().home, STATIC, progress=lambda _: None)
    if wants_samples(store()):
        _add_samples()
    return True


def _add_samples() -> None:
    from pipeline import add_article  # loads the language model

    for report in sorted((DATA / "reports").glob("*.md")):
        add_article(store(), pipeline(), read_article(report))
    samples_were_added(store())


def show_error(fault: GarrisonError) -> None:
    """The message alone, which names the value and the remedy; the page stays usable."""
    st.error(wording.plain(str(fault)), icon=":material/error:")
