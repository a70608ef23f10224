"""The practice page: one exercise at a time, with fresh numbers, for as long as one likes."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from ...course import (
    ClickCell,
    Course,
    Exercise,
    Kind,
    Lesson,
    Practised,
    StepRecord,
    TypeNumber,
    Verdict,
)
from ...study import next_exercise
from .. import address
from ..components.spoken import spoken
from ..failing import guarded, show_failure
from ..layout import GAP, READING, panel_width
from ..pages import lesson_page
from ..prose import explaining, show_prose
from ..session import emit, is_restored, progress_of
from .asking import UNANSWERED, ask, show_figures, typed

_LESSON, _KIND, _DRAW = "lesson", "kind", "draw"
_FROM, _WRONG = "practice-from", "practice-wrong"
_ASKED_FROM = "from"
_PASSED_OVER = "practice-passed-over"
_UNSAID = "practice-unsaid"
_ALL = "all lessons"


@dataclass(frozen=True)
class _Task:
    """What is asked: an exercise, and where it comes from."""

    lesson: Lesson
    kind: Kind
    draw: int

    @property
    def exercise(self) -> Exercise:
        return self.kind.exercise(self.draw)

    @property
    def key(self) -> str:
        """What its widgets are called by."""
        return f"practice-{self.kind.slug}-{self.draw}"


def show_practice(course: Course) -> None:
    """Draw the exercise that the address names, or the one that comes next."""
    with st.container(key="step"), st.container(key="practice"):
        st.markdown("## Practice", anchors=False)
        _show_choice(course)
        task = _in_address(course)
        if task is None and is_restored():
            task = _turn_to_next(course)
        if task is None:
            return
        try:
            with explaining(course.glossary, task.lesson.slug, task.lesson.stops[-1].slug):
                _show(course, task)
        except Exception as error:  # Whatever an exercise does wrong
            show_failure(error, f"practice/{task.kind.slug}", "This exercise")
            _offer_next(course)


def _lessons(course: Course) -> list[Lesson]:
    return [lesson for lesson in course.lessons if lesson.practice is not None]


def _show_choice(course: Course) -> None:
    """What is practised: one lesson, or all that were begun."""
    titles = {_ALL: "All lessons that you have begun"} | {
        lesson.slug: lesson.title for lesson in _lessons(course)
    }
    # Who comes from a lesson practises that lesson; later they may choose another.
    asked = st.query_params.pop(_ASKED_FROM, None)
    if asked in titles:
        st.session_state[_FROM] = asked
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "From",
            list(titles),
            format_func=titles.__getitem__,
            key=_FROM,
            on_change=guarded(_turn),
            args=(course,),
            required=True,
            persist_state="session",
            width=320,
        )
        st.toggle(
            "What I got wrong first",
            key=_WRONG,
            on_change=guarded(_turn),
            args=(course,),
            persist_state="session",
        )


def _chosen(course: Course) -> list[Lesson]:
    """The lessons to draw from; the first where none was begun."""
    lessons = _lessons(course)
    wanted = st.session_state.get(_FROM, _ALL)
    if wanted != _ALL:
        return [lesson for lesson in lessons if lesson.slug == wanted]
    progress = progress_of(course)
    begun = [
        lesson
        for lesson in lessons
        if any(_is_done(step) for step in progress.lesson(lesson.slug).steps.values())
    ]
    return begun or lessons[:1]


def _is_done(step: StepRecord) -> bool:
    """Whether more was done in a step than to look at it."""
    return step.predicted or step.passed


def _in_address(course: Course) -> _Task | None:
    """The exercise that the address names; None if it names none that there is."""
    slug, kind = st.query_params.get(_LESSON, ""), st.query_params.get(_KIND, "")
    draw = st.query_params.get(_DRAW, "")
    if not (draw.isascii() and draw.isdigit() and len(draw) <= 6):
        return None
    for lesson in _lessons(course):
        if lesson.slug == slug:
            for one in lesson.practice or ():
                if one.slug == kind:
                    return _Task(lesson, one, int(draw))
    return None


def _turn_to_next(course: Course) -> _Task | None:
    """Put what comes next into the address."""
    pools = _pools(course)
    wrong_first = bool(st.session_state.get(_WRONG))
    asked = next_exercise(pools, progress_of(course), wrong_first=wrong_first)
    address.say(None)
    st.query_params.update({_LESSON: asked.lesson, _KIND: asked.kind, _DRAW: str(asked.draw)})
    return _in_address(course)


def _pools(course: Course) -> dict[str, list[str]]:
    """The kinds to draw from, without those that were passed over, as long as there are others."""
    over: list[tuple[str, str]] = st.session_state.get(_PASSED_OVER, [])
    pools = {
        lesson.slug: [kind.slug for kind in lesson.practice or ()] for lesson in _chosen(course)
    }
    left = {
        slug: rest
        for slug, kinds in pools.items()
        if (rest := [kind for kind in kinds if (slug, kind) not in over])
    }
    if not left:
        st.session_state[_PASSED_OVER] = []
    return left or pools


def _show(course: Course, task: _Task) -> None:
    """The question, what it asks about, and then the answer: on a phone in this order as well."""
    exercise = task.exercise
    with st.container(width=760, gap="small"):
        st.caption(_about(course, task))
        show_prose(exercise.question)
    if not exercise.figures and not isinstance(exercise, ClickCell):
        with st.container(width=760):
            _ask(course, task, exercise)
        return
    figures, answer = st.columns(READING[::-1], gap=GAP)
    with figures:
        is_answered = address.said_in_address() is not None
        show_figures(exercise, task.key, panel_width(), is_answered=is_answered)
    with answer:
        _ask(course, task, exercise)


def _ask(course: Course, task: _Task, exercise: Exercise) -> None:
    # In one place before and after the answer, or it would not be read aloud.
    aloud = st.container(key="practice-aloud")
    is_typed = isinstance(exercise, TypeNumber)
    if is_typed:
        # A form, so that Enter in the field answers.
        with st.form("practice-form", border=False):
            said = ask(exercise, task.draw, task.key)
            answered = address.said_in_address()
            st.form_submit_button("Answer", **_answering(course, task, said, answered))
    else:
        said, answered = ask(exercise, task.draw, task.key), address.said_in_address()
    verdict = None
    if answered is not None and answered == said and exercise.accepts(answered):
        verdict = exercise.verdict(answered)
        _show_verdict(course, exercise, verdict)
    with aloud:
        spoken(_aloud(verdict), key="practice-spoken")
    with st.container(horizontal=True):
        if not is_typed:
            answered = answered if verdict else None
            st.button("Answer", **_answering(course, task, said, answered))
        over = None if verdict else (task.lesson.slug, task.kind.slug)
        _offer_next(course, passed_over=over)
    # Below the buttons: they stay where they are while a hand is on its way.
    if st.session_state.pop(_UNSAID, False):
        st.markdown(f":orange[{UNANSWERED[type(exercise)]}]")


def _answering(
    course: Course, task: _Task, said: str | None, answered: str | None
) -> dict[str, Any]:
    """The options of the button that answers."""
    return {
        "type": "primary" if answered is None or answered != said else "secondary",
        "key": "practice-answer",
        "on_click": guarded(_answer),
        "args": (course, task, said),
    }


def _aloud(verdict: Verdict | None) -> str:
    if verdict is None:
        return ""
    said = f"{'Right.' if verdict.right else 'Not quite.'} {verdict.feedback}"
    return said.replace("`", "").replace("*", "")


def _about(course: Course, task: _Task) -> str:
    """Where it comes from, and how this lesson's exercises went up to now."""
    practised = progress_of(course).lesson(task.lesson.slug).practice
    asked = sum(record.asked for record in practised.values())
    right = sum(record.right for record in practised.values())
    number = [lesson.slug for lesson in course.lessons].index(task.lesson.slug) + 1
    where = f"Lesson {number} · {task.lesson.title} · {task.kind.title}"
    return f"{where} · {right} of {asked} right in this lesson" if asked else where


