"""The browser's localStorage and its history: Streamlit has no commands for them.

One component for both: each costs every move half a millisecond.
"""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

_component = st.components.v2.component(
    "browser_storage", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
)


def browser_storage(
    *,
    name: str,
    session: str,
    text: str | None,
    heard: int,
    refused: bool,
    screen: Sequence[str],
    key: str,
) -> None:
    """Keep `text` in the browser under `name`; while it is None, ask what is kept there.

    The browser's answer is the component's state in a later run, `stored`: the session that asked,
    the number of the answer, the text that is kept, and the text that was refused before; both are
    empty if there is none or storage is blocked. `room` and `height` are how many pixels wide and
    high the page is, less what a presentation docks at its foot beyond a row. The browser answers
    unasked where another tab has written since or these have changed, and writes nothing until its
    last answer is `heard`. If the text of that answer is `refused`, it is kept under another name
    before `text` takes its place.

    Back leads to the screen before. Of the parameters of the address, those of `screen` tell one
    from another. Where only others change, or the learner has done nothing since the last entry,
    that entry is replaced.
    """
    _component(
        data={
            "name": name,
            "session": session,
            "text": text,
            "heard": heard,
            "refused": refused,
            "screen": tuple(screen),
        },
        key=key,
        height=0,
    )
