"""How a page hears of what others do: it asks now and then, and is drawn on news alone."""

from typing import NamedTuple

import streamlit as st

from ...room import Room, Round
from ..failing import note_failure
from .database import the_store, the_watch

_SAID = "class-said-on-screen"

EVERY = 3.0
"""Seconds: two hundred pages that ask cost a third of one core."""


class _Said(NamedTuple):
    """What the page shows as this device's answer in a vote; None where there is none yet."""

    device: str
    round: int
    vote: int
    said: str | None


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
        is_other = _is_answered_elsewhere(drawn.code)
    except Exception as error:  # Whatever the database does: the next time it may answer
        note_failure(error, "class/poll")
        return
    if is_other or room is None or (room.version, room.is_ended) != (drawn.version, drawn.is_ended):
        st.rerun()


def note_said(device: str, round: Round, said: str | None) -> None:
    """Take note of what the page shows as this device's answer: another answer is news to it."""
    st.session_state[_SAID] = _Said(device, round.number, round.vote, said)


def forget_said() -> None:
    """The page is drawn anew, and may show no answer."""
    st.session_state.pop(_SAID, None)


def _is_answered_elsewhere(code: str) -> bool:
    """Whether another tab of this device has answered since the page was drawn."""
    shown: _Said | None = st.session_state.get(_SAID)
    if shown is None:
        return False
    device, round, vote, said = shown
    answers = the_watch().answers(code, round)
    found = (answer.said for answer in answers if (answer.device, answer.vote) == (device, vote))
    # What all pages read together may be older than this page.
    return (
        next(found, None) != said and the_store().said(code, device, round=round).get(vote) != said
    )