def _answer(course: Course, task: _Task, said: str | None) -> None:
    """Grade what was answered; the same answer again is no other one. For callbacks."""
    if isinstance(task.exercise, TypeNumber):
        # What a form holds is sent with it, and was not there when it was drawn.
        said = typed(task.exercise, task.key)
    if said is None or not task.exercise.accepts(said):
        st.session_state[_UNSAID] = True
        return
    if address.said_in_address() is None:
        verdict = task.exercise.verdict(said)
        emit(
            course,
            Practised,
            False,
            lesson=task.lesson.slug,
            step=task.kind.slug,
            draw=task.draw,
            said=said,
            right=verdict.right,
            misconception=verdict.misconception,
        )
    address.say(said)


def _show_verdict(course: Course, exercise: Exercise, verdict: Verdict) -> None:
    with st.container(key="answer-right" if verdict.right else "answer-wrong"):
        if verdict.right:
            show_prose(f":green[**Right.**] {verdict.feedback}")
            return
        truth = exercise.verdict(exercise.answer)
        show_prose(f":red[**Not quite.**] {verdict.feedback}\n\n:gray[Right:] *{truth.said}*")
        _offer_step(course, verdict.misconception or "")


def _offer_step(course: Course, slug: str) -> None:
    """The step that answers a misconception, if it is one that the course still has."""
    misconception = course.misconceptions.get(slug)
    if misconception is None:
        return
    step = course.lesson(misconception.lesson).step(misconception.step)
    st.page_link(
        lesson_page(misconception.lesson),
        label=f"The step that shows it: {step.title}",
        icon=":material/arrow_forward:",
        query_params={"step": step.slug},
    )


def _offer_next(course: Course, passed_over: tuple[str, str] | None = None) -> None:
    is_answered = passed_over is None
    st.button(
        "Next question" if is_answered else "Another one",
        type="primary" if is_answered else "tertiary",
        key="practice-next",
        icon=":material/arrow_forward:" if is_answered else None,
        shortcut="Ctrl+Right",
        on_click=guarded(_turn),
        args=(course, passed_over),
    )


def _turn(course: Course, passed_over: tuple[str, str] | None = None) -> None:
    """Ask something else. What was passed over is not asked again before all others."""
    if passed_over is not None:
        st.session_state.setdefault(_PASSED_OVER, []).append(passed_over)
    _turn_to_next(course)
