"""How each kind of question is answered: by touch, and by keys alone. To answer needs no button."""

import json
import time
from collections.abc import Callable
from functools import partial

import streamlit as st

from ...course import Cell
from ...course.spelling import as_name
from ...room import Room, Round
from ...room.answering import answer
from ...room.choosing import ChoiceQuestion
from ...room.clicking import CellQuestion
from ...room.drawing import MapQuestion
from ...room.estimating import NumberQuestion
from ...room.question import Question
from ..components.cell_map import cell_map
from ..figures import show_title, theme
from ..widgets import show_guess
from .database import the_store
from .refusals import refuse, trying

Say = Callable[[str], None]

_FEW_STEPS = 400
"""A scale of more steps than these is typed: a finger cannot tell them apart."""


def ask_for_answer(question: Question, room: Room, device: str, own: str | None) -> None:
    """Draw what the question is answered by; `own` is what this device has said in this vote."""
    assert room.round is not None
    key = _key_of(room, room.round)

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


def _show_what_stands(key: str, own: object) -> None:
    """Have a widget show what the class has of this device, and not what was touched last.

    An answer may be refused, given before a reload or in another tab.
    """
    if st.session_state.get(key) != own:
        st.session_state[key] = own


def _key_of(room: Room, round: Round) -> str:
    return f"class-{room.code}-{round.number}-{round.vote}"


def begun_map(room: Room, round: Round) -> tuple[int, int] | None:
    """Of a map that this session began and did not fill: its cells that are filled, and all."""
    levels = st.session_state.get(_key_of(room, round))
    if not isinstance(levels, list) or not 0 < levels.count(None) < len(levels):
        return None
    return len(levels) - levels.count(None), len(levels)


def _choose(question: ChoiceQuestion, key: str, own: str | None, say: Say) -> None:
    """Blocks as wide as the screen: to touch one is to answer."""
    _show_what_stands(key, own)

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
    """A slider that says nothing before it is moved, and a box; where steps are too many, a box."""
    boxed = f"{key}-box"

    def said_in(widget: str) -> str | None:
        number = st.session_state.get(widget)
        return None if number is None else question.said_of(float(number))

    def changed(widget: str) -> None:
        if (said := said_in(widget)) is None:
            return
        if question.accepts(said):
            say(said)
        else:
            refuse(f"A number from {question.low:g} to {question.high:g}.")

    steps = (question.high - question.low) / question.step
    begin = question.low + round(steps / 2) * question.step if own is None else float(own)

    def show(widget: str, value: float | None) -> None:
        # A browser may have the same number with another last bit: it is left alone.
        if own is None or said_in(widget) != own:
            _show_what_stands(widget, value)

    if steps <= _FEW_STEPS:
        show(key, begin)
        _slide(question, key, partial(changed, key), is_said=own is not None)
    show(boxed, None if own is None else begin)
    unit = f", in {question.unit}" if question.unit else ""
    st.number_input(
        f"Or type it{unit}" if steps <= _FEW_STEPS else f"Your number{unit}",
        value=None,
        step=question.step,
        format=f"%.{question.decimals}f",
        key=boxed,
        on_change=trying(partial(changed, boxed)),
    )
    st.caption(question.scale)


def _slide(
    question: NumberQuestion, key: str, changed: Callable[[], None], *, is_said: bool
) -> None:
    with st.container(key="class-said" if is_said else "class-unsaid"):
        st.slider(
            "Your number" if is_said else "Move the slider to your number",
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
        say(str(question.cells.index(cell)))

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
    _show_what_stands(key, own)
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
    levels = _levels(question, key, own)

    def fill(number: int, level: float | None) -> None:
        levels[number] = level
        send()

    def send() -> None:
        if (said := question.said_of(levels)) is not None:
            say(said)

    show_guess(question.guess, levels, f"{key}-map", trying(fill))
    left = levels.count(None)
    if left:
        filled = len(levels) - left
        st.caption(
            f"{filled} of {len(levels)} cells filled: the map is sent when all are. "
            "Touch a cell, then a colour."
        )
    if own != question.said_of(levels):
        if own is not None:
            st.caption("The map is not sent as it is now.")
        if not left:
            st.button("Send the map", key=f"{key}-send", on_click=trying(send))


def _levels(question: MapQuestion, key: str, own: str | None) -> list[float | None]:
    """The map as it is being filled; another one was sent by another tab, or before a reload."""
    levels: list[float | None] | None = st.session_state.get(key)
    last = st.session_state.get(f"{key}-own")
    if levels is None or own not in (last, question.said_of(levels)):
        levels = [None] * len(question.guess.pairs) if own is None else json.loads(own)
    st.session_state[key], st.session_state[f"{key}-own"] = levels, own
    assert levels is not None
    return levels
