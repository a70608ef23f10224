"""What a presenter has at hand: keys and a discreet bar, all of it in the browser.

A blank screen, larger and smaller type, a timer, one cell alone, the keys in words, and the
speaker's window, which drives this one: see `lib.ui.components.speaker`.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from ...course.checked import read_number
from ..failing import guarded
from .heard import heard

_HERE = Path(__file__)
SHARED = _HERE.with_name("stage_clock.js").read_text(encoding="utf-8")
"""What both windows know of the time."""

_component = st.components.v2.component(
    "stage",
    html="<div role='toolbar' aria-label='Stage'></div>\n<p role='status'></p>\n"
    "<div class='veil' popover='manual'></div>\n"
    "<dialog class='blank' aria-label='The screen is blank'></dialog>\n"
    "<dialog class='help' aria-label='Keys of a presentation'></dialog>",
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js="\n".join(
        [
            SHARED,
            _HERE.with_name("stage_focus.js").read_text(encoding="utf-8"),
            _HERE.with_suffix(".js").read_text(encoding="utf-8"),
        ]
    ),
)


def stage(
    *,
    lesson: str,
    step: str,
    title: str,
    shown: str,
    talk: str,
    minutes: int | None,
    size: float,
    sizes: Sequence[float],
    key: str,
    on_size: Callable[[float], None],
) -> None:
    """Draw the bar; it presses the page's own buttons for what the speaker's window asks for.

    Parameters
    ----------
    lesson, step, title, shown, talk
        What is on the screen, for the speaker's window.
    minutes
        From which the timer counts down; up from zero where there are none.
    size, sizes
        How large the type is, and may be made. `on_size` hears of another size: the type is that
        large at once, and figures have to be drawn for it.
    """

    def resized() -> None:
        wanted = heard(read_number, st.session_state[key].size)
        if wanted is not None and wanted in sizes:
            on_size(wanted)

    _component(
        data={
            "lesson": lesson,
            "step": step,
            "title": title,
            "shown": shown,
            "talk": talk,
            "minutes": minutes,
            "size": size,
            "sizes": tuple(sizes),
        },
        key=key,
        width="content",
        on_size_change=guarded(resized),
    )
