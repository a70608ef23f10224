"""The address of what is on the screen: whole, short on request, and as a QR code."""

import time
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

import streamlit as st

from ..room import RoomError
from ..room.throttle import Limit
from . import address
from .failing import guarded
from .qr import show_qr
from .room.database import the_database, the_store
from .sharing import LARGE
from .short import short_path

_MADE, _REFUSED = "short-address", "short-address-refused"
_MOST_LETTERS = 200
"""Of an address whose QR code a camera still reads: 57 modules a side."""
_BESIDE, _SIDE = 380, 220
"""Pixels across: the address in words, and its code."""


class _Shared(NamedTuple):
    """An address of the app: where the app is, and the path from there."""

    root: str
    path: str

    @property
    def whole(self) -> str:
        return self.root + self.path


def show_address(popover: str, without: Sequence[str]) -> None:
    """Show it, without these of its parameters, in the popover of this key."""
    shared = _on_screen(without)
    short = _short_of(shared)
    with st.container(horizontal=True):
        with st.container(width=_BESIDE):
            st.code(shared.whole, language=None, wrap_lines=True)
            if short is None:
                _offer_short(shared)
            else:
                st.code(short, language=None, wrap_lines=True)
                st.caption(the_database().lasting)
        with st.container(width=_SIDE):
            _show_code(short or shared.whole, popover)


def _on_screen(without: Sequence[str]) -> _Shared:
    """Every page is one segment below the app, wherever a host has put that."""
    parts = urlsplit(st.context.url or "")
    above, _, page = parts.path.rpartition("/")
    query = address.query(without)
    path = f"/{page}?{query}" if query else f"/{page}"
    return _Shared(f"{parts.scheme}://{parts.netloc}{above}", path)


def _short_of(shared: _Shared) -> str | None:
    """The short address that was made of this one, if one was."""
    path, short = st.session_state.get(_MADE, ("", ""))
    return f"{shared.root}{short}" if path == shared.path else None


def _offer_short(shared: _Shared) -> None:
    st.button(
        "Make it short",
        key="make-it-short",
        icon=":material/compress:",
        on_click=guarded(_make_short),
        args=(shared.path,),
    )
    refused = st.session_state.pop(_REFUSED, "")
    if refused:
        st.markdown(f":orange[{refused}]")


def _make_short(path: str) -> None:
    now = time.time()
    try:
        if not _limit().take(now=now):
            raise RoomError(
                "Many short addresses have been made here within a minute. Wait a little, then "
                "try again."
            )
        st.session_state[_MADE] = (path, short_path(the_store().shorten(path, now=now)))
    except RoomError as refused:
        st.session_state[_REFUSED] = str(refused)


@st.cache_resource(show_spinner=False)
def _limit() -> Limit:
    """One for all: who wants to fill up the database may open many sessions."""
    return Limit(burst=60, a_minute=60)


def _show_code(whole: str, popover: str) -> None:
    if len(whole) > _MOST_LETTERS:
        st.caption(
            "This address is too long for a QR code that a camera reads across a room. A short one "
            "fits."
        )
        return

    def enlarge() -> None:
        # It would lie over what is shown large.
        st.session_state[popover] = False
        st.session_state[LARGE] = whole

    show_qr(whole, _alt(whole), _SIDE)
    st.button(
        "Show it large",
        key="show-large",
        icon=":material/fullscreen:",
        on_click=guarded(enlarge),
    )


def show_large(whole: str) -> None:
    """Show an address as large as the window is, for a room."""

    @st.dialog("Scan it, or type the address", width="large")
    def draw() -> None:
        with st.container(key="qr-large"):
            show_qr(whole, _alt(whole))
            st.text(whole, width="stretch")

    draw()


def _alt(whole: str) -> str:
    return f"A QR code of the address {whole}"
