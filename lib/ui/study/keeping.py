"""Bookmarks and notes on a step, and a question about it to whoever hosts the course."""

from collections.abc import Callable

import streamlit as st

from lib.course import Bookmarked, Noted, StepRecord
from lib.course.checked import MOST_LETTERS, clean_note
from lib.ui import address
from lib.ui.failing import guarded
from lib.ui.host import question_address

Emit = Callable[..., None]

_KEEP = "keep"
_SIGN = "sign-of-keeping"


def offer_keeping(record: StepRecord, key: str, emit: Emit) -> None:
    """A word in the header that opens the bookmark and the note of this step."""
    is_kept = record.bookmarked or bool(record.note)
    # To Streamlit another icon is another popover, and one that is closed.
    if not st.session_state.get(_KEEP):
        st.session_state[_SIGN] = ":material/bookmark_added:" if is_kept else ":material/bookmark:"
    keep = st.popover(
        "Keep", icon=st.session_state[_SIGN], type="tertiary", key=_KEEP, on_change="rerun"
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
        st.text_area(
            "Your note",
            key=note,
            max_chars=MOST_LETTERS,
            placeholder="It stays in this browser, and in your progress file.",
            on_change=guarded(write),
        )


def offer_question(title: str) -> None:
    """A way to ask about a step, where the host names one: its address goes along."""
    asked = question_address(f"About: {title}", f"\n\n{address.whole_address()}")
    if asked:
        st.link_button("Ask about this step", asked, icon=":material/help:", type="tertiary")
