"""How a page hears of what others do: it asks now and then, and is drawn on news alone."""

import streamlit as st

from lib.room import Room
from lib.ui.failing import note_failure
from lib.ui.room.database import the_watch

EVERY = 2.5
"""Seconds: two hundred pages that ask cost two fifths of one core."""


def look(code: str) -> Room | None:
    """The room of this code as the server knows it, at most half a second old."""
    return the_watch().room(code)


@st.fragment(run_every=EVERY)
def wait_for_news(room: Room) -> None:
    """Draw the page anew once the room is not as it was drawn. Nothing is sent before."""
    rerun_on_news(room)


def rerun_on_news(drawn: Room) -> None:
    """Draw the page anew if the room is not as it was drawn. For what runs again and again."""
    try:
        room = look(drawn.code)
    except Exception as error:  # Whatever the database does: the next time it may answer
        note_failure(error, "class/poll")
        return
    if room is None or (room.version, room.is_ended) != (drawn.version, drawn.is_ended):
        st.rerun()
