"""What waits: a figure for a prediction, a learner for work that takes a moment."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.course import listening


def show_waiting() -> None:
    """What stands in the figure's place until the learner has predicted."""
    with st.container(border=True, height=360, key="waiting", horizontal_alignment="center"):
        st.space("large")
        st.markdown(":material/visibility_off:", text_alignment="center", width="stretch")
        st.markdown(
            "The figure waits for your prediction.", text_alignment="center", width="stretch"
        )


@contextmanager
def saying_so(place: DeltaGenerator) -> Iterator[None]:
    """Show in `place` that work goes on within the block.

    What takes longer than half a second gets a word; what reports itself by `lib.course.working`,
    a bar. Each report is also an occasion for Streamlit to cut the work short, for a learner who
    meanwhile does something else.
    """
    bar = place.empty()
    shown = -1

    def report(share: float, on: str) -> None:
        nonlocal shown
        word.close()
        percent = round(100 * min(max(share, 0), 1))
        if percent != shown:
            shown = percent
            bar.progress(percent, f"{on} …")

    with ExitStack() as word, listening(report):
        word.enter_context(place.spinner("A moment …"))
        yield
    bar.empty()
