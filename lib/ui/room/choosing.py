"""What the instructor can ask: a step's question, an exercise, or one of her own."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from ...course import Course, Lesson, StepAddress
from ...course.spelling import plain
from ...room.question import Question
from .database import the_questions
from .own import OWN, SOURCE, choose_own
from .question import show_question
from .refusals import trying

Ask = Callable[[str], None]

STEP, PRACTICE = "A step's question", "An exercise"
_LESSON, _STEP = "class-lesson", "class-step-{lesson}"
_DRAW = "class-draw"
_MOVED_ON = "class-moved-on"
_PANEL = 560


def choose_question(course: Course, ask: Ask) -> None:
    """Choose what to ask, see it as the class will, and ask it."""
    source = st.segmented_control(
        "From where",
        [STEP, PRACTICE, OWN],
        default=STEP,
        required=True,
        key=SOURCE,
        persist_state="session",
        label_visibility="collapsed",
    )
    if source == OWN:
        choose_own(partial(offer_asking, ask=ask))
    elif source == PRACTICE:
        _choose_exercise(course, ask)
    else:
        _choose_step(course, ask)


def move_on(course: Course, asked: Question, code: str, number: int) -> None:
    """Once a round of a room, have chosen what comes after its question, before it is drawn."""
    if st.session_state.get(_MOVED_ON) == (code, number):
        return
    st.session_state[_MOVED_ON] = (code, number)
    _draw_anew()
    if asked.at is None:
        return
    stations = [
        StepAddress(lesson.slug, step.slug)
        for lesson in course.lessons
        for step in the_questions(course).steps(lesson.slug)
    ]
    for following in stations[stations.index(asked.at) + 1 :][:1]:
        st.session_state[_LESSON] = following.lesson
        st.session_state[_STEP.format(lesson=following.lesson)] = following.step


def offer_asking(question: Question, ask: Ask) -> None:
    """The button, and under it the question as it will be asked."""
    st.button(
        "Ask the class",
        type="primary",
        key="class-ask-now",
        icon=":material/campaign:",
        on_click=trying(ask),
        args=(question.asked,),
    )
    with st.container(border=True, key="class-preview"):
        show_question(question, "class-preview", _PANEL)


def _choose_lesson(course: Course, lessons: list[Lesson], key: str) -> Lesson:
    titles = {
        lesson.slug: f"{number} · {lesson.title}" for number, lesson in enumerate(course.lessons, 1)
    }
    slug = st.selectbox(
        "Lesson",
        [lesson.slug for lesson in lessons],
        format_func=titles.__getitem__,
        key=key,
        required=True,
        persist_state="session",
        width=300,
    )
    return course.lesson(str(slug))


def _choose_step(course: Course, ask: Ask) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        lesson = _choose_lesson(course, list(course.lessons), _LESSON)
        titles = {step.slug: plain(step.title) for step in the_questions(course).steps(lesson.slug)}
        step = st.selectbox(
            "Step",
            list(titles),
            format_func=titles.__getitem__,
            key=_STEP.format(lesson=lesson.slug),
            required=True,
            persist_state="session",
            width=380,
        )
    questions = the_questions(course).of_step(lesson.slug, str(step))
    names = {"choice": "Its prediction", "number": "Its prediction", "map": "Its map to be guessed"}
    place = 0
    if len(questions) > 1:
        place = st.segmented_control(
            "Which of its questions",
            range(len(questions)),
            format_func=lambda place: names[questions[place].kind],
            default=0,
            required=True,
            key=f"class-which-{lesson.slug}-{step}",
            label_visibility="collapsed",
        )
    offer_asking(questions[place], ask)


def _choose_exercise(course: Course, ask: Ask) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        lesson = _choose_lesson(
            course,
            [lesson for lesson in course.lessons if lesson.practice is not None],
            "class-practice-lesson",
        )
        titles = {kind.slug: plain(kind.title) for kind in the_questions(course).kinds(lesson.slug)}
        kind = st.selectbox(
            "Exercise",
            list(titles),
            format_func=titles.__getitem__,
            key=f"class-kind-{lesson.slug}",
            required=True,
            persist_state="session",
            width=380,
        )
        st.button("Other numbers", key="class-redraw", on_click=trying(_draw_anew))
    draw = int(st.session_state.setdefault(_DRAW, 1))
    offer_asking(the_questions(course).of_exercise(lesson.slug, str(kind), draw), ask)


def _draw_anew() -> None:
    st.session_state[_DRAW] = int(st.session_state.get(_DRAW, 1)) + 1
