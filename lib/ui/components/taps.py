"""A tap on a figure of Plotly's: it selects what is tapped, as a click does."""

from pathlib import Path

import streamlit as st

_component = st.components.v2.component(
    "taps", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
)


def hear_taps() -> None:
    """Let figures hear taps, from then on and on every page. It shows nothing."""
    _component(key="taps", height=0)
