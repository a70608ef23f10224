"""The prediction: asked before the figure, answered beside it."""

import streamlit as st

from lib.course import Estimate, Predict, Prediction, Step, StepRecord, Verdict, fill
from lib.ui import address

SKIPPED = "skip"
_UNSAID = "unsaid"


def ask_prediction(step: Step, prediction: Prediction, record: StepRecord, presenting: bool) -> str:
    """Ask; the figure waits until the learner has answered or chosen to skip.

    Nothing is sent before the learner commits: to choose costs no wait. Returns what a screen
    reader should be told.
    """
    facts = step.exhibit(prediction.answer_at).facts
    key = f"predict-{step.slug}"
    missing = "Choose an answer first, or skip." if st.session_state.pop(_UNSAID, False) else ""
    with st.container(key="prediction"), st.form("prediction-form"):
        st.markdown(f"**Before you look.** {fill(prediction.question, facts)}")
        match prediction:
            case Predict():
                texts = prediction.texts(facts)
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
                    (prediction.low + prediction.high) / 2,
                    float(prediction.step),
                    key=key,
                    label_visibility="collapsed",
                )
        if missing:
            st.markdown(f":orange[{missing}]")
        with st.container(horizontal=True):
            if presenting:
                st.form_submit_button(
                    "Reveal", type="primary", key="reveal", on_click=_skip, args=(record,)
                )
            else:
                st.form_submit_button(
                    "That is my prediction",
                    type="primary",
                    key="predict",
                    on_click=_commit,
                    args=(key, record),
                )
                st.form_submit_button(
                    "Skip", type="tertiary", key="skip", on_click=_skip, args=(record,)
                )
    return missing


def _commit(key: str, record: StepRecord) -> None:
    said = st.session_state[key]
    if said is None:
        st.session_state[_UNSAID] = True
        return
    record.predicted = True
    record.said = str(said)
    address.say(record.said)


def _skip(record: StepRecord) -> None:
    record.said = SKIPPED
    address.say(SKIPPED)


def show_verdict(step: Step, prediction: Prediction, said: str) -> None:
    """What was said beside what is true; for a prediction that was skipped, what is true."""
    exhibit = step.exhibit(prediction.answer_at)
    with st.container(border=True, key="verdict"):
        question = fill(prediction.question, exhibit.facts)
        if said == SKIPPED:
            truth = prediction.truth(exhibit)
            end = "" if truth.said.endswith(("?", ".")) else "."
            st.markdown(f"{question}\n\n**{truth.said}{end}** {truth.feedback}")
            return
        verdict = prediction.verdict(said, exhibit)
        st.markdown(f"{question}\n\n{_opening(verdict)} {verdict.feedback}")


def _opening(verdict: Verdict) -> str:
    word = ":green[**Right.**]" if verdict.right else ":red[**Not quite.**]"
    return f"You said: *{verdict.said}*. {word}"
