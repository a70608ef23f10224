"""A question of the instructor's own: choices, a number, or a cell of the last map of the Lab."""

from collections.abc import Callable, Sequence

import streamlit as st

from ...charts import Heatmap
from ...course import Cell
from ...course.spelling import as_name
from ...room import RoomError, own
from ...room.question import Question
from .question import show_chart

SOURCE, OWN = "class-source", "Your own"
_MAP, _IS_NEW = "class-lab-map", "class-lab-map-is-new"
_IS_TO_BE_ASKED = "class-lab-map-is-to-be-asked"
_PANEL = 560
KIND = "class-own-kind"
CHOICES, NUMBER, CELL = "Choices", "A number", "A cell of the map"
_NOTHING, _FARTHEST = "No answer is right or wrong", "The cell farthest from zero"


def bring_map(heatmap: Heatmap) -> None:
    """Keep a map of the Lab, to ask a class about it. For callbacks."""
    st.session_state[_MAP] = heatmap
    st.session_state[KIND] = CELL
    st.session_state[SOURCE] = OWN
    st.session_state[_IS_NEW] = st.session_state[_IS_TO_BE_ASKED] = True


def is_to_be_asked() -> bool:
    """Whether a map has come that no class was asked about."""
    return bool(st.session_state.get(_IS_TO_BE_ASKED))


def note_asked() -> None:
    """The class was asked something. For callbacks."""
    st.session_state[_IS_TO_BE_ASKED] = False


def has_just_come() -> bool:
    """Whether a map has come that no page has seen."""
    return bool(st.session_state.pop(_IS_NEW, False))


def brought_map() -> Heatmap | None:
    heatmap: Heatmap | None = st.session_state.get(_MAP)
    return heatmap


def choose_own(offer: Callable[[Question], None]) -> None:
    """Draw what makes a question; `offer` draws how it is asked, once it is one."""
    heatmap = brought_map()
    text = st.text_area(
        "Your question", key="class-own-text", max_chars=own.LONGEST_TEXT, persist_state="session"
    )
    kind = st.segmented_control(
        "It is answered by",
        [CHOICES, NUMBER, *([CELL] if heatmap is not None else [])],
        default=CHOICES,
        required=True,
        key=KIND,
        persist_state="session",
    )
    if heatmap is None:
        st.caption("To ask about a map of your own table, press “Ask a class” under it in the Lab.")
    elif kind != CELL and not st.toggle(
        "With the map from the Lab", value=True, key="class-own-with-map", persist_state="session"
    ):
        heatmap = None
    try:
        question = _made(kind, text or "", heatmap)
    except RoomError as refused:
        # Nothing was typed yet: nothing is wrong yet.
        st.caption("Type your question first." if not text else str(refused))
        if heatmap is not None:
            show_chart(heatmap, "The map from the Lab.", "class-own-map", _PANEL)
        return
    offer(question)


def _made(kind: str, text: str, heatmap: Heatmap | None) -> Question:
    if kind == CELL and heatmap is not None:
        return own.cell(text, heatmap, _right_cells(heatmap))
    if kind == NUMBER:
        return _number(text, heatmap)
    choices, right = _choices()
    return own.choice(text, choices, right, chart=heatmap)


def _choices() -> tuple[Sequence[str], int | None]:
    typed = st.text_area(
        "Choices, one a line",
        key="class-own-choices",
        max_chars=own.MOST_CHOICES * (own.LONGEST_CHOICE + 1),
        persist_state="session",
    )
    choices = [line.strip() for line in (typed or "").splitlines() if line.strip()]
    right = st.selectbox(
        "Right is",
        range(len(choices)),
        None,
        format_func=choices.__getitem__,
        key=f"class-own-right-{len(choices)}",
        placeholder=_NOTHING,
    )
    return choices, right


def _number(text: str, heatmap: Heatmap | None) -> Question:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        low, high, truth = (
            st.number_input(
                label,
                value=value,
                key=f"class-own-{label}",
                placeholder=placeholder,
                width=150,
                persist_state="session",
            )
            for label, value, placeholder in (
                ("From", 0.0, ""),
                ("To", 100.0, ""),
                ("It is", None, "Left open"),
            )
        )
    if low is None or high is None:
        raise RoomError("Say where the scale begins and where it ends.")
    return own.number(text, float(low), float(high), truth, chart=heatmap)


def _right_cells(heatmap: Heatmap) -> Sequence[Cell]:
    rows, columns = (list(map(str, names)) for names in heatmap.values.axes)
    shown = heatmap.shown
    cells = [
        (row, column)
        for down, row in enumerate(rows)
        for across, column in enumerate(columns)
        if shown[down][across]
    ]
    choices: list[str | Cell] = [_FARTHEST, _NOTHING, *cells]
    right = st.selectbox(
        "Right is",
        choices,
        format_func=lambda each: each if isinstance(each, str) else " × ".join(map(as_name, each)),
        key="class-own-cell",
        required=True,
    )
    if right == _FARTHEST:
        return own.largest(heatmap)
    return [] if isinstance(right, str) else [right]
