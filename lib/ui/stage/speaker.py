"""The speaker's window: what to ask, what the room will say, how long it takes, what comes next."""

from collections.abc import Iterator, Mapping

import streamlit as st

from ...course import (
    QUIZ,
    Course,
    Lesson,
    Notes,
    Saying,
    StepAddress,
    Talk,
    minutes_of,
    notes_on,
    read_talk,
    slugs,
)
from .. import address
from ..components.speaker import speaker
from ..prose import explaining, show_prose
from .route import beside, yet_to_come

SPEAKER = "speaker"
"""The view of the stage that is the speaker's."""
_LESSON, _PRESENTATION = "lesson", "with"
_LONGEST_NAME = 40
_ALONE = (
    "This window goes with a presentation. Open a lesson, choose Present, and there "
    "**Open the speaker's window**."
)

# No sidebar: it is a tool beside the lesson, and every pixel is for the notes.
_STYLE = """
<style>
[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"] { display: none; }
[data-testid="stMainBlockContainer"] { max-width: 1480px; padding: 1rem 2.25rem 2rem; }
</style>
"""


def is_speakers() -> bool:
    """Whether the address asks for the speaker's window."""
    return st.query_params.get(address.VIEW) == SPEAKER


def show_speaker(course: Course) -> None:
    """Draw the notes on the step that is on the screen of the presentation, and what drives it."""
    st.html(_STYLE)
    stop, talk = _place(course)
    with st.container(key="speaker"):
        speaker(
            presentation=st.query_params.get(_PRESENTATION, "")[:_LONGEST_NAME],
            lesson=stop.lesson if stop else "",
            step=stop.step if stop else "",
            talk=talk.written if talk else "",
            key="speaker-drive",
            on_turn=_turn_to,
        )
        if stop is None:
            st.markdown(_ALONE)
        else:
            with explaining(course.glossary, stop.lesson, stop.step):
                _show_notes(course, stop, talk)


def _turn_to(lesson: str, step: str, talk: str) -> None:
    st.query_params[_LESSON] = lesson
    st.query_params[address.STEP] = step
    address.hold_talk(talk or None)


def _place(course: Course) -> tuple[StepAddress | None, Talk | None]:
    """The step that the address names, if there is one, and the talk that it is a part of."""
    lessons = {lesson.slug: lesson for lesson in course.lessons}
    lesson = lessons.get(st.query_params.get(_LESSON, ""))
    step = st.query_params.get(address.STEP, "")
    known = lesson is not None and step in slugs(lesson)
    stop = StepAddress(lesson.slug, step) if lesson is not None and known else None
    return stop, read_talk(course, address.talk_in_address() or "")


def _show_notes(course: Course, stop: StepAddress, talk: Talk | None) -> None:
    lesson = course.lesson(stop.lesson)
    if stop.step == QUIZ:
        st.markdown(f"## {lesson.title}: the quiz", anchors=False)
        show_prose("The quiz asks what the lesson was about. Each answer is told why.")
        _show_next(course, lesson, stop, talk)
        return
    notes = notes_on(course, stop)
    st.markdown(f"## {notes.title}", anchors=False)
    said, done = st.columns([7, 5], gap="large")
    with said:
        _show_question(notes)
    with done:
        _show_what_to_do(notes)
        _show_next(course, lesson, stop, talk)
        _show_task(notes)


def _show_question(notes: Notes) -> None:
    if not notes.question:
        show_prose("Nothing is asked here: the step begins with its figure.")
        return
    show_prose(f"**Ask.** {notes.question}")
    show_prose(f"**The answer is** {notes.truth}.")
    st.markdown("**What they may say**")
    for saying in notes.sayings:
        with st.container(border=True):
            show_prose("\n\n".join(_said(saying)))


def _said(saying: Saying) -> Iterator[str]:
    mark = ":green[**Right.**] " if saying.right else ""
    tempts = " · :orange[tempts]" if saying.tempting else ""
    yield f"{mark}*{saying.said}*{tempts}"
    if saying.belief:
        yield f"Behind it may be: {saying.belief}"
    yield f"Answer: {saying.feedback}"


def _show_what_to_do(notes: Notes) -> None:
    if notes.settings:
        st.markdown("**Set** " + _listed(notes.settings))
    if notes.readings:
        st.markdown(f"**{'Point at' if notes.is_seen else 'It reads'}** {_listed(notes.readings)}")
    if not notes.is_seen:
        show_prose("None of these is what was asked. **Reveal what is true** tells it.")


def _show_task(notes: Notes) -> None:
    if notes.task:
        show_prose(f"**Their turn.** {notes.task}")
    for number, hint in enumerate(notes.hints, 1):
        show_prose(f":gray[Hint {number} of {len(notes.hints)}.] {hint}")


def _listed(values: Mapping[str, str]) -> str:
    together = {
        label: value.replace(" %", "\N{NO-BREAK SPACE}%") for label, value in values.items()
    }
    return " · ".join(f"{label}: {value}" for label, value in together.items())


def _show_next(course: Course, lesson: Lesson, stop: StepAddress, talk: Talk | None) -> None:
    """How long this takes, how long what follows takes, and what it is."""
    here = _minutes(lesson, stop.step)
    following = yet_to_come(talk, lesson, stop.step)
    rest = sum(_minutes(course.lesson(each.lesson), each.step) for each in following)
    takes = f"This step takes about {_in_minutes(here)}." if here else ""
    if not following:
        show_prose(f"{takes} Nothing comes after it.".strip())
        return
    many = "1 step" if len(following) == 1 else f"{len(following)} steps"
    show_prose(f"{takes} Then {many}, about {_in_minutes(rest)}.".strip())
    after = beside(talk, lesson, stop.step)[1]
    if after is not None:
        show_prose(f"**Next:** {_title(course.lesson(after.lesson), after.step)}")


def _minutes(lesson: Lesson, step: str) -> int:
    return minutes_of(lesson).get(step, 0)


def _in_minutes(minutes: int) -> str:
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def _title(lesson: Lesson, station: str) -> str:
    return "The quiz" if station == QUIZ else lesson.step(station).title
