"""The way to every page, beside all of them: one element, since it is drawn at every move."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import streamlit as st

from lib.ui.components.links import LINKS

_component = st.components.v2.component(
    "course_nav",
    html="<nav><ul></ul></nav>",
    css=Path(__file__).with_suffix(".css").read_text(encoding="utf-8"),
    js=LINKS + Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True)
class NavEntry:
    """A page: its path, what it is called, and the name of a Material symbol."""

    path: str
    label: str
    icon: str


def course_nav(entries: Sequence[NavEntry], *, current: str, key: str) -> None:
    """Draw a link to each page; the one whose path is `current` is marked."""
    _component(data={"entries": [asdict(entry) for entry in entries], "current": current}, key=key)
