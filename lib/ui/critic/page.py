"""The critic's page: code on the left, and beside it what an honest reviewer would say."""

from collections.abc import Sequence
from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from ...course import Course, fill
from ...course.spelling import as_name, harmless
from ...critic import RULES, ArchiveError, Listing, unpacked
from ..failing import guarded
from ..layout import GAP, READING, is_stacked
from ..limits import FILES
from .code import show_code, show_list
from .examples import EXAMPLES
from .homework import show_class
from .reading import BusyError, mend, read
from .style import apply_style

_TEXT, _FILES = "critic-text", "critic-files"
_KEPT = "critic-kept"
"""What was pasted: the widget's own value is gone as soon as another page is looked at."""
_ASKED, _READ, _TROUBLE = "critic-asked", "critic-read", "critic-trouble"
_MANY = (
    f"At most {FILES} files are taken at once. Take some away, or put all of them into one .zip."
)
_EMPTY = "The box is empty. Paste the code that draws a heatmap, hand in a file, or try an example."
_MUCH = "Much code is being read just now. Hand yours in again in a moment."
_SHOWN = "critic-shown"
_PASTED = "pasted"
_MEGABYTES = 50
"""Of an archive; of a single file less is read."""

_Handed = Sequence[tuple[str, bytes]]


def show_critic(course: Course) -> None:
    apply_style()
    with st.container(key="step"), st.container(key="critic"):
        left, right = st.columns(READING, gap=GAP)
        with left:
            _take_code()
        # Where columns follow each other, an answer stands under what asked for it.
        has_asked = any(key in st.session_state for key in (_ASKED, _READ, _TROUBLE))
        findings = (left if is_stacked() and has_asked else right).container(key="critic-findings")
        with left:
            _offer_others()
        with findings:
            _review_what_is_asked()
            _show(course)


def _take_code() -> None:
    st.markdown("## The critic", anchors=False)
    st.markdown(
        "Paste the Python that draws a heatmap. You read what an honest reviewer would say of it, "
        "line by line. Nothing of it is run."
    )
    if _TEXT not in st.session_state:
        st.session_state[_TEXT] = st.session_state.get(_KEPT, "")
    st.text_area(
        "Your code, or all of a notebook",
        key=_TEXT,
        height=240,
        placeholder="import seaborn as sns\n\nsns.heatmap(table.corr(), annot=True)",
        on_change=guarded(_keep),
    )
    st.button(
        "Review it",
        key="critic-review",
        type="primary",
        icon=":material/rate_review:",
        on_click=guarded(_ask_for_pasted),
    )


def _offer_others() -> None:
    """Other code than what is pasted, and what becomes of it."""
    with st.container(horizontal=True, key="critic-examples"):
        st.markdown("Or try:")
        for name, text in EXAMPLES.items():
            st.button(
                name,
                key=f"critic-try-{name.split()[-1]}",
                type="tertiary",
                on_click=guarded(partial(_try, text)),
            )
    st.file_uploader(
        f"Or files: .py or .ipynb, up to {FILES} at once; those of a class as one .zip",
        type=["py", "ipynb", "zip"],
        accept_multiple_files=True,
        key=_FILES,
        max_upload_size=_MEGABYTES,
        on_change=guarded(_ask_for_files),
    )
    st.caption(
        "Your code is read on this server and stays in the memory of this session. It is not "
        "stored, nobody else sees it, and it is not in the address. After a reload of the page "
        "you have to paste it again."
    )


def _keep() -> None:
    st.session_state[_KEPT] = st.session_state[_TEXT]


def _try(text: str) -> None:
    st.session_state[_TEXT] = st.session_state[_KEPT] = text
    _ask_for_pasted()


def _ask_for_pasted() -> None:
    text = st.session_state[_TEXT]
    if text.strip():
        _ask([(_PASTED, text.encode("utf-8", errors="replace"))])
    else:
        st.session_state.pop(_READ, None)
        st.session_state[_TROUBLE] = _EMPTY


def _ask_for_files() -> None:
    # Of those that the server has dropped since, Streamlit keeps a place: see lib.ui.limits.
    files = [each for each in st.session_state[_FILES] if isinstance(each, UploadedFile)]
    if len(files) < len(st.session_state[_FILES]):
        st.session_state[_TROUBLE] = _MANY
        st.session_state.pop(_READ, None)
    elif files:
        _ask([(file.name, file.getvalue()) for file in files])


