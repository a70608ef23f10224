"""The quiz of a lesson: one question at a time, feedback for every choice."""

from collections.abc import Callable

import streamlit as st

from ..course import (
    Answered,
    Course,
    Lesson,
    LessonRecord,
    Question,
    answers_tried,
    open_questions,
)
from . import address
from .failing import guarded
from .lab.address import ask_of_own_table
from .pages import HOME, lesson_page, screen_page
from .prose import show_prose
from .study.sheets import offer_sheet
from .waiting import saying_so

_QUESTION = "question"
_UNANSWERED = "unanswered"

Emit = Callable[..., None]


def show_quiz(course: Course, lesson: Lesson, record: LessonRecord, seed: int, emit: Emit) -> str:
    """Draw the question that the address names, or the result after the last.

    Returns what a screen reader should be told.
    """
    number = _number_in_address(len(lesson.quiz))
    with st.container(width=760, key="quiz"), saying_so(st.container(gap=None)):
        if number == len(lesson.quiz):
            return _show_result(course, lesson, record)
        question = lesson.quiz[number]
        st.markdown(f"## Quiz: {number + 1} of {len(lesson.quiz)}", anchors=False)
        return _show_question(lesson, question, number, record, seed, emit)


def _number_in_address(questions: int) -> int:
    text = st.query_params.get(_QUESTION, "1")
    if text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= questions + 1:
        return int(text) - 1
    return 0


def _open_question(number: int) -> None:
    st.query_params[_QUESTION] = str(number + 1)


def forget_answers(lesson: Lesson) -> None:
    """Take back what is chosen on the screen: a question begins with what was answered last."""
    for question in lesson.quiz:
        st.session_state.pop(_widget(question), None)


def _widget(question: Question) -> str:
    return f"quiz-{question.slug}"


def _show_question(
    lesson: Lesson,
    question: Question,
    number: int,
    record: LessonRecord,
    seed: int,
    emit: Emit,
) -> str:
    tried = answers_tried(record, question)
    order = question.order(seed)
    texts = [lesson.fill_question(question, answer.text) for answer in question.answers]
    key = _widget(question)
    show_prose(lesson.fill_question(question, question.text))
    # None as well: the browser says what it remembers after the question was first drawn.
    if st.session_state.get(key) is None and tried:
        st.session_state[key] = tried[-1]
    feedback, is_right = "", False
    with st.form("answers", border=False):
        chosen = st.radio(
            "Your answer",
            order,
            None,
            format_func=texts.__getitem__,
            key=key,
            label_visibility="collapsed",
        )
        if st.session_state.pop(_UNANSWERED, False):
            feedback = "Choose an answer first."
            st.markdown(f":orange[{feedback}]")
        elif tried and chosen == tried[-1]:
            answer = question.answers[chosen]
            word = ":green[**Right.**]" if answer.right else ":red[**Not quite.**]"
            feedback = lesson.fill_question(question, answer.feedback)
            is_right = answer.right
            again = "" if is_right else "\n\n:gray[Choose another answer to put it right.]"
            show_prose(f"{word} {feedback}{again}")
        _show_ways_on(lesson, number, key, emit, is_right=is_right)
    return feedback


def _show_ways_on(lesson: Lesson, number: int, key: str, emit: Emit, *, is_right: bool) -> None:
    with st.container(horizontal=True):
        st.form_submit_button(
            "Check",
            type="secondary" if is_right else "primary",
            key="check",
            on_click=guarded(_answer),
            args=(lesson.quiz[number], key, emit),
        )
        if number:
            st.form_submit_button(
                "Previous question",
                type="tertiary",
                key="previous-question",
                on_click=guarded(_open_question),
                args=(number - 1,),
            )
        st.form_submit_button(
            "Next question" if number + 1 < len(lesson.quiz) else "See the result",
            type="primary" if is_right else "tertiary",
            key="next-question",
            on_click=guarded(_open_question),
            args=(number + 1,),
        )


def _answer(question: Question, key: str, emit: Emit) -> None:
    chosen = st.session_state[key]
    if chosen is None:
        st.session_state[_UNANSWERED] = True
    # A browser may send anything.
    elif chosen in range(len(question.answers)):
        answer = question.answers[chosen]
        emit(
            Answered,
            question=question.slug,
            answer=chosen,
            right=answer.right,
            misconception=answer.misconception,
        )


def _show_result(course: Course, lesson: Lesson, record: LessonRecord) -> str:
    first = sum(
        question.answers[tried[0]].right
        for question in lesson.quiz
        if (tried := answers_tried(record, question))
    )
    wrong = open_questions(lesson, record)
    now = f"{len(wrong)} still to be put right." if wrong else "By now all of them are right."
    summary = f"{first} of {len(lesson.quiz)} right at the first try. {now}"
    st.markdown("## Result", anchors=False)
    st.markdown(summary)
    _show_open_questions(wrong)
    shown = _misconceptions(lesson, record)
    if shown:
        st.markdown("Worth another look:")
    for slug in shown:
        _show_misconception(course, slug)
    if not address.is_presenting():
        ask_of_own_table(lesson)
        _offer_to_keep(course, lesson)
    _show_next(course, lesson)
    return summary


def _offer_to_keep(course: Course, lesson: Lesson) -> None:
    """What helps to remember the lesson: its sheet, and exercises with fresh numbers."""
    with st.container(horizontal=True, vertical_alignment="center"):
        offer_sheet(course, lesson)
        if lesson.practice is not None:
            st.page_link(
                screen_page("practice"),
                label="Practise this lesson",
                icon=":material/exercise:",
                query_params={"from": lesson.slug},
            )


def _show_open_questions(wrong: list[int]) -> None:
    with st.container(horizontal=True):
        for number in wrong:
            st.button(
                f"Question {number + 1}",
                key=f"repeat-{number + 1}",
                icon=":material/replay:",
                on_click=guarded(_open_question),
                args=(number,),
            )


def _show_misconception(course: Course, slug: str) -> None:
    misconception = course.misconceptions[slug]
    with st.container(border=True):
        show_prose(
            f":red[**Not so:**] *{misconception.belief}*\n\n"
            f":green[**Rather:**] {course.truth(slug)}"
        )
        # What was believed may be the subject of another lesson.
        step = course.lesson(misconception.lesson).step(misconception.step)
        st.page_link(
            lesson_page(misconception.lesson),
            label=f"Open the step: {step.title}",
            icon=":material/arrow_forward:",
            query_params={"step": step.slug},
        )


def _show_next(course: Course, lesson: Lesson) -> None:
    """Where to go from here: the next lesson, if there is one."""
    after = course.after(lesson)
    with st.container(horizontal=True):
        if after is not None:
            st.page_link(
                lesson_page(after.slug),
                label=f"The next lesson: {after.title}",
                icon=":material/arrow_forward:",
            )
        st.button(
            "Back to the questions", key="questions", on_click=guarded(_open_question), args=(0,)
        )
        st.page_link(HOME, label="All lessons", icon=":material/home:")


def _misconceptions(lesson: Lesson, record: LessonRecord) -> list[str]:
    """Those that the answers showed, in the order of the questions, once each."""
    shown = [
        question.answers[choice].misconception
        for question in lesson.quiz
        for choice in answers_tried(record, question)
    ]
    return list(dict.fromkeys(slug for slug in shown if slug is not None))
