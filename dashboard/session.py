"""The view of one reader: read from the address, changed by what the reader does, written back to the address.

The view is the truth and the widgets follow it: each is set from the view before it is drawn, and its callback makes
the next view. So a link, a click on the map, Reset and the browser's Back all go the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from dashboard.state import View, from_parameters, to_parameters

_VIEW, _ADDRESS, _IGNORED = "view", "address", "ignored"
_TOUCHED, _AWAY = "touched", "away"


def current_view() -> View:
    """The view of this run. An address that is not the one written last was typed, followed or gone back to.

    Not so right after a callback, which a quick reader may cause before the browser has seen the last address; nor on
    coming back from another page, whose address is bare.
    """
    address = _address()
    touched = st.session_state.pop(_TOUCHED, False)
    returning = st.session_state.pop(_AWAY, False) and not address
    moved = address != st.session_state.get(_ADDRESS) and not touched and not returning
    if _VIEW not in st.session_state or moved:
        st.session_state[_VIEW], st.session_state[_IGNORED] = from_parameters(address)
        st.session_state[_ADDRESS] = address
    return _current()


def _current() -> View:
    view = st.session_state.get(_VIEW, View())
    assert isinstance(view, View)
    return view


def ignored() -> list[str]:
    """What in the address could not be used."""
    return list(st.session_state.get(_IGNORED, []))


def change(view: View) -> None:
    """Make this the view of the next run: to be called from a callback, or before a rerun."""
    st.session_state[_VIEW], st.session_state[_IGNORED] = view, []
    st.session_state[_TOUCHED] = True


def changer(make: Callable[[View], View]) -> Callable[[], None]:
    """A callback that makes the next view out of the current one."""
    return lambda: change(make(_current()))


def select(*, place: str | None = None, claim: str | None = None) -> None:
    """Select a place, or one claim with its place; neither closes what is open."""
    change(replace(_current(), place=place, claim=claim))


def leave() -> None:
    """Another page is shown. Its address has no filters, which is not the reader's wish to have none."""
    st.session_state[_AWAY] = True


def write_address(view: View) -> None:
    """Write the view into the address, as a step that Back returns from."""
    wanted = to_parameters(view)
    if _address() != wanted:
        st.query_params.from_dict(wanted)
    st.session_state[_ADDRESS] = wanted


def follow(key: str, value: object) -> str:
    """Set a widget to its value in the view, but only where it differs: setting it anew could undo a quick click."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key


def _address() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}
