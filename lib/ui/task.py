"""The task: checked as the learner tweaks, with hints one at a time."""

import streamlit as st

from lib.course import Judgement, Standing, Step, StepRecord, Task, fill
from lib.ui import address
from lib.ui.widgets import set_controls


def show_task(step: Step, record: StepRecord, judgement: Judgement, after: str | None) -> None:
    """Say what to bring about, and where the learner stands with it."""
    if step.task is None:
        return
    with st.container(border=True, key="task"):
        st.markdown(f"**Your turn.** {fill(step.task.text, step.exhibit().facts)}")
        _show_standing(step, record, judgement)
        if judgement.standing is Standing.PASSED:
            if after is not None:
                st.button(
                    "Go on",
                    type="primary",
                    key="go-on",
                    icon=":material/arrow_forward:",
                    icon_position="right",
                    on_click=address.go_to,
                    args=(after,),
                )
            return
        _show_help(step, step.task, record)


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
            st.markdown(f":green[**Done.**] {step.moral}")
        case Standing.MISTAKE:
            st.markdown(f":orange[**Not yet.**] {judgement.text}")
        case Standing.NOT_YET:
            st.markdown(":orange[**Not yet.**] Go on; every change is checked at once.")
        case Standing.UNTOUCHED if record.passed:
            st.markdown(f":green[**Done before.**] {step.moral}")


def _show_help(step: Step, task: Task, record: StepRecord) -> None:
    facts = step.exhibit().facts
    for number, hint in enumerate(task.hints[: record.hints], 1):
        st.markdown(f":gray[Hint {number} of {len(task.hints)}.] {fill(hint, facts)}")
    with st.container(horizontal=True):
        if record.hints < len(task.hints):
            st.button(
                "A hint" if not record.hints else "Another hint",
                key="hint",
                icon=":material/lightbulb:",
                type="tertiary",
                on_click=_next_hint,
                args=(record,),
            )
        st.button(
            "Show a solution",
            key="solution",
            icon=":material/visibility:",
            type="tertiary",
            on_click=_show_solution,
            args=(step, task, record),
        )


def _next_hint(record: StepRecord) -> None:
    record.hints += 1


def _show_solution(step: Step, task: Task, record: StepRecord) -> None:
    record.solution_shown = True
    set_controls(step, task.solution)
