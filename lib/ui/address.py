"""The address: which step is on the screen, what was predicted, whether this is a presentation.

Controls bind themselves to it; see lib.ui.widgets.
"""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

STEP, SAID, PRESENT, QUESTION, VIEW = "step", "said", "present", "question", "view"
SHOWN, SIZE, TALK = "shown", "size", "talk"
"""Of a presentation: how much is revealed, how large the type is, the talk that it is a part of."""
STAYING = (PRESENT, SIZE, TALK)
"""What a presentation keeps from one step to the next."""
ROOM = "room"
ON_STAGE = (*STAYING, SAID, SHOWN)
"""What an address says of a presentation and of what it has revealed."""
FIGURE, NUMBERS, CODE = "Figure", "Numbers", "Code"
"""The views of an exhibit."""
SCREEN = (STEP, QUESTION, PRESENT)
"""What tells one screen of a page from another. All else only says how it is set."""


def is_presenting() -> bool:
    return st.query_params.get(PRESENT) == "1"


def is_in_a_room() -> bool:
    """Whether a class is looked at: it has the window for itself."""
    return ROOM in st.query_params


def step_in_address(steps: Sequence[str]) -> str | None:
    """The one of these steps that the address names, in capitals or not; None for none."""
    named = st.query_params.get(STEP, "").lower()
    if named not in steps:
        return None
    if st.query_params[STEP] != named:
        st.query_params[STEP] = named
    return named


def names_a_step() -> bool:
    """Whether the address names a step, whatever there is."""
    return STEP in st.query_params


def go_to(step: str) -> None:
    """Open a step of this lesson; what belongs to the old step leaves the address."""
    _leave_behind()
    st.query_params[STEP] = step


def _leave_behind() -> None:
    """Take out what belongs to the step that is left."""
    st.query_params.pop(SAID, None)
    st.query_params.pop(SHOWN, None)
    show_figure()


def show_figure() -> None:
    """Let the next exhibit begin with its figure."""
    if VIEW in st.session_state:
        st.session_state[VIEW] = FIGURE
    else:
        st.query_params.pop(VIEW, None)


def said_in_address() -> str | None:
    return st.query_params.get(SAID)


def say(said: str | None) -> None:
    """Put a prediction into the address, or take it out."""
    _put(SAID, said)


def shown_in_address() -> str | None:
    return st.query_params.get(SHOWN)


def show(shown: str | None) -> None:
    """Put into the address how much is revealed, or take it out."""
    _put(SHOWN, shown)


def size_in_address() -> str | None:
    return st.query_params.get(SIZE)


def make_size(size: str | None) -> None:
    """Put into the address how large the type is, or take it out."""
    _put(SIZE, size)


def talk_in_address() -> str | None:
    return st.query_params.get(TALK)


def hold_talk(talk: str | None) -> None:
    """Put a talk into the address, or take it out."""
    _put(TALK, talk)


def _put(name: str, value: str | None) -> None:
    if value is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def whole_address() -> str:
    """The address of what is on the screen, to be copied."""
    return f"{st.context.url}?{query()}"


def query(without: Sequence[str] = ()) -> str:
    """What the address says, without these of its parameters."""
    return urlencode(
        [
            (name, value)
            for name in st.query_params
            if name not in without
            for value in st.query_params.get_all(name)
        ]
    )


def present(on: bool) -> None:
    """Begin a presentation or leave it; what is on show belongs to one side alone."""
    _leave_behind()
    if on:
        st.query_params[PRESENT] = "1"
    else:
        for name in STAYING:
            st.query_params.pop(name, None)
