"""A learner's view: to join, to answer, and to see what became of it. Few elements: many poll."""

import time
from dataclasses import replace

import streamlit as st

from ...charts import Heatmap
from ...course import Course
from ...room import Phase, Room, Round
from ...room.clicking import CellQuestion
from ...room.drawing import MapQuestion
from ...room.question import Question
from ...room.results import Result
from ..failing import show_failure
from ..pages import lesson_page
from ..prose import show_prose
from . import keyring
from .answer import ask_for_answer, begun_map
from .database import the_questions, the_store
from .entering import ask_for_nickname, device_in, join
from .polling import note_said
from .question import panel, say_question, show_figures
from .refusals import say_refusal, trying
from .results import show_result, shown_result
from .spelling import spelled

_REMARK = "class-remark"
_WAITING = {
    Phase.OPEN: "You may change it until the vote is closed.",
    Phase.CLOSED: "The vote is closed. What the class said comes here as soon as it is shown.",
}
_REMARK_LETTERS = 280


def show_learner(course: Course, room: Room) -> None:
    """Draw where the class is, for this device."""
    device = device_in(room)
    with st.container(key="class-bar", horizontal=True, vertical_alignment="center"):
        st.markdown(f"**Class {spelled(room.code)}**", width="content")
        if device and room.round is not None and not room.is_ended:
            st.caption(_place(room.round), width="content")
    if room.is_ended:
        _show_end()
    elif not device:
        _offer_joining(room)
    else:
        _show_class(course, room, device)


def _place(round: Round) -> str:
    vote = f" · vote {round.vote}" if round.vote > 1 else ""
    return f"Question {round.number}{vote}"


def _show_end() -> None:
    st.markdown("## This class is over", anchors=False)
    st.markdown("Thank you for taking part. The course has its questions, with their reasons.")
    st.page_link("pages/home.py", label="To the course", icon=":material/arrow_forward:")


def _offer_joining(room: Room) -> None:
    if room.is_locked:
        st.markdown("## The door is locked", anchors=False)
        st.markdown("Nobody else can join now. Ask whoever gives the class to open it.")
        return
    st.markdown("## Join the class", anchors=False)
    st.markdown("You answer here, and nobody sees what you said.")
    with st.form("class-joining", border=False):
        st.form_submit_button(
            "Join", type="primary", key="class-join-now", on_click=trying(join), args=(room,)
        )
        ask_for_nickname()


def _show_class(course: Course, room: Room, device: str) -> None:
    if room.round is None:
        st.markdown("## You are in", anchors=False)
        st.markdown("The first question comes here by itself.")
    else:
        _show_round(course, room, room.round, device)
    _offer_remark(room, device)
    if keyring.is_blocked():
        st.caption(
            "This browser keeps nothing. You stay in as long as this page is open; loaded anew, "
            "it joins as another device."
        )


@st.fragment
def _show_round(course: Course, room: Room, round: Round, device: str) -> None:
    """The question and this device's answer: to answer draws nothing else anew."""
    try:
        question = the_questions(course).read(round.asked)
        said = the_store().said(room.code, device, round=round.number)
        _draw_round(course, room, round, question, said, device)
    except Exception as error:  # Whatever a question does wrong
        show_failure(error, "class/question", "This question")


