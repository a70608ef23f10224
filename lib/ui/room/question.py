"""What is asked, as everybody in a class sees it."""

from collections.abc import Sequence

import streamlit as st

from ...charts import PLOTLY_CONFIG, Chart, Heatmap, Page
from ...room.choosing import ChoiceQuestion
from ...room.estimating import NumberQuestion
from ...room.question import Question
from ..components.cells import spoken_cells
from ..figures import on_screen, show_picture, show_title
from ..layout import Projection
from ..prose import show_prose
from ..session import room_of_window

READABLE = 760
"""Pixels: as wide as what a class reads is at most."""
_MARGINS, _STEP = 32, 20


def panel() -> int:
    """The pixels across that a figure has in a class, in steps."""
    return (min(room_of_window(), READABLE) - _MARGINS) // _STEP * _STEP


def show_question(
    question: Question,
    key: str,
    across: int | None = None,
    projection: Projection | None = None,
) -> None:
    """The question, and what there is to look at before one answers it."""
    say_question(question, key, with_context=projection is None)
    show_figures(question, key, across, projection)
    if lines := lines_of(question):
        st.markdown("\n".join(f"- {line}" for line in lines))


def lines_of(question: Question) -> Sequence[str]:
    """The choices, each with its letter, or the scale of a number."""
    if isinstance(question, NumberQuestion):
        return [question.scale]
    if not isinstance(question, ChoiceQuestion):
        return ()
    return [f"**{question.letters[said]}**  {text}" for said, text in question.choices.items()]


def say_question(question: Question, key: str, *, with_context: bool = True) -> None:
    """The question alone; what it is about behind a word, for those who do not know."""
    if question.context and with_context:
        with st.expander("What this is about", key=f"{key}-context", type="compact"):
            show_prose(question.context)
    with st.container(key=f"{key}-question"):
        show_prose(question.text)


def show_figures(
    question: Question,
    key: str,
    across: int | None = None,
    projection: Projection | None = None,
) -> None:
    """What there is to look at."""
    for number, chart in enumerate(question.figures):
        if isinstance(chart, Page):
            show_picture(chart, question.description)
            continue
        show_chart(
            chart, question.description, f"{key}-figure-{number}", across or panel(), projection
        )


def show_chart(
    chart: Chart, description: str, key: str, across: float, projection: Projection | None = None
) -> None:
    """One figure with its title; a map is spoken as well."""
    show_title(chart)
    with st.container(gap=None):
        st.plotly_chart(
            on_screen(chart, panel=across, projection=projection),
            key=key,
            theme=None,
            config=PLOTLY_CONFIG,
            alt=description,
        )
        if isinstance(chart, Heatmap):
            spoken_cells(chart, key=f"{key}-cells")
