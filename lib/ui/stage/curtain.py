"""The buttons that reveal a step, one stage at a time, and hide it again.

What a room has seen it has seen: a double click, of whichever window or key, reveals one stage and
not two. See `lib.ui.pressing`.
"""

from collections.abc import Callable, Sequence
from typing import ParamSpec

import streamlit as st

from ...course import Step
from ..failing import guarded
from ..pressing import once
from .revealing import Shown, last_before, next_after

GO_ON = "Go on"

Arguments = ParamSpec("Arguments")


def revealing(
    step: Step, shown: Shown, callback: Callable[Arguments, None]
) -> Callable[Arguments, None]:
    """What the button does that reveals more of a step than what is shown."""
    return once("stage", (step.slug, shown), callback)


def words_for(step: Step, stage: Shown) -> str:
    """What the button says that reveals a stage.

    >>> words_for(Step(), Shown.NUMBERS)
    'Reveal the numbers'
    """
    match stage:
        case Shown.QUESTION:
            return "Back to the question"
        case Shown.FIGURE:
            return "Reveal the figure"
        case Shown.NUMBERS:
            return "Reveal the numbers"
        case Shown.TASK:
            return "Show the task"
        case Shown.TRUTH:
            return "Show the task" if step.predict is None and step.task else "Reveal what is true"


def offer_reveal(
    step: Step,
    shown: Shown,
    every: Sequence[Shown],
    *,
    turn_to: Callable[[Shown], None],
    go_on: Callable[[], None] | None,
) -> None:
    """What comes next, as one button; beside it the way back by one stage.

    Once all is revealed the button leads on. Nothing to go on to has the last step of a talk alone:
    behind that of a lesson is its quiz.
    """
    following, earlier = next_after(shown, every), last_before(shown, every)
    with st.container(horizontal=True, vertical_alignment="center"):
        if following is not None:
            st.button(
                words_for(step, following),
                key="reveal",
                type="primary",
                on_click=guarded(revealing(step, shown, turn_to)),
                args=(following,),
            )
        elif go_on is not None:
            st.button(
                GO_ON,
                key="reveal",
                type="primary",
                icon=":material/arrow_forward:",
                icon_position="right",
                on_click=guarded(revealing(step, shown, go_on)),
            )
        else:
            st.markdown("The talk ends here.", width="content")
        if earlier is not None:
            st.button(
                "Hide again",
                key="hide",
                type="tertiary",
                icon=":material/undo:",
                on_click=guarded(turn_to),
                args=(earlier,),
            )