def _draw_round(
    course: Course,
    room: Room,
    round: Round,
    question: Question,
    said: dict[int, str],
    device: str,
) -> None:
    own = said.get(round.vote)
    key = f"class-{round.number}"
    say_question(question, key)
    if round.phase is Phase.OPEN:
        note_said(device, round, own)
        # A cell is answered on the map itself.
        if not isinstance(question, CellQuestion):
            show_figures(question, key)
        if round.vote > 1 and own is None and 1 in said:
            st.caption(f"In the first vote you said: {question.in_words(said[1])}")
        ask_for_answer(question, room, device, own)
        with st.container(key="class-answered"):
            say_refusal("answer")
            if own is not None:
                st.markdown(
                    f":green[:material/check_circle:] **Answered:** {question.in_words(own)}. "
                    f"{_WAITING[Phase.OPEN]}"
                )
        return
    _say_own(question, round, said)
    if (begun := begun_map(room, round)) and own is None:
        st.markdown(f"Your map was not counted: {begun[0]} of its {begun[1]} cells were filled.")
    if round.phase is Phase.CLOSED:
        show_figures(question, key)
        st.markdown(_WAITING[Phase.CLOSED])
        return
    is_revealed = round.phase is Phase.REVEALED
    if is_revealed:
        _show_verdict(question, own if own is not None else said.get(1))
    result = shown_result(course, room, round)
    if isinstance(question, MapQuestion) and (drawn := own or said.get(1)):
        result = _beside(result, question.drawn(drawn, "Your map"), is_measured_first=is_revealed)
    show_result(result, f"class-{round.number}-result", panel())
    if round.phase is Phase.SHOWN:
        st.caption(
            "What is right is not shown yet: talk about it with those around you."
            if question.has_truth
            else "No answer is right or wrong here: talk about it with those around you."
        )
    elif question.at is not None:
        step = course.lesson(question.at.lesson).step(question.at.step)
        st.page_link(
            lesson_page(question.at.lesson),
            label=f"The step that shows it: {step.title}",
            icon=":material/arrow_forward:",
            query_params={"step": question.at.step},
        )


def _beside(result: Result, own: Heatmap, *, is_measured_first: bool) -> Result:
    """What the class drew, with what this device drew: beside what was measured, once told."""
    place = 1 if is_measured_first else 0
    return replace(result, figures=(*result.figures[:place], own, *result.figures[place:]))


def _say_own(question: Question, round: Round, said: dict[int, str]) -> None:
    """What this device said in each vote."""
    if not said:
        st.markdown("You did not answer this one.")
        return
    words = [f"**You said:** {question.in_words(text)}" for _, text in sorted(said.items())]
    if len(words) > 1:
        first, second = (question.in_words(text) for _, text in sorted(said.items()))
        words = [f"**You said** first: {first}. **Then:** {second}"]
    elif round.vote > 1 and round.vote not in said:
        words = [f"**You said** in the first vote: {question.in_words(said[1])}"]
    st.markdown(words[0])


def _show_verdict(question: Question, said: str | None) -> None:
    """Whether this device was right, and why."""
    if not question.has_truth:
        return
    verdict = None if said is None else question.verdict(said)
    if said is None or verdict is None:
        with st.container(key="answer-none"):
            show_prose(f"{question.told} {question.reason}".strip())
        return
    if question.right(said) is None:
        with st.container(key="answer-near"):
            show_prose(verdict.feedback)
        return
    with st.container(key="answer-right" if verdict.right else "answer-wrong"):
        if verdict.right:
            show_prose(f":green[**Right.**] {verdict.feedback}")
        else:
            show_prose(
                f":red[**Not quite.**] {verdict.feedback}\n\n:gray[Right:] *{question.truth}*"
            )


def _offer_remark(room: Room, device: str) -> None:
    """A question of one's own, which the instructor alone sees."""

    def send() -> None:
        text = str(st.session_state[_REMARK]).strip()
        if text:
            the_store().remark(room.code, device, text, now=time.time())
            st.session_state["class-remarked"] = True

    with st.expander("Ask the instructor something", key="class-ask"):
        with st.form("class-remarking", border=False, clear_on_submit=True):
            st.text_area(
                "Your question",
                key=_REMARK,
                max_chars=_REMARK_LETTERS,
                placeholder="The instructor alone sees it, unless it is let through.",
            )
            st.form_submit_button("Send", key="class-remark-send", on_click=trying(send))
        if st.session_state.pop("class-remarked", False):
            st.markdown(":green[:material/check_circle:] Sent.")
