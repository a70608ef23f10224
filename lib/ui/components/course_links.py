"""The links of the sidebar: every page, with a word on how far the learner is in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import streamlit as st

from ..failing import guarded

_component = st.components.v2.component(
    "course_links",
    html="<nav aria-label='Course'></nav>",
    css=Path(__file__).with_suffix(".css").read_text(encoding="utf-8"),
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True)
class PageEntry:
    """A page: what its address ends in, its title, and the mark in front of it."""

    path: str
    title: str
    mark: Literal["page", "open", "begun", "done"] = "page"


def course_links(
    entries: Sequence[PageEntry], *, current: str, key: str, on_open: Callable[[str], None]
) -> None:
    """Draw links to pages, the `current` one marked; `on_open` hears which path was asked for.

    One element where st.page_link is one for every page: it is sent again with every move.
    """

    def opened() -> None:
        asked = st.session_state[key].open
        if isinstance(asked, Mapping) and isinstance(asked.get("path"), str):
            on_open(asked["path"])

    _component(
        data={"entries": tuple(map(asdict, entries)), "current": current},
        key=key,
        on_open_change=guarded(opened),
    )
