"""How each kind of question is answered: by touch, and by keys alone."""

import time
from collections.abc import Callable

import streamlit as st

from lib.course import Course
from lib.room import Room, Round
from lib.room.answering import answer
from lib.room.choosing import ChoiceQuestion
from lib.room.question import Question
from lib.ui.room.database import the_store
from lib.ui.room.refusals import refuse, trying

Say = Callable[[str], None]


def ask_for_answer(
    question: Question, room: Room, round: Round, device: str, own: str | None
) -> None:
    """Draw what the question is answered by; `own` is what this device has said in this vote."""
    key = f"class-{room.code}-{round.number}-{round.vote}"

    def say(said: str) -> None:
        answer(the_store(), question, room, device, said, now=time.time())

    with st.container(key="class-answer"):
        match question:
            case ChoiceQuestion():
                _choose(question, key, own, say)
            case _:
                raise TypeError(f"No widget asks for {type(question).__name__}.")


def _choose(question: ChoiceQuestion, key: str, own: str | None, say: Say) -> None:
    """Blocks as wide as the screen: to touch one is to answer."""
    # After a reload the widget begins with what was said before it.
    if own is not None and key not in st.session_state:
        st.session_state[key] = own

    def chosen() -> None:
        if (said := st.session_state[key]) is not None:
            say(said)

    st.radio(
        "Your answer",
        list(question.choices),
        None,
        format_func=lambda said: f"**{question.letters[said]}** {question.choices[said]}",
        key=key,
        on_change=trying(chosen),
        label_visibility="collapsed",
        width="stretch",
    )
