"""A lesson's page: one step at a time, what to read on the left, what to see on the right."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.course import (
    Course,
    Judgement,
    Lesson,
    LessonRecord,
    Progress,
    Standing,
    Step,
    StepRecord,
    Value,
)
from lib.ui import address
from lib.ui.address import QUIZ
from lib.ui.components import stepper
from lib.ui.exhibit import show_exhibit, show_waiting
from lib.ui.prediction import SKIPPED, ask_prediction, show_verdict
from lib.ui.quiz import show_quiz
from lib.ui.session import is_restored, presentation_of, progress_of
from lib.ui.standing import dots, slugs
from lib.ui.task import show_task, spoken_standing
from lib.ui.waiting import saying_so
from lib.ui.widgets import read_controls

_TRIED = (Standing.NOT_YET, Standing.MISTAKE, Standing.PASSED)


@dataclass(frozen=True)
class Visit:
    """Who reads what: the lesson, the learner's record of it, and the way it is shown."""

    course: Course
    lesson: Lesson
    progress: Progress
    station: str
    presenting: bool

    @property
    def record(self) -> LessonRecord:
        return self.progress.lesson(self.lesson.slug)

    @property
    def neighbours(self) -> tuple[str | None, str | None]:
        stations = slugs(self.lesson)
        at = stations.index(self.station)
        before = stations[at - 1] if at else None
        after = stations[at + 1] if at + 1 < len(stations) else None
        return before, after


def show_lesson(course: Course, lesson: Lesson) -> None:
    """Draw the step of `lesson` that the address names."""
    visit = _visit(course, lesson)
    visit.progress.last = (lesson.slug, visit.station)
    header = st.container(key="lesson-header", gap="xsmall")
    announcement = (
        show_quiz(course, lesson, visit.record, visit.progress.seed)
        if visit.station == QUIZ
        else _show_step(visit, lesson.step(visit.station))
    )
    # Drawn last, because only now is it known what was passed.
    with header:
        _show_header(visit, announcement)


def _visit(course: Course, lesson: Lesson) -> Visit:
    presenting = address.is_presenting()
    progress = presentation_of(course) if presenting else progress_of(course)
    named = address.step_in_address()
    stations = slugs(lesson)
    if named not in stations:
        remembered = progress.last[1] if progress.last and progress.last[0] == lesson.slug else None
        named = remembered if remembered in stations else stations[0]
        # Before the browser has answered, this may not be where the learner left off.
        if presenting or is_restored():
            address.go_to(named)
    return Visit(course, lesson, progress, named, presenting)


def _show_header(visit: Visit, announcement: str) -> None:
    number = [lesson.slug for lesson in visit.course.lessons].index(visit.lesson.slug) + 1
    before, after = visit.neighbours
    with st.container(horizontal=True, vertical_alignment="center", key="lesson-bar"):
        st.caption(f"Lesson {number} · {visit.lesson.title}", width="content")
        with st.container(width="content", key="lesson-dots"):
            stepper(
                dots(visit.lesson, visit.record),
                current=visit.station,
                announce=announcement,
                key=f"{visit.lesson.slug}-dots",
                on_go=address.go_to,
            )
        st.button(
            "Previous",
            key="previous",
            type="tertiary",
            shortcut="Ctrl+Left",
            disabled=before is None,
            on_click=address.go_to,
            args=(before,),
        )
        st.button(
            "Next",
            key="next",
            type="tertiary",
            shortcut="Ctrl+Right",
            disabled=after is None,
            on_click=address.go_to,
            args=(after,),
        )
        with st.popover("Share", icon=":material/link:", type="tertiary", key="share"):
            st.markdown(
                "This address holds the step, your prediction and every control. Whoever opens it "
                "sees what you see."
            )
            st.code(address.whole_address(), language=None, wrap_lines=True)
        st.button(
            "Leave" if visit.presenting else "Present",
            key="present",
            icon=":material/slideshow:",
            type="tertiary",
            on_click=address.present,
            args=(not visit.presenting,),
        )


def _show_step(visit: Visit, step: Step) -> str:
    """Draw a step; return what a screen reader should be told."""
    record = visit.record.steps.setdefault(step.slug, StepRecord())
    said = _said(step, record)
    missing = ""
    revealed = said is not None or step.predict is None
    if visit.presenting:
        right, left = st.columns([8, 4], gap="large")
    else:
        left, right = st.columns([6, 7], gap="large")
    with right:
        with st.container(gap=None):
            above, work = st.container(), st.container(gap=None)
        below = st.container()
    with saying_so(work):
        if revealed:
            places = (below, above) if visit.presenting else (above, below)
            judgement = _show_right(step, record, *places)
        else:
            judgement = _show_waiting(step, below)
        with left, st.container(key="lesson-text"):
            st.markdown(f"## {step.title}", anchors=False)
            st.markdown(step.prose)
            if step.predict is not None:
                if said is None:
                    missing = ask_prediction(step, step.predict, record, visit.presenting)
                else:
                    show_verdict(step, step.predict, said)
            if revealed:
                show_task(step, record, judgement, visit.neighbours[1])
    return missing or spoken_standing(step, judgement)


def _said(step: Step, record: StepRecord) -> str | None:
    """The prediction on show: from the address, else the one that was made before."""
    if step.predict is None:
        return None
    said = address.said_in_address()
    if said is not None and (said == SKIPPED or step.predict.accepts(said)):
        record.said = said
    address.say(record.said)
    return record.said


def _show_right(
    step: Step, record: StepRecord, controls: DeltaGenerator, exhibit: DeltaGenerator
) -> Judgement:
    with (
        controls,
        st.container(
            horizontal=True, vertical_alignment="bottom", gap="small", key="step-controls"
        ),
    ):
        values = read_controls(step, record.values)
    _note_attempt(step, record, values)
    judgement = step.judge(values)
    if judgement.standing is Standing.PASSED:
        record.passed = True
    with exhibit:
        show_exhibit(step, values)
    return judgement


def _note_attempt(step: Step, record: StepRecord, values: dict[str, Value]) -> None:
    changed = {name: value for name, value in values.items() if value != step.defaults[name]}
    if changed != record.values and not record.passed and step.judge(values).standing in _TRIED:
        record.attempts += 1
    record.values = changed


def _show_waiting(step: Step, exhibit: DeltaGenerator) -> Judgement:
    with exhibit:
        show_waiting(step)
    return Judgement(Standing.UNTOUCHED)
