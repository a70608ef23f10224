"""One dot a step: where you are, what is done, and a word for those who do not see it."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import streamlit as st

_component = st.components.v2.component(
    "stepper",
    html="<nav></nav><p role='status'></p>\n<!-- dots and announcements -->",
    css=Path(__file__).with_suffix(".css").read_text(encoding="utf-8"),
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True)
class Dot:
    """A dot: the step that it opens, its name, and one of "done", "skipped", "open"."""

    step: str
    name: str
    standing: str


def stepper(
    dots: Sequence[Dot], *, current: str, announce: str, key: str, on_go: Callable[[str], None]
) -> None:
    """Draw the dots. `announce` is read aloud by a screen reader when it changes."""
    _component(
        data={
            "dots": [asdict(dot) for dot in dots],
            "current": current,
            "announce": announce,
        },
        key=key,
        width="content",
        on_go_change=lambda: on_go(st.session_state[key].go),
    )