def _opened(handed: _Handed) -> _Handed:
    """With what an archive holds in its place."""
    return [
        each
        for name, content in handed
        for each in (unpacked(content) if name.lower().endswith(".zip") else [(name, content)])
    ]


def _ask(handed: _Handed) -> None:
    st.session_state[_ASKED] = handed


def _review_what_is_asked() -> None:
    """In the run after the press, so that the page says meanwhile that it works."""
    handed: _Handed | None = st.session_state.pop(_ASKED, None)
    if handed is None:
        return
    for key in (_SHOWN, _READ, _TROUBLE):
        st.session_state.pop(key, None)
    place = st.empty()
    place.progress(0.0, "Reading …")
    try:
        opened = _opened(handed)
        listings = []
        for number, (name, content) in enumerate(opened, 1):
            listings.append(read(content, name))
            place.progress(number / len(opened), f"Reading {number} of {len(opened)} …")
        st.session_state[_READ] = listings
    except BusyError:
        st.session_state[_TROUBLE] = _MUCH
    except ArchiveError as error:
        st.session_state[_TROUBLE] = f"The archive could not be read. {harmless(str(error))}"
    place.empty()


def _show(course: Course) -> None:
    if _TROUBLE in st.session_state:
        st.warning(st.session_state[_TROUBLE])
        return
    listings: list[Listing] | None = st.session_state.get(_READ)
    if not listings:
        _say_what_it_looks_for()
        return
    if len(listings) == 1:
        _show_one(course, listings[0])
        return
    show_class(course, listings)
    _show_one(course, _chosen(listings))


def _chosen(listings: Sequence[Listing]) -> Listing:
    place = st.selectbox(
        "File",
        range(len(listings)),
        format_func=lambda place: _named(listings[place]),
        key=_SHOWN,
        required=True,
    )
    return listings[place]


def _named(listing: Listing) -> str:
    return f"{as_name(listing.path)}: {_counted(listing)}"


def _counted(listing: Listing) -> str:
    if listing.refused:
        return "not read"
    if listing.nothing_drawn:
        return "no heatmap found"
    counts = {"mended": listing.to_mend, "asked": listing.to_ask}
    words = [
        fill(text, counts)
        for name, text in (
            ("mended", "{mended} {mended:thing|things} to mend"),
            ("asked", "{asked} {asked:question|questions}"),
        )
        if counts[name]
    ]
    return ", ".join(words) or "nothing to mend"


def _show_one(course: Course, listing: Listing) -> None:
    if listing.refused:
        st.warning(
            f"It could not be read. {harmless(listing.refused)} Mend that if you can, or paste "
            "only the lines that compute and draw the map."
        )
        return
    st.markdown(f"### {_counted(listing).capitalize()}", anchors=False)
    if listing.praise:
        with st.container(key="critic-praise"):
            st.markdown(harmless(listing.praise))
    elif listing.nothing_drawn:
        st.markdown(
            f"{harmless(listing.nothing_drawn)} Paste the lines that compute and draw the map, too."
        )
    elif not listing.notes:
        st.markdown(
            "The critic finds no fault here. Nor does it praise: what it cannot know from the code "
            "alone, it leaves unsaid."
        )
    for sentence in listing.left_out:
        st.caption(harmless(sentence))
    show_list(listing)
    _offer_mended(listing)
    show_code(course, listing)


def _offer_mended(listing: Listing) -> None:
    """What stands under each line mends that fault alone: several meet in one line."""
    if listing.to_mend_at_once < 2:
        return
    opened = st.expander("All of it mended at once", key="critic-mended", on_change="rerun")
    if not opened.open:
        return
    with opened:
        try:
            texts = mend(listing)
        except BusyError:
            st.warning(_MUCH)
            return
        st.caption("Questions, and faults without a “Mend it”, are left to you. Nothing was run.")
        for (number, text), (_, before) in zip(texts, listing.cells, strict=True):
            if text != before:
                if number is not None:
                    st.caption(f"Cell {number}")
                st.code(text, language="python", wrap_lines=True)


def _say_what_it_looks_for() -> None:
    st.markdown("### What it looks for", anchors=False)
    st.markdown("\n".join(f"- {rule.title}" for rule in RULES))
    st.markdown(
        "It follows names through the code, and is silent or asks where the code alone does not "
        "tell. The three examples show how it speaks."
    )
