"""The speaker's window: it drives a presentation in another window, and follows it.

The two talk to each other in the browser; the server hears of another step alone.
"""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from ...course.checked import read_text
from ..failing import guarded
from .heard import heard
from .stage import SHARED

_HERE = Path(__file__)
_component = st.components.v2.component(
    "speaker",
    html="<section aria-label='What drives the presentation'></section>\n<p role='status'></p>",
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=f"{SHARED}\n{_HERE.with_suffix('.js').read_text(encoding='utf-8')}",
)


def speaker(
    *,
    presentation: str,
    lesson: str,
    step: str,
    talk: str,
    key: str,
    on_turn: Callable[[str, str, str], None],
) -> None:
    """Draw the buttons, the timer, and what is on the screen now.

    Parameters
    ----------
    presentation
        The name of the one that is driven; `lib.ui.components.stage` gives it to this window.
    lesson, step, talk
        What this window shows the notes of. `on_turn` hears of the same three where the
        presentation is at another step.
    """

    def turned() -> None:
        place = heard(
            lambda at: [read_text(at[name]) for name in ("lesson", "step", "talk")],
            st.session_state[key].at,
        )
        if place is not None:
            on_turn(*place)

    _component(
        data={"presentation": presentation, "lesson": lesson, "step": step, "talk": talk},
        key=key,
        on_at_change=guarded(turned),
    )
