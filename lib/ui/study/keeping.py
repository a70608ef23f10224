"""Bookmarks and notes on a step, and a question about it to whoever hosts the course."""

from collections.abc import Callable

import streamlit as st

from ...course import Bookmarked, Noted, StepRecord
from ...course.checked import MOST_LETTERS, clean_note
from .. import address
from ..failing import guarded
from ..host import question_address

Emit = Callable[..., None]


def offer_keeping(record: StepRecord, key: str, emit: Emit) -> None:
    """A word in the header that opens the bookmark and the note of this step."""
    # One icon: with another the word would be another one to Streamlit, and close.
    keep = st.popover(
        "Keep", icon=":material/bookmark:", type="tertiary", key="keep", on_change="rerun"
    )
    if not keep.open:
        return
    bookmark, note = f"bookmark-{key}", f"note-{key}"
    # As it is remembered: another tab, or the browser itself, may know of a later one.
    st.session_state[bookmark] = record.bookmarked
    st.session_state.setdefault(note, record.note)

    def mark() -> None:
        emit(Bookmarked, on=bool(st.session_state[bookmark]))

    def write() -> None:
        emit(Noted, text=clean_note(str(st.session_state[note])))

    with keep:
        st.toggle("Bookmark this step", key=bookmark, on_change=guarded(mark))
        with st.form(f"noting-{key}", border=False):
            st.text_area(
                "Your note",
                key=note,
                max_chars=MOST_LETTERS,
                placeholder="It stays in this browser, and in your progress file.",
            )
            st.form_submit_button("Keep this note", key="keep-note", on_click=guarded(write))
        if record.note:
            st.caption("A note is kept here.")


def offer_question(title: str) -> None:
    """A way to ask about a step, where the host names one: its address goes along."""
    asked = question_address(f"About: {title}", f"\n\n{address.whole_address()}")
    if asked:
        st.link_button("Ask about this step", asked, icon=":material/help:", type="tertiary")
