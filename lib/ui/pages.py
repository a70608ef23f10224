"""Where the pages are."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

HOME = "pages/home.py"
_FOLDER = Path(__file__).parents[2] / "pages"


@dataclass(frozen=True)
class Screen:
    """A page beside the lessons: the name of its script, and how the sidebar shows it."""

    name: str
    title: str
    icon: str


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
    names = sorted(script.stem for script in _FOLDER.glob("*.py"))
    others = [page for name in names if (page := screen_page(name)) != HOME]
    return st.navigation([HOME, *others], position="hidden")
