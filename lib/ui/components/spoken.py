"""A word for those who do not see the page: what has just come up on it, read aloud."""

from pathlib import Path

import streamlit as st

_component = st.components.v2.component(
    "spoken",
    html="<p role='status'></p>\n<!-- announcements -->",
    css=Path(__file__).with_suffix(".css").read_text(encoding="utf-8"),
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


def spoken(text: str, *, key: str) -> None:
    """Have a screen reader read `text` aloud when it changes; its focus stays where it is.

    What is read has to stand in the same place of the page before and after.
    """
    _component(data={"text": text}, key=key, width="content")
