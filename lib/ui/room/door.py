"""The door: two ways in, to join a class or to open one."""

import time

import streamlit as st

from ..pressing import once
from ..session import session_name
from . import keyring
from .address import View, enter_room, room_address
from .database import the_database, the_rooms_of_address, the_rooms_of_session
from .entering import ask_for_nickname, client_address, find_room, join
from .refusals import refuse, say_refusal, trying

_CODE = "class-code"
_NOTHING_PERSONAL = (
    "Nothing personal is stored: no name unless you choose a nickname, no address, no account. "
    "A day after it has ended, nobody can read a room; it is deleted, with its answers, when the "
    "next one is opened."
)


def show_door() -> None:
    """Draw both ways in, and the rooms of this browser that are still open."""
    st.markdown("## A class", anchors=False)
    st.markdown("One question for everybody, answered on your own device.")
    join, opening = st.columns(2, gap="medium")
    with join, st.container(border=True, key="class-join", height="stretch"):
        _offer_joining()
    with opening, st.container(border=True, key="class-open", height="stretch"):
        _offer_opening()
    st.caption(_NOTHING_PERSONAL)


def _offer_joining() -> None:
    st.markdown("### Join a class", anchors=False)
    with st.form("class-joining", border=False):
        st.text_input(
            "The code on the screen in front",
            key=_CODE,
            max_chars=20,
            autocomplete="off",
            placeholder="such as K7M 4QX",
        )
        say_refusal("code", _CODE)
        ask_for_nickname()
        st.form_submit_button("Join", type="primary", key="class-go", on_click=trying(_go, _CODE))


def _go() -> None:
    """Come into the room of the code that was typed. For callbacks.

    Who this browser is, it may not have said yet: then it joins by the button of the room itself.
    """
    typed = str(st.session_state[_CODE]).strip()
    if not typed:
        refuse("Type the code first: it stands on the screen in front.", _CODE)
        return
    room = find_room(typed)
    if keyring.is_known():
        join(room)
    enter_room(room.code)


def _offer_opening() -> None:
    database = the_database()
    st.markdown("### Open a room", anchors=False)
    st.markdown("You get a code for the class, and choose what to ask.")
    st.button(
        "Open a room",
        type="primary",
        key="class-open-room",
        on_click=trying(once("class-door", "", _open)),
    )
    st.caption(database.survives)
    st.markdown(
        ":small[Whoever hosts the app chooses another database: `database` in its secrets, such as "
        "`postgresql://USER:PASSWORD@HOST/NAME`.]"
    )
    for code, entry in keyring.entries().items():
        if entry.key:
            st.link_button(
                f"Your room {code}",
                room_address(code, View.INSTRUCTOR),
                type="tertiary",
                icon=":material/arrow_forward:",
            )


def _open() -> None:
    """Open a room, and look at it as its instructor. For callbacks."""
    store, now = the_database(), time.time()
    the_rooms_of_session().take(session_name(), now=now)
    the_rooms_of_address().take(client_address(), now=now)
    keys = store.open_room(now=now)
    room = store.room(keys.code, now=now)
    assert room is not None
    keyring.keep(room, key=keys.key)
    enter_room(keys.code, View.INSTRUCTOR)
