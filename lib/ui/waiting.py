"""Work that takes a moment says so."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from streamlit.delta_generator import DeltaGenerator

from lib.course import listening


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
