"""What a presenter has at hand beside the lesson: see `lib.ui.components.stage`."""

from ...course import QUIZ, Lesson, Talk
from .. import address
from ..components.stage import stage
from ..layout import SIZES, size_of_type


def show_bar(lesson: Lesson, station: str, talk: Talk | None) -> None:
    """Draw it for the station that is on the screen."""
    title = "Quiz" if station == QUIZ else lesson.step(station).title
    stage(
        lesson=lesson.slug,
        step=station,
        title=title,
        shown=address.shown_in_address() or "",
        talk=talk.written if talk else "",
        minutes=talk.minutes if talk else None,
        size=size_of_type(),
        sizes=SIZES,
        key="stage",
        on_size=_make_size,
    )


def _make_size(size: float) -> None:
    address.make_size(None if size == 1 else f"{size:g}")
