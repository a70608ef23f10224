"""An exercise on the screen: its figures, and the widgets by which each shape is answered."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from ...charts import PLOTLY_CONFIG, Chart, Heatmap
from ...course import Arrange, Cell, ChooseOne, ClickCell, Exercise, TwoTier, TypeNumber
from ...course.spelling import as_name
from ..components.cell_map import cell_map
from ..components.cells import spoken_cells
from ..figures import on_screen, show_title, theme
from ..layout import is_stacked
from ..prose import show_prose

UNANSWERED = {
    ChooseOne: "Choose an answer first.",
    TwoTier: "Choose an answer and its reason first.",
    TypeNumber: "Type a number first.",
    ClickCell: "Click a cell first, or choose one.",
    Arrange: "Put all of them in order first.",
}
_ACROSS, _GAP = 2, 16
_PLACES = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")


def show_figures(exercise: Exercise, key: str, panel: float, *, is_answered: bool) -> None:
    """What an exercise asks about. The cells of a map that is to be clicked answer to a touch.

    Once it is answered, all cells but the right ones step back.
    """
    if isinstance(exercise, ClickCell):
        _show_map(exercise, _solved(exercise) if is_answered else exercise.chart, key)
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


def _show_map(exercise: ClickCell, heatmap: Heatmap, key: str) -> None:
    def choose(cell: Cell) -> None:
        st.session_state[key] = exercise.cells.index(cell)

    show_title(heatmap)
    place = st.session_state.get(key)
    cell_map(
        heatmap,
        theme(),
        exercise.cells,
        chosen=None if place is None else exercise.cells[place],
        key=f"{key}-map",
        on_choose=choose,
    )


def _solved(exercise: ClickCell) -> Heatmap:
    values = exercise.chart.values
    is_wrong = pd.DataFrame(True, values.index, values.columns)
    for row, column in exercise.cells:
        if exercise.reply(row, column).right:
            rows, columns = values.index.map(str) == row, values.columns.map(str) == column
            is_wrong.loc[rows, columns] = False
    return replace(exercise.chart, faded=is_wrong)


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
    said = typed(exercise, key)
    if number is not None and said is None:
        st.markdown(f":orange[A number from {exercise.low:g} to {exercise.high:g}.]")
    return said


def typed(exercise: TypeNumber, key: str) -> str | None:
    """The number in the field, once it is one that can be answered."""
    number = st.session_state.get(key)
    said = None if number is None else f"{number:.{exercise.decimals}f}"
    return said if said is not None and exercise.accepts(said) else None


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
