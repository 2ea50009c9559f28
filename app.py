"""Entry point of the page: `garrison run`, or `streamlit run app.py`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.navigation import found_pages
from dashboard.setup import prepare_once, show_error
from errors import GarrisonError

STATIC = Path(__file__).resolve().parent / "static"

st.set_page_config(page_title="Garrison", page_icon=str(STATIC / "garrison.svg"), layout="wide")
st.logo(str(STATIC / "wordmark.svg"), size="large", icon_image=str(STATIC / "garrison.svg"))
try:
    prepare_once()
    st.navigation(found_pages(), position="top").run()
except GarrisonError as fault:
    show_error(fault)
