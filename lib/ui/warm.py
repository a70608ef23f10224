"""What takes long is loaded while somebody reads."""

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event, RLock, Thread
from typing import Any

import streamlit as st

from ..course import Course
from .ahead import compute_ahead
from .failing import note_failure
from .memory import (
    collect_seldom,
    give_memory_back,
    keep_for_good,
    keep_memory_together,
)

_SLOW = (
    "plotly.tools",
    "scipy.stats",
    "matplotlib.figure",
    "seaborn",
    "sklearn.ensemble",
    "sklearn.linear_model",
    "sklearn.model_selection",
)

_LONGEST_FIRST_PAGE = 6.0
"""Seconds."""

_importing = RLock()
_first_page_is_out = Event()
_is_warm = Event()


def is_warm() -> bool:
    """Whether everything is imported."""
    return _is_warm.is_set()


@contextmanager
def cold_start() -> Iterator[None]:
    """Until everything is imported, let one thread at a time import within the block.

    Two that import the same packages from different ends can meet a module that is half there.
    """
    if is_warm():
        yield
    else:
        with _importing:
            yield


def warm_up(course: Course, *, now: bool) -> None:
    """Import what the lessons will need; in the background, once in the life of the server.

    Not before a first page is on somebody's screen: `now`, or when it should be there by any means.
    """
    if now:
        _first_page_is_out.set()
    _start(course)


@st.cache_resource(show_spinner=False)
def _start(_course: Course) -> Thread:
    keep_memory_together()
    collect_seldom()
    thread = Thread(target=_open_all, args=(_course,), name="warm-up", daemon=True)
    thread.start()
    return thread


def _open_all(course: Course) -> None:
    _first_page_is_out.wait(_LONGEST_FIRST_PAGE)
    for module in _SLOW:
        _load(module, partial(importlib.import_module, module))
    for lesson in course.lessons:
        _load(lesson.slug, partial(list, lesson.steps))
    _is_warm.set()
    keep_for_good()
    compute_ahead(course)
    keep_for_good()
    give_memory_back()


def _load(name: str, load: Callable[[], object]) -> None:
    """What cannot be loaded now, such as matplotlib without a writable folder, fails who needs it.

    The others must not wait for it.
    """
    with _importing:
        try:
            load()
        except Exception as error:
            note_failure(error, f"warm-up of {name}")


def preload_plotly() -> None:
    """Have the browser load what draws figures, before the first of them is shown.

    A figure without a point does it; lib.ui.style hides it. It needs nothing of ours, so that the
    browser reads Plotly while the server imports what computes.
    """
    from plotly.basedatatypes import BaseFigure

    class Nothing(BaseFigure):  # type: ignore[misc] # Plotly has no types
        def __init__(self) -> None:
            pass

        def to_dict(self) -> dict[str, Any]:
            return {"data": [{"type": "scatter"}], "layout": {}}

    with st.container(key="preload"):
        st.plotly_chart(Nothing(), key="preloaded-figure", height=100)
