"""The progress of this session, and its copy in the browser's localStorage.

The copy is a convenience: where storage is absent or blocked, the course goes on without. Several
tabs share it, so what another tab has written is merged before this one writes.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

import streamlit as st

from ..course import (
    Course,
    Event,
    Progress,
    ProgressError,
    read_progress,
    write_progress,
)
from ..course.checked import read_count, read_text
from .address import SCREEN
from .components.heard import heard
from .components.storage import browser_storage

_PROGRESS = "progress"
_PRESENTATION = "presentation"
_STORAGE = "browser-storage"
_SESSION = "session-name"
_HEARD = "browser-heard"
_REFUSED = "browser-refused"
_JUST_HEARD = "just-heard"
_JUST_RESTORED = "just-restored"
_UNREAD = "unread-progress"
_WRITTEN = "written-progress"
_NEWS = "unread-progress-is-news"
_ROOM = "room-of-window"
_HEIGHT = "height-of-window"
_USUAL_ROOM = 1044
"""Pixels beside the sidebar in a window that is 1280 wide."""
_LEAST_ROOM, _MOST_ROOM = 320, 4000
_USUAL_HEIGHT = 720
_LEAST_HEIGHT, _MOST_HEIGHT = 320, 3000


def progress_of(course: Course) -> Progress:
    """The progress of this session; a fresh one at first."""
    return _kept(_PROGRESS, course)


def presentation_of(course: Course) -> Progress:
    """The progress of a presentation: forgotten afterwards, and never the presenter's own."""
    return _kept(_PRESENTATION, course)


def begin_presentation(course: Course) -> None:
    """Let a presentation begin with nothing done."""
    st.session_state[_PRESENTATION] = Progress(course.slug)


def emit(course: Course, event: Callable[..., Event], presenting: bool, **fields: Any) -> None:
    """Note that something happened now: in the presentation while presenting, else in the progress.

    `event` is its type, or what else makes one of its time, `at`; `fields` are those of the event,
    its time excepted.
    """
    key = _PRESENTATION if presenting else _PROGRESS
    progress = _kept(key, course)
    st.session_state[key] = progress.apply(event(at=_now_after(progress), **fields))


def use_progress(progress: Progress) -> None:
    """Go on from this progress instead; in other tabs of this browser as well."""
    st.session_state[_PROGRESS] = replace(progress, replaced=_now_after(progress))


def is_restored() -> bool:
    """Whether the browser has said what it remembers."""
    return _HEARD in st.session_state


def has_just_heard() -> bool:
    """Whether it is an answer of the browser that brought this very run."""
    return bool(st.session_state.get(_JUST_HEARD))


def just_restored() -> bool:
    """Whether what the browser remembers arrived with this very run."""
    return bool(st.session_state.get(_JUST_RESTORED))


def unread() -> str | None:
    """What this browser remembers and the course cannot read; it stays beside the progress."""
    text: str | None = st.session_state.get(_UNREAD)
    return text


def room_of_window() -> int:
    """The pixels across that the browser has for a page, as far as it has said so."""
    room: int = st.session_state.get(_ROOM, _USUAL_ROOM)
    return room


def height_of_window() -> int:
    """The pixels from top to bottom that the browser has for a page, as far as it has said so."""
    height: int = st.session_state.get(_HEIGHT, _USUAL_HEIGHT)
    return height


def is_news() -> bool:
    """Whether what cannot be read was found by this session, and not yet looked into."""
    return bool(st.session_state.get(_NEWS))


def look_into_unread() -> str | None:
    """What cannot be read, for those who ask for it; from then on it is no news."""
    st.session_state[_NEWS] = False
    return unread()


def restore_progress(course: Course) -> None:
    """Take in what the browser remembers, if it has just said so. Before any widget."""
    answer = _new_answer()
    is_new = answer is not None
    st.session_state[_JUST_HEARD] = is_new
    st.session_state[_JUST_RESTORED] = is_new and not is_restored()
    if answer is not None:
        _take_in(course, answer.text, answer.unread)
        st.session_state[_HEARD] = answer.number
        st.session_state[_ROOM] = answer.room
        st.session_state[_HEIGHT] = answer.height


class _Answer(NamedTuple):
    """What the browser says of its storage; see lib.ui.components.storage."""

    session: str
    number: int
    text: str
    unread: str
    room: int
    height: int


def _new_answer() -> _Answer | None:
    """What the browser says of its storage and no run has heard."""
    answer = heard(_read_answer, st.session_state.get(_STORAGE, {}).get("stored"))
    is_new = (
        answer is not None
        and answer.session == session_name()
        and answer.number != st.session_state.get(_HEARD)
    )
    return answer if is_new else None


def _read_answer(stored: Any) -> _Answer:
    return _Answer(
        read_text(stored["session"]),
        read_count(stored["number"]),
        read_text(stored["text"]),
        read_text(stored["unread"]),
        min(max(read_count(stored["room"]), _LEAST_ROOM), _MOST_ROOM),
        min(max(read_count(stored["height"]), _LEAST_HEIGHT), _MOST_HEIGHT),
    )


def _take_in(course: Course, text: str, unread: str) -> None:
    """Merge what the browser remembers, and what could not be read before if it now can be."""
    progress = progress_of(course)
    st.session_state[_REFUSED] = False
    for stored in filter(None, (unread, text)):
        try:
            progress = progress.merge(read_progress(stored, course.slug))
        except ProgressError:
            st.session_state[_UNREAD] = stored
            st.session_state[_REFUSED] = st.session_state[_NEWS] = stored is text
    st.session_state[_PROGRESS] = progress


def browser_has_spoken() -> bool:
    """Whether the browser has said something since this run began."""
    return _new_answer() is not None


def keep_progress(course: Course) -> None:
    """Ask the browser what it remembers; once it has said so, let it remember what happens.

    Nothing is written before the browser has answered, so an old copy is never lost to a new
    session.
    """
    browser_storage(
        name=f"{course.slug}/progress",
        session=session_name(),
        text=_written(progress_of(course)) if is_restored() else None,
        heard=st.session_state.get(_HEARD, 0),
        refused=st.session_state.get(_REFUSED, False),
        screen=SCREEN,
        key=_STORAGE,
    )


def _written(progress: Progress) -> str:
    """The progress as text, written anew only where something has happened."""
    written: Progress | None
    text: str
    written, text = st.session_state.get(_WRITTEN, (None, ""))
    if written is not progress:
        text = write_progress(progress)
        st.session_state[_WRITTEN] = (progress, text)
    return text


def _kept(key: str, course: Course) -> Progress:
    if key not in st.session_state:
        st.session_state[key] = Progress(course.slug)
    progress: Progress = st.session_state[key]
    return progress


def _now_after(progress: Progress) -> float:
    """Now, in seconds since 1970 (UTC), and later than all that happened in the progress."""
    return round(max(time.time(), progress.latest + 0.001), 3)


def session_name() -> str:
    if _SESSION not in st.session_state:
        st.session_state[_SESSION] = secrets.token_hex(8)
    name: str = st.session_state[_SESSION]
    return name
