"""How each kind of question is answered: by touch, and by keys alone. To answer needs no button."""

import json
import time
from collections.abc import Callable

import streamlit as st

from lib.course import Cell
from lib.course.spelling import as_name
from lib.room import Room
from lib.room.answering import answer
from lib.room.choosing import ChoiceQuestion
from lib.room.clicking import CellQuestion
from lib.room.drawing import MapQuestion
from lib.room.estimating import NumberQuestion
from lib.room.question import Question
from lib.ui.components.cell_map import cell_map
from lib.ui.figures import show_title, theme
from lib.ui.room.database import the_store
from lib.ui.room.refusals import refuse, trying
from lib.ui.widgets import show_guess

Say = Callable[[str], None]

_FEW_STEPS = 400
"""A scale of more steps than these is typed: a finger cannot tell them apart."""


def ask_for_answer(question: Question, room: Room, device: str, own: str | None) -> None:
    """Draw what the question is answered by; `own` is what this device has said in this vote."""
    assert room.round is not None
    key = f"class-{room.code}-{room.round.number}-{room.round.vote}"

    def say(said: str) -> None:
        answer(the_store(), question, room, device, said, now=time.time())

    with st.container(key="class-answer"):
        match question:
            case ChoiceQuestion():
                _choose(question, key, own, say)
            case NumberQuestion():
                _say_number(question, key, own, say)
            case CellQuestion():
                _click_cell(question, key, own, say)
            case MapQuestion():
                _fill_map(question, key, own, say)
            case _:
                raise TypeError(f"No widget asks for {type(question).__name__}.")


def _choose(question: ChoiceQuestion, key: str, own: str | None, say: Say) -> None:
    """Blocks as wide as the screen: to touch one is to answer."""
    # After a reload the widget begins with what was said before it.
    if own is not None:
        st.session_state.setdefault(key, own)

    def chosen() -> None:
        if (said := st.session_state[key]) is not None:
            say(said)

    st.radio(
        "Your answer",
        list(question.choices),
        None,
        format_func=lambda said: f"**{question.letters[said]}**  {question.choices[said]}",
        key=key,
        on_change=trying(chosen),
        label_visibility="collapsed",
        width="stretch",
    )


def _say_number(question: NumberQuestion, key: str, own: str | None, say: Say) -> None:
    """A slider that says nothing before it is moved; a box where there are too many steps."""

    def changed() -> None:
        if (number := st.session_state[key]) is None:
            return
        said = question.said_of(float(number))
        if question.accepts(said):
            say(said)
        else:
            refuse(f"A number from {question.low:g} to {question.high:g}.")

    steps = (question.high - question.low) / question.step
    begin = question.low + round(steps / 2) * question.step if own is None else float(own)
    if steps > _FEW_STEPS:
        unit = f", in {question.unit}" if question.unit else ""
        st.session_state.setdefault(key, None if own is None else begin)
        st.number_input(
            f"Your number{unit}",
            value=None,
            step=question.step,
            format=f"%.{question.decimals}f",
            key=key,
            on_change=trying(changed),
        )
        return
    st.session_state.setdefault(key, begin)
    with st.container(key="class-said" if own is not None else "class-unsaid"):
        st.slider(
            "Your number" if own is not None else "Move the slider to your number",
            question.low,
            question.high,
            step=question.step,
            format=f"%.{question.decimals}f",
            key=key,
            on_change=trying(changed),
        )


def _click_cell(question: CellQuestion, key: str, own: str | None, say: Say) -> None:
    """A touch on the map, or a choice from the list under it."""

    def touched(cell: Cell) -> None:
        said = st.session_state[key] = str(question.cells.index(cell))
        say(said)

    def listed() -> None:
        if (said := st.session_state[key]) is not None:
            say(said)

    show_title(question.chart)
    cell_map(
        question.chart,
        theme(),
        question.cells,
        chosen=None if own is None else question.cells[int(own)],
        key=f"{key}-map",
        on_choose=trying(touched),
    )
    if own is not None:
        st.session_state.setdefault(key, own)
    st.selectbox(
        "Your cell: touch it, or choose it here",
        [str(place) for place in range(len(question.cells))],
        None,
        format_func=lambda said: " × ".join(map(as_name, question.cells[int(said)])),
        key=key,
        on_change=trying(listed),
        placeholder="Row × column",
    )


def _fill_map(question: MapQuestion, key: str, own: str | None, say: Say) -> None:
    """A map is said once all its cells are filled, and again whenever one is changed."""
    empty: list[float | None] = [None] * len(question.guess.pairs)
    levels = st.session_state.setdefault(key, empty if own is None else json.loads(own))

    def fill(number: int, level: float | None) -> None:
        levels[number] = level
        if (said := question.said_of(levels)) is not None:
            say(said)

    show_guess(question.guess, levels, f"{key}-map", trying(fill))
    left = levels.count(None)
    if left:
        filled = len(levels) - left
        st.caption(f"{filled} of {len(levels)} cells filled. Touch a cell, then a colour.")
    elif own is not None and question.said_of(levels) != own:
        st.caption("The map is not sent as it is now.")
