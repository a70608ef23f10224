"""The map of the course: every lesson, and in it every step, to be opened."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from ...course import Station
from ...course.checked import read_optional, read_text
from .heard import heard

_component = st.components.v2.component(
    "course_map",
    html="<ol class='map'></ol>",
    css=Path(__file__).with_suffix(".css").read_text(encoding="utf-8"),
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True)
class MapEntry:
    """A lesson on the map: its slug, what it is about, and how the learner stands with it."""

    lesson: str
    title: str
    about: str
    objectives: Sequence[str]
    stations: Sequence[Station]


def course_map(entries: Sequence[MapEntry], *, key: str) -> tuple[str, str | None] | None:
    """Draw the lessons in their order; each station is a link to it, with a word on its standing.

    Texts may carry emphasis as Markdown does, `*so*`. Returns the lesson that has just been asked
    for, and the station of it if one was named.
    """
    asked = _component(
        data={"entries": tuple(map(asdict, entries))},
        key=key,
        on_open_change=lambda: None,
    ).open
    return heard(_place, asked)


def _place(asked: Any) -> tuple[str, str | None]:
    return read_text(asked["lesson"]), read_optional(read_text, asked["step"])
