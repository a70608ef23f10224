"""What waits: a figure for a prediction, a learner for work that takes a moment."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ..course import listening
from .warm import is_warm


def show_waiting() -> None:
    """What stands in the figure's place until the learner has predicted."""
    with st.container(key="waiting", height=240, vertical_alignment="center"):
        st.markdown(
            ":material/visibility_off: The figure waits for your prediction.",
            text_alignment="center",
        )


@contextmanager
def saying_so(place: DeltaGenerator) -> Iterator[None]:
    """Show in `place` that work goes on within the block.

    What reports itself by `lib.course.working` gets a bar. Each report is also an occasion for
    Streamlit to cut the work short, for a learner who meanwhile does something else. A server that
    is still importing says that it takes a moment.
    """
    bar: DeltaGenerator | None = None
    shown = -1

    def report(share: float, on: str) -> None:
        nonlocal bar, shown
        word.close()
        percent = round(100 * min(max(share, 0), 1))
        if percent != shown:
            shown = percent
            bar = place.empty() if bar is None else bar
            bar.progress(percent, f"{on} …")

    with ExitStack() as word, listening(report):
        if not is_warm():
            word.enter_context(place.spinner("A moment …"))
        yield
    if bar is not None:
        bar.empty()
