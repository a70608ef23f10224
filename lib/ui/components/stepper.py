"""One dot a station: where you are, what is done, and a word for those who do not see it."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import streamlit as st

from ...course import Station
from ...course.checked import read_text
from ..failing import guarded
from .heard import heard

_component = st.components.v2.component(
    "stepper",
    html="<nav></nav><p role='status'></p>\n<!-- dots and announcements -->",
    css=Path(__file__).with_suffix(".css").read_text(encoding="utf-8"),
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


def stepper(
    stations: Sequence[Station],
    *,
    label: str,
    parts: Sequence[tuple[str, int]],
    current: str,
    place: str = "",
    announce: str,
    scene: str,
    key: str,
    on_go: Callable[[str], None],
) -> None:
    """Draw the dots, with a gap after each of `parts`: its title, and how many stations it has.

    `label` is what they are, and `place` says beside them how far one is. `announce` is read aloud
    by a screen reader when it changes. When `scene` changes, the page is shown from its top.
    """

    def gone() -> None:
        slug = heard(read_text, st.session_state[key].go)
        if slug is not None and slug in [station.slug for station in stations]:
            on_go(slug)

    _component(
        data={
            "stations": tuple(map(asdict, stations)),
            "parts": tuple({"title": title, "count": count} for title, count in parts),
            "label": label,
            "current": current,
            "place": place,
            "announce": announce,
            "scene": scene,
        },
        key=key,
        width="content",
        on_go_change=guarded(gone),
    )
