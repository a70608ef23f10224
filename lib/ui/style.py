"""The little that Streamlit's own theme options cannot say."""

import streamlit as st

# Streamlit draws an empty radio button with a contrast of at most 1.5. What is only loaded takes
# no room and is not read aloud. The meaning of a term lies below its line, as wide as the paragraph
# at most: it cannot run out of the screen.
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
.term {
  font-style: inherit;
  text-decoration: underline dotted 1.5px;
  text-underline-offset: 0.2em;
  cursor: help;
}
:is(p, li):has(> .term, > * > .term) { position: relative; }
.term:is(:hover, :focus)::after {
  content: attr(aria-description);
  position: absolute;
  z-index: 10;
  inset-inline: 0;
  display: block;
  max-width: 28rem;
  padding: 0.5rem 0.75rem;
  border: 1px solid #e2dccf;
  border-radius: 6px;
  background: #f3efe7;
  color: #14161b;
  font: 400 0.9rem/1.45 "Source Sans", sans-serif;
  box-shadow: 0 4px 16px rgb(0 0 0 / 18%);
}
"""

# White on the light red of the dark theme has a contrast of 3.
_DARK = """
[data-testid="stBaseButton-primary"], [data-testid="stBaseButton-primaryFormSubmit"],
[data-testid="stMultiSelect"] [data-tag], [data-testid="stMultiSelect"] [data-tag] * {
  color: #16181c;
}
.term:is(:hover, :focus)::after { border-color: #33373e; background: #1f2227; color: #e9e6df; }
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
