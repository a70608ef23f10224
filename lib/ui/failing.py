"""What fails stays where it is: a sentence in its place, a line in the log, and the way on."""

import logging
import traceback
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st
from streamlit.logger import get_logger

FAILURE = "The fault is the course's, and nothing that you did is lost."
ASKED = "What you have just asked for"

Arguments = ParamSpec("Arguments")

_FAILED = "failed-callback"
_log = get_logger(__name__)
_MOST_KNOWN = 1000
_LONGEST = 300
_known: set[tuple[str, ...]] = set()


def show_failure(error: Exception, where: str, what: str) -> str:
    """Say on the screen that `what` cannot be drawn, and in the log what went wrong.

    Returns the sentence, for a screen reader.
    """
    note_failure(error, where)
    sentence = f"{what} cannot be shown. {FAILURE}"
    st.error(sentence, icon=":material/error:")
    return sentence


def show_failed_step(
    error: Exception, where: str, what: str, begin_afresh: Callable[[], None]
) -> str:
    """The same for a step, which can begin afresh: it may fail at one setting alone."""
    with st.container(key="failure"):
        sentence = show_failure(error, where, what)
        st.button(
            "Start this step afresh",
            key="afresh",
            icon=":material/restart_alt:",
            on_click=guarded(begin_afresh),
        )
    return sentence


def guarded(callback: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """The callback of a widget; the page drawn after it says if it failed: see `take_failed`.

    Streamlit would show its own words for the error in place of every page.
    """

    @wraps(callback)
    def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        try:
            callback(*args, **kwargs)
        except Exception as error:  # Whatever a callback does wrong
            st.session_state[_FAILED] = error

    return run


def take_failed() -> Exception | None:
    """What a callback before this run raised. Whoever takes it says it: see `ASKED`."""
    error: Exception | None = st.session_state.pop(_FAILED, None)
    return error


def note_failure(error: Exception, where: str) -> None:
    """One line in the log, and the first time that this happens here the whole traceback.

    It may happen at every run of a session, and a traceback through Streamlit is long.
    """
    line, is_new = _told(error, where)
    _log.error("%s", line, exc_info=is_new and error)


def _told(error: BaseException, where: str) -> tuple[str, bool]:
    """An error in one line, and whether it is the first of its kind there."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{last.filename}:{last.lineno}"
    kind = (where, type(error).__name__, place)
    is_new = kind not in _known and len(_known) < _MOST_KNOWN
    if is_new:
        _known.add(kind)
    return f"{where}: {repr(error)[:_LONGEST]} at {place}", is_new


class _OnceInFull(logging.Filter):
    """The same for what Streamlit itself logs: a browser may send a widget what it cannot read."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info and record.exc_info[1]
        if error and error.__traceback__:
            record.msg, is_new = _told(error, record.getMessage())
            record.args = ()
            if not is_new:
                record.exc_info = None
        return True


get_logger("streamlit.error_util").addFilter(_OnceInFull())
