"""Progress as a file: the path that works whatever becomes of the browser or the server."""

import time
from collections.abc import Iterator

import streamlit as st

from ..course import (
    MAX_BYTES,
    MAX_MEGABYTES,
    TOO_LARGE,
    Course,
    ProgressError,
    done_count,
    read_progress,
    slugs,
    write_progress,
)
from .failing import guarded
from .pages import screen_page
from .session import is_news, look_into_unread, progress_of, use_progress

_YEAR = 366 * 24 * 60 * 60
_FILE = "progress-file"
_OUTCOME = "progress-outcome"
_COOKIE = "_streamlit_xsrf"


def show_progress(course: Course) -> None:
    with st.container(width=760, key="progress-page"):
        st.markdown("## Your progress", anchors=False)
        st.markdown("\n".join(_lines(course)))
        st.markdown(
            "This browser remembers what you did, as long as nobody clears it. A file remembers "
            "longer, and moves to another machine with you."
        )
        st.download_button(
            "Download my progress",
            write_progress(progress_of(course)),
            f"{course.slug}-progress.json",
            "application/json",
            key="download-progress",
            icon=":material/download:",
            on_click="ignore",
        )
        if not _takes_uploads():
            st.warning(
                "This browser keeps no cookies for this page, and without them it cannot send a "
                "file: the upload would end in error 403. Allow them, reload the page, and load "
                "the file then."
            )
        st.file_uploader(
            "Load a progress file. It replaces what is here.",
            type="json",
            key=_FILE,
            max_upload_size=MAX_MEGABYTES,
            on_change=guarded(_load),
            args=(course,),
        )
        _show_outcome()
        _offer_unread(course)


def _lines(course: Course) -> Iterator[str]:
    """How much of each lesson is done, as a list."""
    for lesson in course.lessons:
        record = progress_of(course).lesson(lesson.slug)
        done, every = done_count(lesson, record), len(slugs(lesson))
        yield f"1. {lesson.title}: {done} of {every} done"


def _takes_uploads() -> bool:
    """Whether the browser has the cookie that Streamlit asks for before it takes a file."""
    is_protected = st.get_option("server.enableXsrfProtection")
    return not is_protected or _COOKIE in st.context.cookies.to_dict()


def say_what_is_unread() -> None:
    """Say that progress was found which cannot be read, and where it is to be had."""
    if is_news():
        with st.container(key="unread-news", gap=None):
            st.warning(
                "This browser remembers progress that the course cannot read. It is kept, and you "
                "begin afresh beside it."
            )
            st.page_link(screen_page("progress"), label="Look at what can be done with it")


def _load(course: Course) -> None:
    file = st.session_state[_FILE]
    if file is None:
        return
    try:
        if file.size > MAX_BYTES:
            raise ProgressError(TOO_LARGE)
        progress = read_progress(file.getvalue().decode("utf-8-sig", "replace"), course.slug)
        # What is done from now on comes after it, and must have a date as well.
        if progress.latest > time.time() + _YEAR:
            raise ProgressError("The dates in this file lie in the future: they cannot be right.")
        use_progress(progress)
    except ProgressError as error:
        st.session_state[_OUTCOME] = (False, f"{error} Nothing was changed.")
    else:
        st.session_state[_OUTCOME] = (True, "Loaded. You can go on where that file left off.")


def _show_outcome() -> None:
    """What became of the file, while it stands there: another tab may have the page redrawn."""
    if st.session_state[_FILE] is not None and _OUTCOME in st.session_state:
        good, text = st.session_state[_OUTCOME]
        (st.success if good else st.error)(text)


def _offer_unread(course: Course) -> None:
    text = look_into_unread()
    if text is None:
        return
    st.markdown(
        "This browser also remembers progress that cannot be read here: it is damaged, or a newer "
        "version of the course wrote it. The newer version will read it by itself, or load it here "
        "as a file."
    )
    st.download_button(
        "Download what cannot be read",
        text,
        f"{course.slug}-unread.json",
        "application/json",
        key="download-unread",
        icon=":material/download:",
        on_click="ignore",
    )
