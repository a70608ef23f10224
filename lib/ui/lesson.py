"""A lesson's page: one step at a time, what to read on the left, what to see on the right."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.course import (
    QUIZ,
    Course,
    Event,
    Judgement,
    Lesson,
    LessonRecord,
    Opened,
    Passed,
    Point,
    Predicted,
    Progress,
    Restarted,
    Standing,
    Step,
    StepRecord,
    Tried,
    Value,
    neighbours,
    slugs,
    stations,
)
from lib.ui import address
from lib.ui.components.stepper import stepper
from lib.ui.exhibit import show_exhibit, show_terms
from lib.ui.failing import show_failed_step, show_failure
from lib.ui.figures import Handle
from lib.ui.frame import enter_frame
from lib.ui.prediction import ask_prediction, forget_choice, show_verdict
from lib.ui.prose import explaining, show_prose
from lib.ui.quiz import forget_answers, show_quiz
from lib.ui.session import (
    begin_presentation,
    emit,
    is_restored,
    just_restored,
    presentation_of,
    progress_of,
)
from lib.ui.task import show_task, spoken_standing
from lib.ui.waiting import saying_so, show_waiting
from lib.ui.warm import preload_plotly
from lib.ui.widgets import (
    move_point,
    read_controls,
    recall_controls,
    reset_controls,
    widget_key,
)

_COUNTS = (Standing.NOT_YET, Standing.MISTAKE, Standing.PASSED)


@dataclass(frozen=True)
class Visit:
    """Who reads what: the lesson, the station of it, and the way it is shown."""

    course: Course
    lesson: Lesson
    station: str
    presenting: bool

    @property
    def progress(self) -> Progress:
        """What has been done up to now: a presentation begins with nothing."""
        return (presentation_of if self.presenting else progress_of)(self.course)

    @property
    def record(self) -> LessonRecord:
        return self.progress.lesson(self.lesson.slug)

    @property
    def step_record(self) -> StepRecord:
        return self.record.step(self.station)

    @property
    def key(self) -> str:
        """What widgets are called by that keep nothing but what is chosen on the screen."""
        return f"{self.lesson.slug}-{self.station}{'-presented' if self.presenting else ''}"

    @property
    def is_known(self) -> bool:
        """Whether what was done before is known: until then nothing is news."""
        return self.presenting or is_restored()

    def emit(self, kind: type[Event], **fields: Any) -> None:
        """Say that something happened here."""
        emit(
            self.course,
            kind,
            self.presenting,
            lesson=self.lesson.slug,
            step=self.station,
            **fields,
        )


def show_lesson(course: Course, lesson: Lesson) -> None:
    """Draw the step of `lesson` that the address names."""
    visit = _visit(course, lesson)
    header = st.container(key="lesson-header", gap="xsmall")
    with explaining(course.glossary, lesson.slug, visit.station):
        if visit.station == QUIZ:
            announcement = _show_quiz(visit)
        else:
            announcement = _show_step(visit, lesson.step(visit.station))
    # Drawn last, because only now is it known what was passed.
    with header:
        _show_header(visit, announcement)


def _visit(course: Course, lesson: Lesson) -> Visit:
    presenting = address.is_presenting()
    known, station = slugs(lesson), address.step_in_address()
    if station not in known:
        last = (presentation_of if presenting else progress_of)(course).last
        is_here = last is not None and last[0] == lesson.slug and last[1] in known
        station = last[1] if last is not None and is_here else known[0]
        # Before the browser has answered, this may not be where the learner left off.
        if presenting or is_restored():
            address.go_to(station)
    visit = Visit(course, lesson, station, presenting)
    if visit.is_known and visit.progress.last != (lesson.slug, station):
        visit.emit(Opened)
    return visit


def _show_header(visit: Visit, announcement: str) -> None:
    number = [lesson.slug for lesson in visit.course.lessons].index(visit.lesson.slug) + 1
    before, after = neighbours(visit.lesson, visit.station)
    with st.container(horizontal=True, vertical_alignment="center", key="lesson-bar"):
        st.caption(f"Lesson {number} · {visit.lesson.title}", width="content")
        stepper(
            stations(visit.lesson, visit.record),
            # The quiz stands for itself.
            parts=[*((part.title, len(part.stops)) for part in visit.lesson.parts), ("", 1)],
            current=visit.station,
            announce=announcement,
            key=f"{visit.lesson.slug}-dots",
            on_go=address.go_to,
        )
        _step_button("Previous", before, "Ctrl+Left")
        _step_button("Next", after, "Ctrl+Right")
        _show_share()
        st.button(
            "Leave" if visit.presenting else "Present",
            key="present",
            icon=":material/slideshow:",
            type="tertiary",
            on_click=_present,
            args=(visit,),
        )


def _present(visit: Visit) -> None:
    """Begin a presentation or leave it; each side shows its own state. For callbacks."""
    begin_presentation(visit.course)
    address.present(not visit.presenting)
    if visit.station == QUIZ:
        forget_answers(visit.lesson)
    else:
        step = visit.lesson.step(visit.station)
        other = replace(visit, presenting=not visit.presenting)
        reset_controls(step.inputs, step.slug, other.step_record.values)


def _show_share() -> None:
    share = st.popover(
        "Share", icon=":material/link:", type="tertiary", key="share", on_change="rerun"
    )
    if share.open:
        with share:
            st.markdown(
                "This address holds the step, your prediction and every control. Whoever opens it "
                "sees what you see."
            )
            st.code(address.whole_address(), language=None, wrap_lines=True)


def _step_button(label: str, to: str | None, shortcut: str) -> None:
    st.button(
        label,
        key=label.lower(),
        type="tertiary",
        shortcut=shortcut,
        disabled=to is None,
        on_click=address.go_to,
        args=(to,),
    )


def _show_quiz(visit: Visit) -> str:
    """Draw the quiz; return what a screen reader should be told. What fails in it stays in it."""
    try:
        return show_quiz(visit.course, visit.lesson, visit.record, visit.progress.seed, visit.emit)
    except Exception as error:  # Whatever a question does wrong
        return show_failure(error, f"{visit.lesson.slug}/{QUIZ}", "This question")


def _show_step(visit: Visit, step: Step) -> str:
    """Draw a step; return what a screen reader should be told. What fails in it stays in it."""
    if visit.presenting:
        right, left = st.columns([8, 4], gap="large")
    else:
        left, right = st.columns([6, 7], gap="large")
    with right:
        above, work, below = st.container(), st.container(), st.container()
    with left:
        text = st.container(key="lesson-text")
    with saying_so(work):
        try:
            return _draw_step(visit, step, text, above, below)
        except Exception as error:  # Whatever a step does wrong
            with text:
                where = f"{visit.lesson.slug}/{step.slug}"
                return show_failed_step(error, where, partial(_begin_afresh, visit, step))


def _draw_step(
    visit: Visit, step: Step, text: DeltaGenerator, above: DeltaGenerator, below: DeltaGenerator
) -> str:
    said = _said(visit, step)
    with text:
        st.markdown(f"## {step.title}", anchors=False)
        show_prose(step.prose)
    values: Mapping[str, Value] = {}
    if said is not None or step.predict is None:
        values = _show_right(visit, step, *((below, above) if visit.presenting else (above, below)))
    else:
        if is_restored():
            with enter_frame():
                preload_plotly()
        with below:
            show_waiting()
            show_terms(step.tables)
    with text:
        if step.predict is not None and said is None:
            return ask_prediction(step, step.predict, visit.key, visit.presenting, visit.emit)
        if step.predict is not None and said is not None:
            show_verdict(step, step.predict, said)
        return spoken_standing(visit.step_record, _show_task(visit, step, values))


def _begin_afresh(visit: Visit, step: Step) -> None:
    """Forget what was said and set here, wherever it is kept. For callbacks."""
    visit.emit(Restarted)
    address.say(None)
    forget_choice(visit.key)
    reset_controls(step.inputs, step.slug, {})


def _said(visit: Visit, step: Step) -> str | None:
    """The prediction on show: from the address, else the one that was made before."""
    said = step.known_prediction(address.said_in_address())
    remembered = step.known_prediction(visit.step_record.said)
    if said is not None and said != remembered and visit.is_known:
        visit.emit(Predicted, said=said, own=False)
    said = said or remembered
    address.say(said)
    return said


def _show_right(
    visit: Visit, step: Step, controls: DeltaGenerator, exhibit: DeltaGenerator
) -> Mapping[str, Value]:
    record = visit.step_record
    if just_restored():
        recall_controls(step.inputs, step.slug, record.values)
    with controls:
        values = read_controls(step.controls, step.slug, record.values)
    with exhibit:
        show_exhibit(
            step.exhibit(values),
            f"{visit.lesson.slug}-{step.slug}",
            step.tables,
            _handle(step, values),
        )
    return values


def _handle(step: Step, values: Mapping[str, Value]) -> Handle | None:
    """The point that is dragged in this step's scatter plot, if there is one."""
    for name, control in step.controls.items():
        if isinstance(control, Point):
            key = widget_key(step.slug, name)
            return Handle(control, control.clean(values[name]), partial(move_point, control, key))
    return None


