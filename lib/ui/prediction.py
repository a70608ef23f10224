"""The prediction: asked before the figure, answered beside it."""

from collections.abc import Callable

import streamlit as st

from lib.course import (
    SKIPPED,
    Estimate,
    Predict,
    Predicted,
    Prediction,
    Step,
    Verdict,
    fill,
)
from lib.ui import address
from lib.ui.prose import show_prose

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
                    "Reveal", type="primary", key="reveal", on_click=_skip, args=(emit,)
                )
            else:
                st.form_submit_button(
                    "That is my prediction",
                    type="primary",
                    key="predict",
                    on_click=_commit,
                    args=(step, prediction, key, emit),
                )
                st.form_submit_button(
                    "Skip", type="tertiary", key="skip", on_click=_skip, args=(emit,)
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


def _is_said(prediction: Prediction, value: object) -> bool:
    """Whether something was chosen: a slider that stands where it began says nothing."""
    return value != (prediction.start if isinstance(prediction, Estimate) else None)


def _skip(emit: Emit) -> None:
    emit(Predicted, said=SKIPPED)
    address.say(SKIPPED)


def show_verdict(step: Step, prediction: Prediction, said: str) -> None:
    """What was said beside what is true; for a prediction that was skipped, what is true."""
    exhibit = step.exhibit(prediction.answer_at)
    with st.container(border=True, key="verdict"):
        question = fill(prediction.question, exhibit.words)
        if said == SKIPPED:
            truth = prediction.truth(exhibit)
            end = "" if truth.said.endswith(("?", ".")) else "."
            show_prose(f"{question}\n\n**{truth.said}{end}** {truth.feedback}")
            return
        verdict = prediction.verdict(said, exhibit)
        show_prose(f"{question}\n\n{_opening(verdict)} {verdict.feedback}")


def _opening(verdict: Verdict) -> str:
    word = ":green[**Right.**]" if verdict.right else ":red[**Not quite.**]"
    return f"You said: *{verdict.said}*. {word}"
