"""The numbers that a step is about, large over its figure."""

from html import escape

import streamlit as st

from ..course import HIDDEN, NOTHING_YET, Exhibit, hide_numbers


def show_readings(exhibit: Exhibit, key: str) -> str:
    """Each reading, and what it was before the last move, where that has changed it.

    `key` tells the readings of one exhibit from another's. Returns what a screen reader should be
    told: what the last move has changed.
    """
    if not exhibit.readings:
        return ""
    now = exhibit.read()
    setting = exhibit.setting
    set_before, shown, before = st.session_state.get(key, (setting, now, now))
    if set_before != setting:
        before = shown
    st.session_state[key] = (setting, now, before)
    changed = {label: was for label, was in before.items() if was != now[label]}
    items = "".join(_item(label, text, changed.get(label)) for label, text in now.items())
    st.html(f'<dl class="readings">{items}</dl>')
    return " ".join(f"{label} {now[label]}, was {was}." for label, was in changed.items())


def show_readings_to_come(exhibit: Exhibit) -> None:
    """What each reading is of, before its number is told."""
    if exhibit.readings:
        items = "".join(_item(hide_numbers(label), HIDDEN, None) for label in exhibit.readings)
        st.html(f'<dl class="readings">{items}</dl>')


def _item(label: str, text: str, before: str | None) -> str:
    was = "" if before is None else f' <span class="was">was {escape(before)}</span>'
    # Type as large as a number's is for numbers.
    said = f'<span class="nothing">{NOTHING_YET}</span>' if text == NOTHING_YET else escape(text)
    return f"<div><dt>{escape(label)}</dt><dd>{said}{was}</dd></div>"
