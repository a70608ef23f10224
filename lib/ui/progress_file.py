"""Progress as a file: the path that works whatever becomes of the browser or the server."""

import streamlit as st

from lib.course import Course, ProgressError
from lib.course.progress import MAX_BYTES
from lib.ui.session import progress_of, use_progress

_FILE = "progress-file"
_OUTCOME = "progress-outcome"


def show_progress(course: Course) -> None:
    with st.container(width=760, key="progress-page"):
        st.markdown("## Your progress", anchors=False)
        st.markdown(
            "This browser remembers what you did, as long as nobody clears it. A file remembers "
            "longer, and moves to another machine with you."
        )
        st.download_button(
            "Download my progress",
            progress_of(course).to_json(),
            f"{course.slug}-progress.json",
            "application/json",
            key="download-progress",
            icon=":material/download:",
            on_click="ignore",
        )
        st.file_uploader(
            "Load a progress file. It replaces what is here.",
            type="json",
            key=_FILE,
            on_change=_load,
            args=(course,),
        )
        _show_outcome()


def _load(course: Course) -> None:
    file = st.session_state[_FILE]
    if file is None:
        return
    try:
        if file.size > MAX_BYTES:
            raise ProgressError("This file is too large to be a progress file of this course.")
        text = file.getvalue().decode("utf-8", "replace")
        use_progress(course.read_progress(text))
    except ProgressError as error:
        st.session_state[_OUTCOME] = (False, f"{error} Nothing was changed.")
    else:
        st.session_state[_OUTCOME] = (True, "Loaded. You can go on where that file left off.")


def _show_outcome() -> None:
    good, text = st.session_state.pop(_OUTCOME, (True, ""))
    if text:
        (st.success if good else st.error)(text)
