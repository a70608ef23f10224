"""What a presentation has revealed of a step: question, figure, numbers, truth, lines to write.

A pause before each lets a room think. How much is revealed stands in the address, so that it
outlives a reload; a step that was left is found again as it was.
"""

from collections.abc import Sequence
from enum import IntEnum

import streamlit as st

from ...course import Exhibit, Step
from .. import address
from ..figures import has_numbers

_REVEALED = "presentation-revealed"


class Shown(IntEnum):
    """What stands on the screen, in the order in which it is revealed."""

    QUESTION = 0
    FIGURE = 1
    NUMBERS = 2
    TRUTH = 3
    TASK = 4


_NAMES = {"numbers": Shown.NUMBERS, "truth": Shown.TRUTH, "task": Shown.TASK}
"""As an address names them. The figure, which follows the question, needs no name."""


def stages(step: Step, exhibit: Exhibit) -> tuple[Shown, ...]:
    """The stages of a step that change something, in their order.

    Most tasks come with the truth. What is to be written is read at length: the room has heard by
    then why the answer is what it is, and that makes way.
    """
    is_asked = step.predict is not None
    tells_more = is_asked or step.task is not None or step.prose_before != step.prose
    changes = {
        Shown.QUESTION: is_asked,
        Shown.FIGURE: True,
        Shown.NUMBERS: has_numbers(exhibit),
        Shown.TRUTH: tells_more,
        Shown.TASK: is_asked and step.writes,
    }
    return tuple(stage for stage in Shown if changes[stage])


def asked_to_show(lesson: str, step: str) -> Shown:
    """How much of a step is to be shown once its question is out: by the address, or as before."""
    name = address.shown_in_address()
    if name is None:
        name = _revealed().get((lesson, step))
    asked = _NAMES.get(name or "", Shown.FIGURE)
    show(lesson, step, asked)
    return asked


def last_within(asked: Shown, every: Sequence[Shown]) -> Shown:
    """The last of a step's stages that is to be shown."""
    return max(stage for stage in every if stage <= asked)


def next_after(shown: Shown, every: Sequence[Shown]) -> Shown | None:
    """What is revealed next; None where all is."""
    return next((stage for stage in every if stage > shown), None)


def last_before(shown: Shown, every: Sequence[Shown]) -> Shown | None:
    """What was shown before; None where nothing was."""
    return next((stage for stage in reversed(every) if stage < shown), None)


def hides_numbers(asked: Shown, every: Sequence[Shown]) -> bool:
    """Whether numbers are still to come: where the figure itself has none, with the truth."""
    shown = last_within(asked, every)
    return shown < Shown.NUMBERS and next_after(shown, every) is not None


def show(lesson: str, step: str, shown: Shown) -> None:
    """Reveal so much of a step, or so little."""
    name = next((name for name, stage in _NAMES.items() if stage == shown), None)
    if name is None:
        _revealed().pop((lesson, step), None)
    else:
        _revealed()[lesson, step] = name
    address.show(name)


def hide_all() -> None:
    """Forget what was revealed: a presentation begins."""
    st.session_state.pop(_REVEALED, None)


def _revealed() -> dict[tuple[str, str], str]:
    revealed: dict[tuple[str, str], str] = st.session_state.setdefault(_REVEALED, {})
    return revealed
