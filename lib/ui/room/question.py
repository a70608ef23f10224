"""What is asked, as everybody in a class sees it."""

import streamlit as st

from lib.charts import PLOTLY_CONFIG, Heatmap
from lib.room.question import Question
from lib.ui.components.cells import spoken_cells
from lib.ui.figures import on_screen, show_title
from lib.ui.layout import Projection
from lib.ui.prose import show_prose
from lib.ui.session import room_of_window

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
    if question.context:
        show_prose(question.context)
    with st.container(key="class-text"):
        show_prose(question.text)
    for number, chart in enumerate(question.figures):
        show_title(chart)
        st.plotly_chart(
            on_screen(chart, panel=across or panel(), projection=projection),
            key=f"{key}-figure-{number}",
            theme=None,
            config=PLOTLY_CONFIG,
            alt=question.description,
        )
        if isinstance(chart, Heatmap):
            spoken_cells(chart, key=f"{key}-cells-{number}")
