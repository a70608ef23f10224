"""The task: checked as the learner tweaks, with hints one at a time."""

from collections.abc import Callable

import streamlit as st

from lib.course import Hinted, Judgement, Shown, Standing, Step, StepRecord, Task
from lib.ui import address
from lib.ui.prose import show_prose
from lib.ui.widgets import set_controls


def show_task(
    step: Step,
    task: Task,
    record: StepRecord,
    judgement: Judgement,
    after: str | None,
    emit: Callable[..., None],
) -> None:
    """Where the learner stands with the task; then the way on, or help."""
    _show_standing(step, record, judgement)
    if judgement.standing is not Standing.PASSED:
        _show_help(step, task, record, emit)
    elif after is not None:
        st.button(
            "Go on",
            type="primary",
            key="go-on",
            icon=":material/arrow_forward:",
            icon_position="right",
            on_click=address.go_to,
            args=(after,),
        )


def spoken_standing(step: Step, judgement: Judgement) -> str:
    """Where the learner stands, for a screen reader: without Markdown's marks."""
    match judgement.standing:
        case Standing.PASSED:
            words = f"Done. {step.moral}"
        case Standing.MISTAKE:
            words = f"Not yet. {judgement.text}"
        case Standing.NOT_YET:
            words = "Not yet."
        case Standing.UNTOUCHED:
            words = ""
    return words.replace("`", "").replace("*", "")


def _show_standing(step: Step, record: StepRecord, judgement: Judgement) -> None:
    match judgement.standing:
        case Standing.PASSED:
            show_prose(f":green[**Done.**] {step.moral}")
        case Standing.MISTAKE:
            show_prose(f":orange[**Not yet.**] {judgement.text}")
        case Standing.NOT_YET:
            st.markdown(":orange[**Not yet.**] Go on; every change is checked at once.")
        case Standing.UNTOUCHED if record.passed:
            show_prose(f":green[**Done before.**] {step.moral}")


def _show_help(step: Step, task: Task, record: StepRecord, emit: Callable[..., None]) -> None:
    for number, hint in enumerate(task.hints[: record.hints], 1):
        show_prose(f":gray[Hint {number} of {len(task.hints)}.] {step.fill(hint)}")
    with st.container(horizontal=True):
        if record.hints < len(task.hints):
            st.button(
                "A hint" if not record.hints else "Another hint",
                key="hint",
                icon=":material/lightbulb:",
                type="tertiary",
                on_click=emit,
                args=(Hinted,),
            )
        st.button(
            "Show a solution",
            key="solution",
            icon=":material/visibility:",
            type="tertiary",
            on_click=_show_solution,
            args=(step, task, emit),
        )


def _show_solution(step: Step, task: Task, emit: Callable[..., None]) -> None:
    emit(Shown)
    set_controls(step.inputs, step.slug, task.solution)
