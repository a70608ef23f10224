"""Coming into a room: by its code, as a device that the room knows from then on."""

import time
from hmac import compare_digest

import streamlit as st

from ...room import Room, RoomError
from ..session import session_name
from . import keyring
from .address import ticket_in_address
from .database import the_joins, the_store, the_throttle
from .polling import look

_FOUND = "rooms-found"
NICKNAME = "class-nickname"
_LONGEST_ADDRESS = 45
"""Letters, of IPv6."""


def find_room(code: str) -> Room:
    """The room of a code; RoomError where there is none, or too many wrong ones were tried.

    A room that is known here is looked up without more ado, and so is one to which a link leads:
    its page polls, and a class must come in and come back while somebody else tries codes.
    """
    found: set[str] = st.session_state.setdefault(_FOUND, set())
    if code in found or _is_ours(code) or _is_invited(code):
        room = look(code)
    else:
        room = the_throttle().look_up(
            session_name(), lambda: look(code), now=time.time(), address=client_address()
        )
    if room is None:
        raise RoomError(
            "There is no class with this code. Look at its six signs once more: they are on the "
            "screen in front."
        )
    found.update((code, room.code))
    return room


def _is_ours(code: str) -> bool:
    """Whether this browser holds something that the room of this code has given out."""
    entry = keyring.entry_of(code)
    is_device = bool(entry.device) and the_store().nickname(code, entry.device) is not None
    return is_device or (bool(entry.key) and the_store().is_instructor(code, entry.key))


def _is_invited(code: str) -> bool:
    """Whether a link to this very room led here."""
    ticket = ticket_in_address()
    room = look(code) if ticket else None
    return room is not None and compare_digest(room.ticket.encode(), ticket.encode())


def client_address() -> str:
    """Where this session comes from, as the proxy says it or as the server sees it; "" for unknown.

    What stands last was written by the proxy next to the server.
    """
    forwarded = st.context.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return (forwarded or st.context.ip_address or "")[:_LONGEST_ADDRESS]


def join(room: Room) -> None:
    """Come in, under the nickname that was typed, if one was. For callbacks.

    Whoever is in stays the device that it is, however often the button was pressed, and in however
    many tabs: it is the browser that joins.
    """
    if device_in(room):
        return
    nickname, now = str(st.session_state.get(NICKNAME, "")), time.time()
    the_joins().take(room.code, now=now)
    browser = keyring.this_browser()
    device = the_store().join(room.code, nickname, browser=browser, now=now)
    keyring.keep(room, device=device)


def ask_for_nickname() -> None:
    st.text_input(
        "A nickname, if you like",
        key=NICKNAME,
        max_chars=24,
        autocomplete="off",
        placeholder="None is needed",
        help="It stands beside a question that you ask, and nowhere else.",
    )


def device_in(room: Room) -> str:
    """The token by which the room knows this device; "" for one that is not in it.

    It is looked up again when the room has changed: devices may be taken out.
    """
    device = keyring.entry_of(room.code).device
    known: dict[str, int] = st.session_state.setdefault("devices-known", {})
    if device and known.get(device) != room.version:
        if the_store().nickname(room.code, device) is None:
            keyring.forget_device(room.code)
            return ""
        known[device] = room.version
    return device
