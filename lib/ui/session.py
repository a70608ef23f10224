"""The progress of this session, and its copy in the browser's localStorage.

The copy is a convenience: where storage is absent, blocked or damaged, the course goes on without.
"""

import secrets

import streamlit as st

from lib.course import Course, Progress, ProgressError
from lib.ui.components import browser_storage
from lib.ui.widgets import recall_controls

_PROGRESS = "progress"
_PRESENTATION = "presentation"
_STORAGE = "browser-storage"
_SESSION = "session-name"
_RESTORED = "restored"


def progress_of(course: Course) -> Progress:
    """The progress of this session; a fresh one at first."""
    if _PROGRESS not in st.session_state:
        st.session_state[_PROGRESS] = Progress(course.slug)
    progress: Progress = st.session_state[_PROGRESS]
    return progress


def presentation_of(course: Course) -> Progress:
    """The progress of a presentation: forgotten afterwards, and never the presenter's own."""
    if _PRESENTATION not in st.session_state:
        st.session_state[_PRESENTATION] = Progress(course.slug)
    presentation: Progress = st.session_state[_PRESENTATION]
    return presentation


def use_progress(progress: Progress) -> None:
    """Go on from this progress instead."""
    st.session_state[_PROGRESS] = progress


def is_restored() -> bool:
    """Whether the browser has said what it remembers."""
    return _RESTORED in st.session_state


def restore_progress(course: Course) -> None:
    """Go on from what the browser remembers, as soon as it has said so. Before any widget."""
    if is_restored():
        return
    stored = st.session_state.get(_STORAGE, {}).get("stored")
    if not stored or stored["session"] != _session_name():
        return
    st.session_state[_RESTORED] = True
    try:
        progress = course.read_progress(str(stored["text"]))
    except ProgressError:
        return
    use_progress(progress)
    recall_controls(course, progress)


def keep_progress(course: Course) -> None:
    """Ask the browser what it remembers; once it has said so, let it remember what happens.

    Nothing is written before the browser has answered, so an old copy is never lost to a new
    session.
    """
    browser_storage(
        name=f"{course.slug}/progress",
        session=_session_name(),
        text=progress_of(course).to_json() if is_restored() else None,
        key=_STORAGE,
    )


def _session_name() -> str:
    name: str = st.session_state.setdefault(_SESSION, secrets.token_hex(8))
    return name
