"""Downloads of exactly what is filtered."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import wording
from dashboard.cached import exported
from records import ClaimFilter
from store.exports import FORMATS


def render(wanted: ClaimFilter, shown: int) -> None:
    """One button for each format of ``store.exports``; the file is made when it is asked for."""
    with st.popover("Export", icon=":material/download:", disabled=not shown, width="stretch"):
        st.markdown(
            f"{wording.counted(shown, 'claim')}: exactly what the filters leave, with its sources and licences."
        )
        for name, form in FORMATS.items():
            st.download_button(
                form.label,
                data=partial(exported, wanted, name),
                file_name=f"garrison{form.suffix}",
                mime=form.media_type,
                key=f"export-{name}",
                on_click="ignore",
                width="stretch",
            )
