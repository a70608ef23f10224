"""What became of a question: figures, sentences, numbers."""

from collections.abc import Sequence

import streamlit as st

from ...charts import Chart
from ...course import Course
from ...room import Phase, Room, Round
from ...room.question import Question
from ...room.results import Result
from ..layout import Projection
from .database import the_questions, the_store, the_watch
from .question import show_chart

_GAP = 16
_STACKED = 540


@st.cache_resource(show_spinner=False, max_entries=128)
def _final(_course: Course, code: str, round: Round) -> Result:
    """What a class sees of a vote that is closed: the same for all, so computed once.

    Read from the store itself: what was answered in the last moment counts.
    """
    question = the_questions(_course).read(round.asked)
    answers = the_store().answers(code, round=round.number)
    return question.results(answers, vote=round.vote, phase=round.phase)


def shown_result(course: Course, room: Room, round: Round) -> Result:
    """What a class may see now."""
    return _final(course, room.code, round)


def private_result(question: Question, room: Room, round: Round) -> Result:
    """What the instructor sees of a vote before the class does."""
    answers = the_watch().answers(room.code, round.number)
    return question.results(answers, vote=round.vote, phase=Phase.SHOWN)


def show_result(result: Result, key: str, panel: float) -> None:
    """Draw figures, so many side by side as there is room for, then what they say."""
    across = 1 if panel <= _STACKED else result.across
    _show_figures(result, result.figures, across, key, panel)
    st.markdown("  \n".join(result.sentences))


def show_projected(result: Result, key: str, panel: float, projection: Projection) -> None:
    """Draw the figures for a projector, side by side."""
    figures = result.projected or result.figures
    _show_figures(result, figures, len(figures), key, panel, projection)


def _show_figures(
    result: Result,
    figures: Sequence[Chart],
    across: int,
    key: str,
    panel: float,
    projection: Projection | None = None,
) -> None:
    across = max(across, 1)
    share = (panel - _GAP * (across - 1)) / across
    places = st.columns(across) if across > 1 else [st.container()]
    for number, chart in enumerate(figures):
        with places[number % across]:
            show_chart(chart, result.description, f"{key}-{number}", share, projection)
