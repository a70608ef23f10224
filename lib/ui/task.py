"""The task: help with it one hint at a time, and how far the learner has come, at every tweak."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from ..course import (
    Hinted,
    Judgement,
    Reached,
    Shown,
    Standing,
    Step,
    StepRecord,
    Task,
    Value,
)
from .failing import guarded
from .prose import show_prose
from .widgets import set_controls

_MARKS = {
    True: ":green[:material/check_circle:]",
    False: ":gray[:material/radio_button_unchecked:]",
}
_STOPPED = ":orange[:material/error:]"
_COLOURS = {"Done": "green", "Done before": "gray", "Not yet": "orange"}
_SHOWN = "solution-was-shown"


def moved_in_task(key: str, values: Mapping[str, Value], answers: Mapping[str, Value]) -> bool:
    """Whether what was moved last stands in the task's box: an answer, or its solution.

    What is said of a move stands beside it, where the eyes are. `key` tells the moves of one step
    from another's; at first, the answers count where there are any.
    """
    now = (values, answers)
    is_there: bool
    before, is_there = st.session_state.get(key, (now, bool(answers)))
    if st.session_state.pop(_SHOWN, False) or answers != before[1]:
        is_there = True
    elif values != before[0]:
        is_there = False
    st.session_state[key] = (now, is_there)
    return is_there


def show_standing(
    record: StepRecord, judgement: Judgement, go_on: Callable[[], None] | None
) -> None:
    """Where the learner stands with the task, and once it is done the way on, if there is one.

    What was passed stays passed, whatever is tried afterwards.
    """
    if _says_nothing(record, judgement):
        return
    is_done = judgement.standing is Standing.PASSED
    key = "done" if is_done else "done-before" if record.passed else "not-yet"
    with st.container(horizontal=True, vertical_alignment="center", key=key):
        show_prose(_standing(record, judgement))
        if _is_done(record, judgement) and go_on is not None:
            st.button(
                "Go on",
                type="primary" if is_done else "secondary",
                key="go-on",
                icon=":material/arrow_forward:",
                icon_position="right",
                on_click=guarded(go_on),
            )


def spoken_standing(record: StepRecord, judgement: Judgement) -> str:
    """Where the learner stands, for a screen reader: without Markdown's marks."""
    if _says_nothing(record, judgement):
        return ""
    word = "" if _is_stopped(judgement) else f"{_word(record, judgement)}."
    goals = [
        f"{'Met' if goal.met else 'Missing'}: {goal.text}." for goal in _goals_to_say(judgement)
    ]
    sentences = (word, _said_of_this(record, judgement), *goals)
    return " ".join(filter(None, sentences)).replace("`", "").replace("*", "")


def _is_done(record: StepRecord, judgement: Judgement) -> bool:
    return record.passed or judgement.standing is Standing.PASSED


def _says_nothing(record: StepRecord, judgement: Judgement) -> bool:
    return judgement.standing is Standing.UNTOUCHED and not record.passed


def _word(record: StepRecord, judgement: Judgement) -> str:
    if judgement.standing is Standing.PASSED:
        return "Done"
    return "Done before" if record.passed else "Not yet"


def _is_stopped(judgement: Judgement) -> bool:
    """What is said of such lines begins with whether they ran: that stands in a word's place."""
    return judgement.standing is Standing.STOPPED


def _said_of_this(record: StepRecord, judgement: Judgement) -> str:
    """What is said of the present setting, before its goals are listed."""
    if record.passed and judgement.standing in (Standing.NOT_YET, Standing.MISTAKE):
        return f"Not with this setting. {judgement.text}".strip()
    return judgement.text


def _goals_to_say(judgement: Judgement) -> Sequence[Reached]:
    """All of them, once something is tried and until all are met: then the outcome says enough."""
    is_open = judgement.standing in (Standing.NOT_YET, Standing.MISTAKE)
    return judgement.goals if is_open else ()


def _standing(record: StepRecord, judgement: Judgement) -> str:
    said = _word(record, judgement)
    word = _STOPPED if _is_stopped(judgement) else f":{_COLOURS[said]}[**{said}.**]"
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
    st.session_state[_SHOWN] = True
    set_controls(step.inputs, step.slug, task.solution)
