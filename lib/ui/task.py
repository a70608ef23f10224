"""The task: help with it one hint at a time, and how far the learner has come, at every tweak."""

from collections.abc import Callable, Sequence

import streamlit as st

from lib.course import Hinted, Judgement, Reached, Shown, Standing, Step, StepRecord, Task
from lib.ui import address
from lib.ui.failing import guarded
from lib.ui.prose import show_prose
from lib.ui.widgets import set_controls

_MARKS = {
    True: ":green[:material/check_circle:]",
    False: ":gray[:material/radio_button_unchecked:]",
}


def show_standing(record: StepRecord, judgement: Judgement, after: str | None) -> None:
    """Where the learner stands with the task, and once it is done the way on to `after`.

    What was passed stays passed, whatever is tried afterwards.
    """
    if _says_nothing(record, judgement):
        return
    is_done = _is_done(record, judgement)
    key = "done" if is_done else "not-yet"
    with st.container(horizontal=True, vertical_alignment="center", key=key):
        show_prose(_standing(record, judgement))
        if is_done and after is not None:
            st.button(
                "Go on",
                type="primary",
                key="go-on",
                icon=":material/arrow_forward:",
                icon_position="right",
                on_click=guarded(address.go_to),
                args=(after,),
            )


def spoken_standing(record: StepRecord, judgement: Judgement) -> str:
    """Where the learner stands, for a screen reader: without Markdown's marks."""
    if _says_nothing(record, judgement):
        return ""
    word = "Done." if _is_done(record, judgement) else "Not yet."
    goals = [
        f"{'Met' if goal.met else 'Missing'}: {goal.text}." for goal in _goals_to_say(judgement)
    ]
    sentences = (word, _said_of_this(record, judgement), *goals)
    return " ".join(filter(None, sentences)).replace("`", "").replace("*", "")


def _is_done(record: StepRecord, judgement: Judgement) -> bool:
    return record.passed or judgement.standing is Standing.PASSED


def _says_nothing(record: StepRecord, judgement: Judgement) -> bool:
    return judgement.standing is Standing.UNTOUCHED and not record.passed


def _said_of_this(record: StepRecord, judgement: Judgement) -> str:
    """What is said of the present setting, before its goals are listed."""
    if judgement.standing is Standing.PASSED or not record.passed:
        return judgement.text
    return f"What you have set now does not meet the task. {judgement.text}".strip()


def _goals_to_say(judgement: Judgement) -> Sequence[Reached]:
    """All of them, until all are met: then the outcome says what there is to say."""
    return () if judgement.standing is Standing.PASSED else judgement.goals


def _standing(record: StepRecord, judgement: Judgement) -> str:
    word = ":green[**Done.**]" if _is_done(record, judgement) else ":orange[**Not yet.**]"
    goals = [f"{_MARKS[goal.met]} {goal.text}" for goal in _goals_to_say(judgement)]
    # Two spaces end a line: one short list, without the bullets beside the marks.
    paragraphs = (f"{word} {_said_of_this(record, judgement)}", "  \n".join(goals))
    return "\n\n".join(filter(None, paragraphs))


def show_help(
    step: Step, task: Task, record: StepRecord, judgement: Judgement, emit: Callable[..., None]
) -> None:
    """Hints and the solution, as long as the task is not done."""
    if _is_done(record, judgement):
        return
    for number, hint in enumerate(task.hints[: record.hints], 1):
        show_prose(f":gray[Hint {number} of {len(task.hints)}.] {step.fill(hint)}")
    with st.container(horizontal=True):
        if record.hints < len(task.hints):
            st.button(
                "A hint" if not record.hints else "Another hint",
                key="hint",
                icon=":material/lightbulb:",
                type="tertiary",
                on_click=guarded(emit),
                args=(Hinted,),
            )
        st.button(
            "Show a solution",
            key="solution",
            icon=":material/visibility:",
            type="tertiary",
            on_click=guarded(_show_solution),
            args=(step, task, emit),
        )


def _show_solution(step: Step, task: Task, emit: Callable[..., None]) -> None:
    emit(Shown)
    set_controls(step.inputs, step.slug, task.solution)
