"""The numbers that a step is about, large over its figure."""

from html import escape

import streamlit as st

from lib.course import Exhibit


def show_readings(exhibit: Exhibit, key: str) -> None:
    """Each reading, and what it was before the last move that changed it.

    `key` tells the readings of one exhibit from another's.
    """
    if not exhibit.readings:
        return
    now = exhibit.read()
    shown, before = st.session_state.get(key, (now, {}))
    if shown != now:
        before = shown
    st.session_state[key] = (now, before)
    items = "".join(_item(label, text, before.get(label)) for label, text in now.items())
    st.html(f'<dl class="readings">{items}</dl>')


def _item(label: str, text: str, before: str | None) -> str:
    was = f' <span class="was">was {escape(before)}</span>' if before not in (None, text) else ""
    return f"<div><dt>{escape(label)}</dt><dd>{escape(text)}{was}</dd></div>"
