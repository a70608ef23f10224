"""The numbers that a step is about, large over its figure."""

from html import escape

import streamlit as st

from lib.course import Exhibit


def show_readings(exhibit: Exhibit, key: str) -> str:
    """Each reading, and what it was before the last move that changed it.

    `key` tells the readings of one exhibit from another's. Returns what a screen reader should be
    told: what the last move has changed.
    """
    if not exhibit.readings:
        return ""
    now = exhibit.read()
    shown, before = st.session_state.get(key, (now, now))
    if shown != now:
        before = shown
    st.session_state[key] = (now, before)
    changed = {label: was for label, was in before.items() if was != now[label]}
    items = "".join(_item(label, text, changed.get(label)) for label, text in now.items())
    st.html(f'<dl class="readings">{items}</dl>')
    return " ".join(f"{label} {now[label]}, was {was}." for label, was in changed.items())


def _item(label: str, text: str, before: str | None) -> str:
    was = "" if before is None else f' <span class="was">was {escape(before)}</span>'
    return f"<div><dt>{escape(label)}</dt><dd>{escape(text)}{was}</dd></div>"
