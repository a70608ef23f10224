"""Presenter mode: large type for a projector, and no sidebar."""

import streamlit as st

_STYLE = """
<style>
html { font-size: 20px; }
[data-testid="stMainBlockContainer"] { padding-top: 3.6rem; }
[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"] { display: none; }
</style>
"""


def presenter_style() -> None:
    st.html(_STYLE)
