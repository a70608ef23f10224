"""The little that Streamlit's own theme options cannot say."""

import streamlit as st

# Streamlit draws an empty radio button with a contrast of at most 1.5. What is only loaded takes
# no room and is not read aloud.
_ALWAYS = """
.figure-title { font-family: "Source Serif", serif; font-weight: 600; margin: 0.4rem 0 0; }
[data-testid="stRadioOption"]:not(:has(:checked)) > div > div:first-child {
  border-color: color-mix(in srgb, currentColor 65%, transparent);
}
:has(> .st-key-above .st-key-preload), :has(> .st-key-preload) {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: clip;
  visibility: hidden;
}
"""

# White on the light red of the dark theme has a contrast of 3.
_DARK = """
[data-testid="stBaseButton-primary"], [data-testid="stBaseButton-primaryFormSubmit"],
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
    rules = _ALWAYS
    if st.context.theme.type == "dark":
        rules += _DARK
    if presenting:
        rules += _PRESENTATION
    st.html(f"<style>{rules}</style>")
