"""What takes long is loaded while somebody reads."""

import gc
import importlib
from threading import Thread

import streamlit as st

from lib.course import Course

_SLOW = (
    "plotly.graph_objects",
    "scipy.stats",
    "matplotlib.figure",
    "seaborn",
    "sklearn.ensemble",
    "sklearn.linear_model",
    "sklearn.model_selection",
)


@st.cache_resource(show_spinner=False)
def warm_up(_course: Course) -> Thread:
    """Import what the lessons will need; in the background, once in the life of the server."""
    thread = Thread(target=_open_all, args=(_course,), name="warm-up", daemon=True)
    thread.start()
    return thread


def _open_all(course: Course) -> None:
    for module in _SLOW:
        importlib.import_module(module)
    for lesson in course.lessons:
        list(lesson.steps)
    # What was just imported stays for good: the collector need not walk it again.
    gc.freeze()


def preload_plotly() -> None:
    """Have the browser load what draws figures, before the first of them is shown.

    A figure without a point does it; lib.ui.style hides it.
    """
    with st.container(key="preload"):
        st.plotly_chart({"data": [{"type": "scatter"}]}, key="preloaded-figure", height=100)
