"""The pages, found in the folder ``pages``: each has TITLE, ICON, ORDER and ``render``."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import pages

if TYPE_CHECKING:
    from streamlit.navigation.page import Page


def found_pages() -> list[Page]:
    """One page for each module, in their ORDER; the first is the one that opens."""
    modules = [
        importlib.import_module(f"{pages.__name__}.{module.name}") for module in pkgutil.iter_modules(pages.__path__)
    ]
    modules.sort(key=lambda module: module.ORDER)
    return [
        st.Page(
            module.render,
            title=module.TITLE,
            icon=module.ICON,
            url_path=module.__name__.rpartition(".")[2],
            default=index == 0,
        )
        for index, module in enumerate(modules)
    ]
