"""Where the pages are."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

HOME = "pages/home.py"
_FOLDER = Path(__file__).parents[2] / "pages"
_ASKED = "page-asked-for"
_KNOWN = "known-pages"


@dataclass(frozen=True)
class Screen:
    """A page beside the lessons: the name of its script, and how the sidebar shows it.

    about  what it is for, in a sentence: search finds it by these words
    """

    name: str
    title: str
    icon: str
    about: str


_screens: ContextVar[tuple[Screen, ...]] = ContextVar("screens beside the lessons", default=())


@contextmanager
def beside_lessons(screens: Sequence[Screen]) -> Iterator[None]:
    """Within it, `other_screens` are these."""
    token = _screens.set(tuple(screens))
    try:
        yield
    finally:
        _screens.reset(token)


def other_screens() -> tuple[Screen, ...]:
    """The screens beside the lessons, as the app was opened with them."""
    return _screens.get()


def lesson_page(slug: str) -> str:
    """The page of a lesson, as links name it."""
    return screen_page(slug)


def screen_page(name: str) -> str:
    """The page of a screen beside the lessons, as links name it.

    >>> screen_page("progress")
    'pages/progress.py'
    """
    return f"pages/{name}.py"


def navigate() -> Page:
    """Tell Streamlit which pages there are: every script of the folder, home before the others.

    Returns the one that the address names.
    """
    # Once a session: for each, Streamlit walks along its path on the disk.
    if _KNOWN not in st.session_state:
        st.session_state[_KNOWN] = [st.Page(page) for page in _pages()]
    return st.navigation(st.session_state[_KNOWN], position="hidden")


@cache
def _pages() -> tuple[str, ...]:
    names = sorted(script.stem for script in _FOLDER.glob("*.py"))
    return HOME, *(page for name in names if (page := screen_page(name)) != HOME)


def open_page(path: str, parameters: Mapping[str, str] | None = None) -> None:
    """Turn to the page whose address ends so, with the next run. For callbacks."""
    st.session_state[_ASKED] = (path, parameters or {})


def turn_to_page() -> None:
    """Turn to the page that has just been asked for, if it is one: a browser may send anything."""
    path, parameters = st.session_state.pop(_ASKED, (None, {}))
    page = HOME if path == "" else screen_page(str(path))
    if path is not None and page in _pages():
        st.switch_page(page, query_params=parameters)
