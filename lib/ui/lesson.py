"""A lesson's page: one step at a time, what to read on the left, what to see on the right."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ..course import (
    QUIZ,
    Course,
    Event,
    Exhibit,
    Judgement,
    Lesson,
    LessonRecord,
    Opened,
    Passed,
    Point,
    Predicted,
    Prediction,
    Progress,
    Restarted,
    Standing,
    Step,
    StepAddress,
    StepRecord,
    Talk,
    Tried,
    Value,
    slugs,
    stations,
)
from . import address
from .components.stepper import stepper
from .corrections import note_correction
from .exhibit import show_exhibit, show_terms
from .failing import ASKED, guarded, show_failed_step, show_failure, take_failed
from .figures import Handle
from .frame import enter_frame
from .lab.address import offer_lab
from .layout import ASKING, GAP, PRESENTING, READING
from .prediction import ask_prediction, forget_choice, show_verdict
from .prose import explaining, show_prose
from .quiz import forget_answers, show_quiz
from .readings import show_readings, show_readings_to_come
from .room import keyring
from .room.on_stage import keep_up, offer_class
from .session import (
    begin_presentation,
    emit,
    is_restored,
    just_restored,
    presentation_of,
    progress_of,
)
from .sharing import offer_share
from .stage.bar import show_bar
from .stage.curtain import offer_reveal
from .stage.revealing import (
    Shown,
    asked_to_show,
    hide_all,
    hides_numbers,
    last_within,
    show,
    stages,
)
from .stage.route import (
    beside,
    go_to,
    place_in_talk,
    runs_of_talk,
    stations_of_talk,
    talk_in_address,
)
from .study.keeping import offer_keeping, offer_question
from .task import moved_in_task, show_help, show_standing, spoken_standing
from .waiting import saying_so, show_waiting
from .warm import preload_plotly
from .widgets import (
    move_point,
    read_controls,
    recall_controls,
    reset_controls,
    widget_key,
)

_FIRST = "The address names a step that this lesson does not have. Here is its first one."
_LEFT_OFF = "The address names a step that this lesson does not have. Here is where you left off."
_NO_ANSWER = "The address holds an answer that cannot be given here. It was left out."
_MOST_DOTS = 12
_COUNTS = (Standing.NOT_YET, Standing.MISTAKE, Standing.PASSED)


@dataclass(frozen=True)
class Visit:
    """Who reads what: the lesson, the station of it, and the way it is shown."""

    course: Course
    lesson: Lesson
    station: str
    presenting: bool
    talk: Talk | None = None
    """Whose order the presentation keeps to."""

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

    @property
    def after(self) -> StepAddress | None:
        """What comes next."""
        return beside(self.talk, self.lesson, self.station)[1]

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
    header = st.container(horizontal=True, vertical_alignment="center", key="lesson-bar")
    if visit.presenting and visit.station != QUIZ:
        # Before it is drawn: what is on the screen tells what the class is asked.
        keep_up(course, lesson, visit.station, _to_be_shown(visit))
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
    known = slugs(lesson)
    station = address.step_in_address(known)
    if station is None:
        last = (presentation_of if presenting else progress_of)(course).last
        is_here = last is not None and last[0] == lesson.slug and last[1] in known
        station = last[1] if last is not None and is_here else known[0]
        # Before the browser has answered, this may not be where the learner left off.
        if presenting or is_restored():
            if address.names_a_step():
                note_correction(_LEFT_OFF if is_here else _FIRST)
            address.go_to(station)
    talk = talk_in_address(course) if presenting else None
    visit = Visit(course, lesson, station, presenting, talk)
    if visit.is_known and visit.progress.last != (lesson.slug, station):
        visit.emit(Opened)
        _begin_with_kept_lines(visit)
    return visit


def _to_be_shown(visit: Visit) -> Shown:
    """How much of the step a presentation is about to show."""
    step = visit.lesson.step(visit.station)
    is_asking = step.predict is not None and visit.step_record.said is None
    return Shown.QUESTION if is_asking else asked_to_show(visit.lesson.slug, step.slug)


def _show_header(visit: Visit, announcement: str) -> None:
    number = [lesson.slug for lesson in visit.course.lessons].index(visit.lesson.slug) + 1
    before, after = beside(visit.talk, visit.lesson, visit.station)
    st.caption(f"Lesson {number} · {visit.lesson.title}", width="content")
    scene = f"{visit.station} {'asked' if visit.step_record.said is None else 'shown'}"
    if visit.talk is None:
        stepper(
            stations(visit.lesson, visit.record),
            label="Steps of this lesson",
            # The quiz stands for itself.
            parts=[*((part.title, len(part.stops)) for part in visit.lesson.parts), ("", 1)],
            current=visit.station,
            announce=announcement,
            scene=scene,
            key=f"{visit.lesson.slug}-dots",
            on_go=address.go_to,
        )
    else:
        _show_way(visit, visit.talk, announcement, scene)
    if not visit.presenting and visit.station != QUIZ:
        offer_keeping(visit.step_record, visit.key, visit.emit)
    _show_share(visit)
    if visit.presenting and visit.station != QUIZ:
        offer_class(visit.course, visit.lesson, visit.station)
        # What shows nothing has no place in a row.
        with enter_frame():
            keyring.tell(visit.course)
    st.button(
        "Leave" if visit.presenting else "Present",
        key="present",
        icon=":material/slideshow:",
        type="tertiary",
        on_click=guarded(_present),
        args=(visit,),
    )
    if visit.presenting:
        show_bar(visit.lesson, visit.station, visit.talk)
    _step_button(visit, "Previous", before, "Ctrl+Left", ":material/arrow_back:")
    _step_button(visit, "Next", after, "Ctrl+Right", ":material/arrow_forward:")


def _show_way(visit: Visit, talk: Talk, announcement: str, scene: str) -> None:
    """How far the talk is, and its steps: as many dots as a header has room for."""
    here = StepAddress(visit.lesson.slug, visit.station)
    has_room = len(talk.stops) <= _MOST_DOTS
    stepper(
        stations_of_talk(visit.course, talk, visit.progress) if has_room else [],
        label="Steps of this talk",
        parts=runs_of_talk(visit.course, talk) if has_room else [],
        current=".".join(here),
        place=place_in_talk(talk, here),
        announce=announcement,
        scene=f"{here.lesson} {scene}",
        key="talk-dots",
        on_go=lambda stop: go_to(here.lesson, StepAddress(*stop.split("."))),
    )


def _present(visit: Visit) -> None:
    """Begin a presentation or leave it; each side shows its own state. For callbacks."""
    begin_presentation(visit.course)
    hide_all()
    address.present(not visit.presenting)
    if visit.station == QUIZ:
        forget_answers(visit.lesson)
    else:
        step = visit.lesson.step(visit.station)
        other = replace(visit, presenting=not visit.presenting)
        reset_controls(step.inputs, step.slug, other.step_record.values)


def _show_share(visit: Visit) -> None:
    words = (
        "This address holds the step and every control, and neither the presentation nor what is "
        "revealed: whoever opens it predicts first."
        if visit.presenting
        else "This address holds the step, your prediction and every control. Whoever opens it "
        "sees what you see."
    )
    offer_share(
        words,
        key="share",
        more=partial(offer_question, f"{visit.lesson.title}, {visit.station}"),
        without=address.ON_STAGE if visit.presenting else (),
    )


def _step_button(
    visit: Visit, label: str, to: StepAddress | None, shortcut: str, icon: str
) -> None:
    """An arrow. lib.ui.style leaves its label to those who hear it, and hides the shortcut."""
    st.button(
        label,
        key=label.lower(),
        icon=icon,
        type="tertiary",
        shortcut=shortcut,
        disabled=to is None,
        on_click=guarded(go_to),
        args=(visit.lesson.slug, to),
    )


def _show_quiz(visit: Visit) -> str:
    """Draw the quiz; return what a screen reader should be told. What fails in it stays in it."""
    try:
        return show_quiz(visit.course, visit.lesson, visit.record, visit.progress.seed, visit.emit)
    except Exception as error:  # Whatever a question does wrong
        return show_failure(error, f"{visit.lesson.slug}/{QUIZ}", "This question")


def _show_step(visit: Visit, step: Step) -> str:
    """Draw a step; return what a screen reader should be told. What fails in it stays in it."""
    said = _said(visit, step)
    is_asking = said is None and step.predict is not None
    with st.container(key="step"):
        places = _places(visit.presenting, is_asking)
        failed, what, place = take_failed(), ASKED, places.standing
        drawn = ""
        with saying_so(places.work):
            try:
                drawn = _draw_step(visit, step, said, places)
            except Exception as error:  # Whatever a step does wrong
                failed, what, place = error, "This step, as it is set,", places.text
        if failed is None:
            return drawn
        with place:
            where = f"{visit.lesson.slug}/{step.slug}"
            return show_failed_step(failed, where, what, partial(_begin_afresh, visit, step))


@dataclass(frozen=True)
class _Places:
    """Where the parts of a step stand. On a phone lib.ui.style puts them in another order."""

    text: DeltaGenerator
    """What to read, what was said, the task."""
    controls: DeltaGenerator
    work: DeltaGenerator
    standing: DeltaGenerator
    """The readings, and where the learner stands once a control was moved: beside it."""
    exhibit: DeltaGenerator


def _places(presenting: bool, is_asking: bool) -> _Places:
    """What to read and what to see, side by side; in a presentation what to see comes first.

    What presents a question has nothing to show yet: the question stands where the eyes will be.
    """
    if presenting and not is_asking:
        right, left = st.columns(PRESENTING, gap=GAP)
    else:
        left, right = st.columns(ASKING if presenting else READING, gap=GAP)
    with right:
        controls, work = st.container(key="controls"), st.container()
        standing, exhibit = st.container(key="standing"), st.container(key="exhibit")
    with left:
        text = st.container(key="lesson-text")
    return _Places(text, controls, work, standing, exhibit)


def _draw_step(visit: Visit, step: Step, said: str | None, places: _Places) -> str:
    is_asking = step.predict is not None and said is None
    asked = asked_to_show(visit.lesson.slug, step.slug) if visit.presenting else Shown.TRUTH
    with places.text:
        st.markdown(f"## {step.title}", anchors=False)
        curtain = st.container(key="curtain") if visit.presenting else None
        has_read = said is not None and visit.step_record.predicted
        with st.container(key="prose-read" if has_read else "prose"):
            is_told = not visit.presenting or (asked == Shown.TRUTH and not is_asking)
            show_prose(step.prose if is_told else step.prose_before)
    if step.predict is not None and said is None:
        return _ask(visit, step, step.predict, places)
    values, seen = _show_right(visit, step, places, asked)
    if curtain is not None:
        with curtain:
            _offer_reveal(visit, step, step.exhibit(values), asked)
    if asked < Shown.TRUTH:
        _note(visit, step, values, Judgement(Standing.UNTOUCHED))
        return seen
    with places.text:
        if step.predict is not None and said is not None:
            is_open = not _has_moved(visit.step_record, step, values)
            show_verdict(step, step.predict, said, is_open=is_open, presenting=visit.presenting)
        judgement = _show_task(visit, step, values, places.standing)
    return " ".join(filter(None, (seen, spoken_standing(visit.step_record, judgement))))


def _offer_reveal(visit: Visit, step: Step, exhibit: Exhibit, asked: Shown) -> None:
    every = stages(step, exhibit)
    shown = last_within(asked, every)

    def turn_to(stage: Shown) -> None:
        if stage == Shown.QUESTION:
            _begin_afresh(visit, step)
        else:
            show(visit.lesson.slug, step.slug, stage)

    def go_on() -> None:
        if visit.after is not None:
            go_to(visit.lesson.slug, visit.after)

    offer_reveal(step, shown, every, turn_to=turn_to, go_on=go_on if visit.after else None)


def _ask(visit: Visit, step: Step, prediction: Prediction, places: _Places) -> str:
    if is_restored():
        with enter_frame():
            preload_plotly()
    if not visit.presenting:
        with places.exhibit:
            show_waiting()
            show_terms(step.tables)
    with places.exhibit if visit.presenting else places.text:
        return ask_prediction(step, prediction, visit.key, visit.presenting, visit.emit)


def _has_moved(record: StepRecord, step: Step, values: Mapping[str, Value]) -> bool:
    """Whether the learner has done something with the figure, now or earlier."""
    is_set = any(value != step.defaults[name] for name, value in values.items())
    return is_set or record.passed or record.attempts > 0


def _begin_afresh(visit: Visit, step: Step) -> None:
    """Forget what was said and set here, wherever it is kept. For callbacks."""
    visit.emit(Restarted)
    address.say(None)
    forget_choice(visit.key)
    reset_controls(step.inputs, step.slug, {})


def _said(visit: Visit, step: Step) -> str | None:
    """The prediction on show: from the address, else the one that was made before."""
    in_address = address.said_in_address()
    said = step.known_prediction(in_address)
    remembered = step.known_prediction(visit.step_record.said)
    # Before the browser has answered, this may be another step than the one that will stay.
    if visit.is_known:
        if said is None and in_address is not None:
            note_correction(_NO_ANSWER)
        if said is not None and said != remembered:
            visit.emit(Predicted, said=said, own=False)
        address.say(said or remembered)
    return said or remembered


def _show_right(
    visit: Visit, step: Step, places: _Places, asked: Shown
) -> tuple[Mapping[str, Value], str]:
    """Draw what is to be seen; return what is set, and what a screen reader should be told."""
    record = visit.step_record
    if just_restored():
        recall_controls(step.inputs, step.slug, record.values)
    with places.controls:
        values = read_controls(step.controls, step.slug, record.values)
    exhibit = step.exhibit(values)
    bare = asked < Shown.TRUTH and hides_numbers(asked, stages(step, exhibit))
    with places.standing:
        if bare:
            show_readings_to_come(exhibit)
        said = "" if bare else show_readings(exhibit, f"{visit.key}-readings")
    with places.exhibit:
        key = f"{visit.lesson.slug}-{step.slug}"
        show_exhibit(exhibit, key, step.tables, _handle(step, values), bare=bare)
        there = visit.lesson.in_the_lab(step, values)
        if there is not None and not visit.presenting:
            offer_lab(there, step.tables, f"{visit.lesson.slug}.{step.slug}")
    return values, said


def _handle(step: Step, values: Mapping[str, Value]) -> Handle | None:
    """The point that is dragged in this step's scatter plot, if there is one."""
    for name, control in step.controls.items():
        if isinstance(control, Point):
            key = widget_key(step.slug, name)
            return Handle(control, control.clean(values[name]), partial(move_point, control, key))
    return None


