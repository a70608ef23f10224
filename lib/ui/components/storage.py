"""localStorage, which Streamlit has no command for."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

_component = st.components.v2.component(
    "browser_storage", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
)


def browser_storage(
    *, name: str, session: str, text: str | None, key: str, on_stored: Callable[[], None]
) -> None:
    """Keep `text` in the browser under `name`; while it is None, ask what is kept there.

    The answer arrives as `stored["text"]` in the component's state in a later run, once for each
    `session`; it is empty if there is nothing or storage is blocked.
    """
    _component(
        data={"name": name, "session": session, "text": text},
        key=key,
        on_stored_change=on_stored,
        height=0,
    )