def _show_task(visit: Visit, step: Step, values: Mapping[str, Value]) -> Judgement:
    """The task, its answers, and where the learner stands with it by what is on the screen."""
    if step.task is None:
        _note(visit, step, values, Judgement(Standing.UNTOUCHED))
        return Judgement(Standing.UNTOUCHED)
    with st.container(border=True, key="task"):
        show_prose(f"**Your turn.** {step.fill(step.task.text)}")
        answers = read_controls(step.answers, step.slug, visit.step_record.values)
        chosen = {**values, **answers}
        judgement = step.judge(chosen)
        _note(visit, step, chosen, judgement)
        after = neighbours(visit.lesson, visit.station)[1]
        show_task(step, step.task, visit.step_record, judgement, after, visit.emit)
    return judgement


def _note(visit: Visit, step: Step, values: Mapping[str, Value], judgement: Judgement) -> None:
    """Say what was set, if it is something new, and whether that passes the task."""
    changed = {name: value for name, value in values.items() if value != step.defaults[name]}
    if changed != visit.step_record.values:
        visit.emit(
            Tried,
            values=tuple(sorted(changed.items())),
            counts=judgement.standing in _COUNTS,
            misconception=judgement.misconception,
        )
    if judgement.standing is Standing.PASSED and not visit.step_record.passed:
        visit.emit(Passed)
