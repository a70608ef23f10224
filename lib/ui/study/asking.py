"""An exercise on the screen: its figures, and the widgets by which each shape is answered."""

from functools import partial

import streamlit as st

from lib.charts import PLOTLY_CONFIG, Chart, Heatmap
from lib.course import Arrange, ChooseOne, ClickCell, Exercise, TwoTier, TypeNumber
from lib.course.spelling import as_name
from lib.ui.components.cells import spoken_cells
from lib.ui.failing import guarded
from lib.ui.figures import on_screen, show_title
from lib.ui.layout import is_stacked
from lib.ui.prose import show_prose

UNANSWERED = {
    ChooseOne: "Choose an answer first.",
    TwoTier: "Choose an answer and its reason first.",
    TypeNumber: "Type a number first.",
    ClickCell: "Click a cell first, or choose one.",
    Arrange: "Put all of them in order first.",
}
_ACROSS, _GAP = 2, 16
_PLACES = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")


def show_figures(exercise: Exercise, key: str, panel: float) -> None:
    """What an exercise asks about. The cells of a map that is to be clicked answer to a click."""
    if isinstance(exercise, ClickCell):
        _show_map(exercise, key, panel)
        return
    across = 1 if is_stacked() else min(len(exercise.figures), _ACROSS)
    places = st.columns(across)
    for number, chart in enumerate(exercise.figures):
        with places[number % across]:
            share = (panel - _GAP * (across - 1)) / across
            _show_figure(chart, exercise.description, f"{key}-figure-{number}", share)


def _show_figure(chart: Chart, description: str, key: str, panel: float) -> None:
    show_title(chart)
    st.plotly_chart(
        on_screen(chart, panel=panel), key=key, theme=None, config=PLOTLY_CONFIG, alt=description
    )
    if isinstance(chart, Heatmap):
        spoken_cells(chart, key=f"{key}-cells")


def _show_map(exercise: ClickCell, key: str, panel: float) -> None:
    show_title(exercise.chart)
    figure = f"{key}-map"

    def clicked() -> None:
        points = st.session_state[figure].selection.points
        if points:
            _choose_cell(exercise, key, str(points[0]["y"]), str(points[0]["x"]))

    st.plotly_chart(
        on_screen(exercise.chart, panel=panel, clickable=True),
        key=figure,
        theme=None,
        config=PLOTLY_CONFIG,
        on_select=guarded(clicked),
        selection_mode="points",
        alt=exercise.description,
    )
    spoken_cells(
        exercise.chart, key=f"{figure}-cells", on_open=partial(_choose_cell, exercise, key)
    )


def _choose_cell(exercise: ClickCell, key: str, row: str, column: str) -> None:
    if (row, column) in exercise.cells:
        st.session_state[key] = exercise.cells.index((row, column))


def ask(exercise: Exercise, draw: int, key: str) -> str | None:
    """Draw what an exercise is answered by; return what is answered so far, None if not yet."""
    match exercise:
        case ChooseOne():
            return _choose(exercise, draw, key)
        case TwoTier():
            return _choose_twice(exercise, draw, key)
        case TypeNumber():
            return _type_number(exercise, key)
        case ClickCell():
            return _name_cell(exercise, key)
        case Arrange():
            return _arrange(exercise, key)
    raise TypeError(f"No widget asks for {type(exercise).__name__}.")


def _choose(exercise: ChooseOne, draw: int, key: str, label: str = "Your answer") -> str | None:
    chosen = st.radio(
        label,
        exercise.order(draw),
        None,
        format_func=lambda place: exercise.choices[place].text,
        key=key,
        label_visibility="collapsed",
    )
    return None if chosen is None else str(chosen)


def _choose_twice(exercise: TwoTier, draw: int, key: str) -> str | None:
    """The reason is asked for once there is an answer: its choices would give it away."""
    first = _choose(exercise.first, draw, key)
    if first is None:
        return None
    show_prose(f"**{exercise.why.question}**")
    why = _choose(exercise.why, draw, f"{key}-why", "Your reason")
    return None if why is None else f"{first},{why}"


def _type_number(exercise: TypeNumber, key: str) -> str | None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.number_input(
            "Your number",
            value=None,
            step=10.0**-exercise.decimals,
            format=f"%.{exercise.decimals}f",
            key=key,
            width=220,
        )
        if exercise.unit:
            st.markdown(exercise.unit, width="content")
    if number is None:
        return None
    said = f"{number:.{exercise.decimals}f}"
    if exercise.accepts(said):
        return said
    st.markdown(f":orange[A number from {exercise.low:g} to {exercise.high:g}.]")
    return None


def _name_cell(exercise: ClickCell, key: str) -> str | None:
    chosen = st.selectbox(
        "Your cell: click it, or choose it here",
        range(len(exercise.cells)),
        None,
        format_func=lambda place: " × ".join(map(as_name, exercise.cells[place])),
        key=key,
        placeholder="Row × column",
        width=320,
    )
    return None if chosen is None else str(chosen)


def _arrange(exercise: Arrange, key: str) -> str | None:
    """One list a place: what is in a place already is not offered for another."""
    chosen: list[int] = []
    # Figures bear the names of what is to be put in order.
    if not exercise.figures:
        st.markdown("\n".join(f"- {item}" for item in exercise.items))
    for number in range(len(exercise.items)):
        place = f"{key}-{number}"
        left = [item for item in range(len(exercise.items)) if item not in chosen]
        if st.session_state.get(place) not in left:
            st.session_state[place] = None
        if len(left) == 1:
            st.session_state[place] = left[0]
        item = st.selectbox(
            f"{_PLACES[number]} ({number + 1} of {len(exercise.items)})",
            left,
            None,
            format_func=lambda item: exercise.items[item],
            key=place,
            placeholder="Choose",
            width=420,
        )
        if item is None:
            return None
        chosen.append(item)
    return ",".join(map(str, chosen))
