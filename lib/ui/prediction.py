"""The prediction: asked before the figure, answered beside it."""

import streamlit as st

from lib.course import Estimate, Predict, Prediction, Step, StepRecord, Verdict, fill
from lib.ui import address

SKIPPED = "skip"


def ask_prediction(
    step: Step, prediction: Prediction, record: StepRecord, presenting: bool
) -> None:
    """Ask; the figure waits until the learner has answered or chosen to skip."""
    facts = step.exhibit(prediction.answer_at).facts
    key = f"predict-{step.slug}"
    guess: float | None
    with st.container(border=True, key="prediction"):
        st.markdown(f"**Before you look.** {fill(prediction.question, facts)}")
        match prediction:
            case Predict():
                texts = prediction.texts(facts)
                guess = st.radio(
                    "Your prediction",
                    range(len(texts)),
                    None,
                    format_func=texts.__getitem__,
                    key=key,
                    label_visibility="collapsed",
                )
            case Estimate():
                guess = st.slider(
                    "Your prediction",
                    float(prediction.low),
                    float(prediction.high),
                    (prediction.low + prediction.high) / 2,
                    float(prediction.step),
                    key=key,
                    label_visibility="collapsed",
                )
        with st.container(horizontal=True):
            if presenting:
                st.button("Reveal", type="primary", key="reveal", on_click=_skip, args=(record,))
                return
            st.button(
                "That is my prediction",
                type="primary",
                key="predict",
                disabled=guess is None,
                on_click=_commit,
                args=(key, record),
            )
            st.button("Skip", type="tertiary", key="skip", on_click=_skip, args=(record,))


def _commit(key: str, record: StepRecord) -> None:
    record.predicted = True
    record.said = str(st.session_state[key])
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
