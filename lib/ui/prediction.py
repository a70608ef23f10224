"""The prediction: asked before the figure, answered beside it."""

from collections.abc import Callable

import streamlit as st

from ..course import (
    SKIPPED,
    Estimate,
    Predict,
    Predicted,
    Prediction,
    Step,
    Verdict,
    fill,
)
from . import address
from .failing import guarded
from .prose import show_prose
from .stage.curtain import revealing
from .stage.revealing import Shown

_UNSAID = "unsaid"
_UNSAID_WORDS: dict[type[Prediction], str] = {
    Predict: "Choose an answer first, or skip.",
    Estimate: "Move the slider to your estimate first, or skip.",
}

Emit = Callable[..., None]


def forget_choice(key: str) -> None:
    """Take back what was chosen and not yet said. For callbacks."""
    st.session_state.pop(_widget(key), None)


def _widget(key: str) -> str:
    return f"predict-{key}"


def ask_prediction(
    step: Step, prediction: Prediction, key: str, presenting: bool, emit: Emit
) -> str:
    """Ask; the figure waits until the learner has answered or chosen to skip.

    Nothing is sent before the learner commits: to choose costs no wait. Returns what a screen
    reader should be told.
    """
    exhibit = step.exhibit(prediction.answer_at)
    key = _widget(key)
    missing = _UNSAID_WORDS[type(prediction)] if st.session_state.pop(_UNSAID, False) else ""
    with st.container(key="prediction"), st.form("prediction-form"):
        show_prose(f"**Before you look.** {fill(prediction.question, exhibit.words)}")
        match prediction:
            case Predict():
                texts = prediction.texts(exhibit)
                st.radio(
                    "Your prediction",
                    range(len(texts)),
                    None,
                    format_func=texts.__getitem__,
                    key=key,
                    label_visibility="collapsed",
                )
            case Estimate():
                st.slider(
                    "Your prediction",
                    float(prediction.low),
                    float(prediction.high),
                    float(prediction.start),
                    float(prediction.step),
                    key=key,
                    label_visibility="collapsed",
                )
        if missing:
            st.markdown(f":orange[{missing}]")
        with st.container(horizontal=True):
            if presenting:
                st.form_submit_button(
                    "Reveal the figure",
                    type="primary",
                    key="reveal",
                    on_click=guarded(revealing(step, Shown.QUESTION, _reveal)),
                    args=(step, prediction, key, emit),
                )
            else:
                st.form_submit_button(
                    "That is my prediction",
                    type="primary",
                    key="predict",
                    on_click=guarded(_commit),
                    args=(step, prediction, key, emit),
                )
                st.form_submit_button(
                    "Skip", type="tertiary", key="skip", on_click=guarded(_skip), args=(emit,)
                )
    return missing


def _commit(step: Step, prediction: Prediction, key: str, emit: Emit) -> None:
    if not _is_said(prediction, st.session_state[key]):
        st.session_state[_UNSAID] = True
        return
    said = str(st.session_state[key])
    # A browser may send anything.
    if not prediction.accepts(said):
        return
    verdict = prediction.verdict(said, step.exhibit(prediction.answer_at))
    emit(Predicted, said=said, right=verdict.right, misconception=verdict.misconception)
    address.say(said)


def _reveal(step: Step, prediction: Prediction, key: str, emit: Emit) -> None:
    """What the room chose, if it chose something; what is true in any case."""
    if _is_said(prediction, st.session_state[key]):
        _commit(step, prediction, key, emit)
    else:
        _skip(emit)


def _is_said(prediction: Prediction, value: object) -> bool:
    """Whether something was chosen: a slider that stands where it began says nothing."""
    return value != (prediction.start if isinstance(prediction, Estimate) else None)


def _skip(emit: Emit) -> None:
    emit(Predicted, said=SKIPPED)
    address.say(SKIPPED)


def show_verdict(
    step: Step, prediction: Prediction, said: str, *, is_open: bool, presenting: bool
) -> None:
    """One line: what was said beside what is true. It opens, and begins as `is_open` says.

    In a presentation the reason comes before the question: a room has that in its ears.

    For a prediction that was skipped it is what is true alone.
    """
    exhibit = step.exhibit(prediction.answer_at)
    truth = prediction.truth(exhibit)
    verdict = truth if said == SKIPPED else prediction.verdict(said, exhibit)
    line = f"The answer is *{truth.said}*" if said == SKIPPED else _line(verdict, truth)
    # Another key for another state: Streamlit closes nothing that a learner might have opened.
    key = "verdict-open" if is_open else "verdict-closed"
    with st.expander(line, expanded=is_open, key=key, type="compact"):
        question = fill(prediction.question, exhibit.words)
        # A word before it: what begins with a number and a point would be the item of a list.
        why = f"**Why:** {verdict.feedback}"
        parts = (why, f"**Asked was:** {question}") if presenting else (question, why)
        show_prose("\n\n".join(parts))


def _line(verdict: Verdict, truth: Verdict) -> str:
    if verdict.right:
        exactly = "" if verdict.said == truth.said else f" · the answer is *{truth.said}*"
        return f":green[**Right.**] You said *{verdict.said}*{exactly}"
    return f":red[**Not quite.**] You said *{verdict.said}* · the answer is *{truth.said}*"
