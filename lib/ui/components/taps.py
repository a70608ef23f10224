"""A finger on a figure of Plotly's: a tap selects as a click does, and a move scrolls the page."""

from pathlib import Path

import streamlit as st

_component = st.components.v2.component(
    "taps", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
)


def hear_taps() -> None:
    """Let figures hear taps as clicks, from then on and on every page. It shows nothing."""
    _component(key="taps", height=0)
