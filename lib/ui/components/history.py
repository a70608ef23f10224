"""The browser's history, of which Streamlit writes more than a learner turned pages."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

_component = st.components.v2.component(
    "history", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
)


def one_entry_a_screen(parameters: Sequence[str]) -> None:
    """Let Back lead to the screen before.

    Of the parameters of the address, these tell one screen from another. Where only others change,
    or the learner has done nothing since the last entry, that entry is replaced.
    """
    _component(data={"parameters": tuple(parameters)}, key="history", height=0)
