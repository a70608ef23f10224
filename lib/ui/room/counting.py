"""How many are in, and how many have answered: live, without drawing the page anew.

Each that is live asks once a second; a page that has several lets one fragment say them all.
"""

import streamlit as st

from ...room import Phase, Round
from ..failing import note_failure
from .database import the_watch
from .polling import look

EVERY = 1.0
"""Seconds: with what the server may be late itself, the count is at most two behind."""


@st.fragment(run_every=EVERY)
def show_count(code: str, round: Round, *, is_short: bool = False) -> None:
    """How many have answered in this vote, live."""
    say_count(code, round, is_short=is_short)


@st.fragment(run_every=EVERY)
def show_joined(code: str) -> None:
    """How many are in, live."""
    say_joined(code)


def say_count(code: str, round: Round, *, is_short: bool = False) -> None:
    """How many have answered in this vote."""
    try:
        room = look(code)
        answers = the_watch().answers(code, round.number)
    except Exception as error:  # Whatever the database does: the next time it may answer
        note_failure(error, "class/count")
        st.markdown(":gray[The class's database does not answer.]")
        return
    answered = sum(answer.vote == round.vote for answer in answers)
    joined = max(answered, 0 if room is None else room.joined)
    if is_short:
        is_open = room is None or room.round is None or room.round.phase is Phase.OPEN
        st.markdown(f"**{answered} of {joined}** {'answered' if is_open else '· vote closed'}")
        return
    verb = "has" if answered == 1 else "have"
    st.markdown(f"**{answered} of {joined}** {verb} answered")


def say_joined(code: str) -> None:
    """How many are in."""
    try:
        room = look(code)
    except Exception as error:
        note_failure(error, "class/count")
        return
    if room is not None:
        devices = "device is" if room.joined == 1 else "devices are"
        st.markdown(f"**{room.joined}** {devices} in")
