"""Coming into a room: by its code, as a device that the room knows from then on."""

import time

import streamlit as st

from lib.room import Room, RoomError
from lib.ui.room import keyring
from lib.ui.room.database import the_store, the_throttle
from lib.ui.room.polling import look
from lib.ui.session import session_name

_FOUND = "rooms-found"
NICKNAME = "class-nickname"


def find_room(code: str) -> Room:
    """The room of a code; RoomError where there is none, or too many wrong ones were tried.

    A room that this session has found once is looked up without more ado: its page polls.
    """
    found: set[str] = st.session_state.setdefault(_FOUND, set())
    if code not in found:
        the_throttle().admit(session_name(), now=time.time())
    room = look(code)
    if room is None:
        the_throttle().missed(session_name(), now=time.time())
        raise RoomError(
            "There is no room of this code. Look at it once more: it is on the screen in front."
        )
    found.update((code, room.code))
    return room


def join(room: Room) -> None:
    """Come in, under the nickname that was typed, if one was. For callbacks."""
    nickname = str(st.session_state.get(NICKNAME, ""))
    device = the_store().join(room.code, nickname, now=time.time())
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
    """The token by which the room knows this device; "" for one that has not joined."""
    device = keyring.entry_of(room.code).device
    known: set[str] = st.session_state.setdefault("devices-known", set())
    if device and device not in known:
        if the_store().nickname(room.code, device) is None:
            keyring.forget_device(room.code)
            return ""
        known.add(device)
    return device