def _show_task(
    visit: Visit, step: Step, values: Mapping[str, Value], standing: DeltaGenerator
) -> Judgement:
    """The task and its answers; where the learner stands with it, beside what was moved last.

    That is under the answers or in `standing`, beside the controls.
    """
    if step.task is None:
        _note(visit, step, values, Judgement(Standing.UNTOUCHED))
        return Judgement(Standing.UNTOUCHED)
    with st.container(border=True, key="task"):
        show_prose(f"**Your turn.** {step.fill(step.task.text)}")
        answers = read_controls(step.answers, step.slug, visit.step_record.values)
        chosen = {**values, **answers}
        judgement = step.judge(chosen)
        _note(visit, step, chosen, judgement)
        # A place of its own: what comes and goes in it moves no button.
        under_answers = st.container()
        show_help(step, step.task, visit.step_record, judgement, visit.emit)
    is_there = moved_in_task(f"{visit.key}-moved", values, answers)
    with under_answers if is_there else standing:
        go_on = partial(go_to, visit.lesson.slug, visit.after) if visit.after else None
        show_standing(visit.step_record, judgement, go_on)
    return judgement


def _begin_with_kept_lines(visit: Visit) -> None:
    """Let a box show what was kept: it may have been left with lines that were not."""
    step = visit.lesson.step(visit.station) if visit.station != QUIZ else None
    if step is not None and step.writes:
        recall_controls(step.inputs, step.slug, visit.step_record.values)


def _note(visit: Visit, step: Step, values: Mapping[str, Value], judgement: Judgement) -> None:
    """Say what was set, if it is something new, and whether that passes the task."""
    if not step.is_kept(judgement, is_passed=visit.step_record.passed):
        return
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
