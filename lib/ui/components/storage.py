"""localStorage, which Streamlit has no command for."""

from pathlib import Path

import streamlit as st

_component = st.components.v2.component(
    "browser_storage", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
)


def browser_storage(*, name: str, session: str, text: str | None, key: str) -> None:
    """Keep `text` in the browser under `name`; while it is None, ask what is kept there.

    The answer is the component's state in a later run, `stored`: the session that asked, and the
    text, which is empty if there is nothing or storage is blocked.
    """
    _component(
        data={"name": name, "session": session, "text": text},
        key=key,
        height=0,
    )
