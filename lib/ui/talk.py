"""The page where a talk is put together: which steps, in which order, for how many minutes."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from ..course import (
    MOST_STOPS,
    TALK_MINUTES,
    Course,
    StepAddress,
    Talk,
    minutes_of,
    plan,
)
from . import address
from .components.running_order import Entry, running_order
from .failing import guarded
from .pages import lesson_page
from .session import begin_presentation
from .sharing import offer_share
from .stage.revealing import hide_all
from .stage.route import talk_in_address

_LESSON, _MINUTES, _ADD, _ORDER = "talk-lesson", "talk-minutes", "talk-add", "talk-order"
_USUAL_MINUTES = 20


def show_talk(course: Course) -> None:
    """Draw the talk that the address holds, and what there is to be changed about it."""
    talk = talk_in_address(course, "You can begin one here.")
    with st.container(key="talk", width=760):
        st.markdown("## A talk", anchors=False)
        st.markdown(
            "Put together what you want to show: steps of one lesson or of several, in your order. "
            "The address of this page holds the talk. Keep it, and you find the talk again."
        )
        _ask_for_proposal(course, talk)
        if talk is not None:
            _show_time(course, talk)
            _show_steps(course, talk)


def _ask_for_proposal(course: Course, talk: Talk | None) -> None:
    titles = {lesson.slug: lesson.title for lesson in course.lessons}
    offered = TALK_MINUTES if talk is None else sorted({*TALK_MINUTES, talk.minutes})
    if talk is not None:
        st.session_state[_MINUTES] = talk.minutes

    def take_time() -> None:
        if talk is not None:
            address.hold_talk(replace(talk, minutes=st.session_state[_MINUTES]).written)

    def propose() -> None:
        lesson = course.lesson(st.session_state[_LESSON])
        address.hold_talk(plan(lesson, st.session_state[_MINUTES]).written)

    with st.container(horizontal=True, vertical_alignment="bottom", key="talk-proposal"):
        st.selectbox(
            "Lesson",
            list(titles),
            _number_of(course, talk),
            format_func=titles.__getitem__,
            key=_LESSON,
            required=True,
            filter_mode="contains",
            width=300,
        )
        st.segmented_control(
            "Minutes",
            offered,
            default=_USUAL_MINUTES,
            required=True,
            key=_MINUTES,
            on_change=guarded(take_time),
        )
        st.button(
            "Propose steps" if talk is None else "Propose others",
            type="primary" if talk is None else "secondary",
            key="talk-propose",
            on_click=guarded(propose),
        )


def _number_of(course: Course, talk: Talk | None) -> int:
    """The lesson to begin with: that of the talk, else the first."""
    first = course.lessons[0].slug if talk is None else talk.stops[0].lesson
    return [lesson.slug for lesson in course.lessons].index(first)


def _show_time(course: Course, talk: Talk) -> None:
    """How long the steps take, whether there is so much time, and what to do with them."""
    needed = sum(_minutes(course, stop) for stop in talk.stops)
    count = len(talk.stops)
    steps = "1 step" if count == 1 else f"{count} steps"
    with st.container(horizontal=True, vertical_alignment="center", key="talk-bar"):
        st.markdown(f"**{steps}, about {needed} of {talk.minutes} minutes.**", width="content")
        if st.button("Present", type="primary", icon=":material/slideshow:", key="talk-present"):
            _present(course, talk)
        offer_share(
            "This address holds the talk. Whoever opens it has a copy and can change it.",
            key="talk-share",
        )
    if needed > talk.minutes:
        over = needed - talk.minutes
        st.markdown(
            f":orange[That is about {over} {'minute' if over == 1 else 'minutes'} too long. Take a "
            "step out, or take more time.]"
        )


def _minutes(course: Course, stop: StepAddress) -> int:
    return minutes_of(course.lesson(stop.lesson))[stop.step]


def _show_steps(course: Course, talk: Talk) -> None:
    def keep(names: Sequence[str]) -> None:
        stops = tuple(StepAddress(*name.split(".")) for name in names)
        address.hold_talk(replace(talk, stops=stops).written if stops else None)

    running_order(
        [_entry(course, stop) for stop in talk.stops],
        label="The steps of the talk",
        key=_ORDER,
        on_order=keep,
    )
    _offer_to_add(course, talk)


def _entry(course: Course, stop: StepAddress) -> Entry:
    number = [lesson.slug for lesson in course.lessons].index(stop.lesson) + 1
    minutes = _minutes(course, stop)
    return Entry(
        ".".join(stop),
        _title(course, stop),
        f"Lesson {number} · about {minutes} {'minute' if minutes == 1 else 'minutes'}",
    )


def _title(course: Course, stop: StepAddress) -> str:
    return next(each.title for each in course.lesson(stop.lesson).stops if each.slug == stop.step)


def _offer_to_add(course: Course, talk: Talk) -> None:
    if len(talk.stops) == MOST_STOPS:
        st.caption(f"A talk has at most {MOST_STOPS} steps.")
        return

    def add() -> None:
        address.hold_talk(replace(talk, stops=(*talk.stops, st.session_state[_ADD])).written)
        st.session_state[_ADD] = None

    every = [
        StepAddress(lesson.slug, stop.slug) for lesson in course.lessons for stop in lesson.stops
    ]
    st.selectbox(
        "Add a step at the end",
        [stop for stop in every if stop not in talk.stops],
        None,
        format_func=lambda stop: f"{course.lesson(stop.lesson).title}: {_title(course, stop)}",
        key=_ADD,
        placeholder="From any lesson",
        filter_mode="contains",
        on_change=guarded(add),
        width=520,
    )


def _present(course: Course, talk: Talk) -> None:
    """Open the first step: a presentation begins with nothing done."""
    begin_presentation(course)
    hide_all()
    lesson, step = talk.stops[0]
    on_stage = {address.STEP: step, address.PRESENT: "1", address.TALK: talk.written}
    st.switch_page(lesson_page(lesson), query_params=on_stage)
