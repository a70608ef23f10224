"""The addresses of a class: which room, and who looks at it. A key is in none of them."""

from enum import StrEnum
from urllib.parse import urlencode, urlsplit

import streamlit as st

from ..address import ROOM
from ..origins import LOOPBACK

AS = "as"
TICKET = "ticket"


class View(StrEnum):
    """Who looks at a room."""

    LEARNER = "learner"
    INSTRUCTOR = "instructor"
    PROJECTOR = "projector"


def room_in_address() -> str:
    """The code as the address has it; "" for none."""
    return st.query_params.get(ROOM, "")


def ticket_in_address() -> str:
    """What shows that a link or a QR code of the room led here; "" for none."""
    return st.query_params.get(TICKET, "")


def view_in_address() -> View:
    """A view that there is not is that of a learner."""
    named = st.query_params.get(AS, "")
    return View(named) if named in list(View) else View.LEARNER


def enter_room(code: str, view: View = View.LEARNER) -> None:
    """Look at a room from now on. For callbacks."""
    st.query_params.from_dict(_parameters(code, view))


def leave_room() -> None:
    """Back to the door. For callbacks."""
    st.query_params.clear()


def room_address(code: str, view: View = View.LEARNER, *, ticket: str = "") -> str:
    """The whole address of a room: what a QR code says, and what leads to another window."""
    parameters = _parameters(code, view) | ({TICKET: ticket} if ticket else {})
    parts = urlsplit(st.context.url or "")
    root = parts.path.rstrip("/").rpartition("/")[0]
    return f"{parts.scheme}://{parts.netloc}{root}/class?{urlencode(parameters)}"


def site_of(address: str) -> str:
    """An address as one types it."""
    return address.partition("?")[0].partition("//")[2]


def is_of_this_machine(address: str) -> bool:
    """Whether only the machine on which it was made can follow an address."""
    return urlsplit(address).hostname in LOOPBACK


def _parameters(code: str, view: View) -> dict[str, str]:
    return {ROOM: code} | ({} if view is View.LEARNER else {AS: view.value})
