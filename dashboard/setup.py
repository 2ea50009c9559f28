"""What must be there before the first page: made here too, so that `streamlit run app.py` alone is enough."""

from __future__ import annotations

import streamlit as st

from dashboard import wording
from dashboard.assets import install_assets
from dashboard.cached import settings
from data.build import build
from errors import GarrisonError
from settings import STATIC


@st.cache_resource(show_spinner="Preparing borders and places (once, about a minute) …")
def prepare_once() -> bool:
    """Put Leaflet, the gazetteer and the outlines where they belong; True, once for all readers of this server."""
    install_assets(STATIC)
    build(settings().home, STATIC, progress=lambda _: None)
    return True


def show_error(fault: GarrisonError) -> None:
    """The message alone, which names the value and the remedy; the page stays usable."""
    st.error(wording.plain(str(fault)), icon=":material/error:")
