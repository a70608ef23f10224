"""The little that Streamlit's own theme options cannot say."""

import streamlit as st

# White on the light red of the dark theme has a contrast of 3.
_DARK = """
[data-testid="stBaseButton-primary"],
[data-testid="stMultiSelect"] [data-tag], [data-testid="stMultiSelect"] [data-tag] * {
  color: #16181c;
}
"""

# Large type for a projector, and no sidebar.
_PRESENTATION = """
html { font-size: 20px; }
[data-testid="stMainBlockContainer"] { padding-top: 3.6rem; }
[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"] { display: none; }
"""


def apply_style(*, presenting: bool) -> None:
    rules = _DARK if st.context.theme.type == "dark" else ""
    if presenting:
        rules += _PRESENTATION
    if rules:
        st.html(f"<style>{rules}</style>")
