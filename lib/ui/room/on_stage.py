"""A class beside a lesson that is presented: its question asked with one button, in the header."""

import time

import streamlit as st

from ...course import Course, Lesson
from ...room import Phase, Room
from ...room.question import Question
from ..failing import note_failure
from ..stage.revealing import Shown
from . import keyring
from .address import View, room_address
from .counting import show_count
from .database import the_questions, the_store, the_watch
from .polling import look
from .refusals import trying

_SCREEN, _LEAST = "class-screen-on-stage", "class-least-on-stage"
"""What was drawn last, and by vote the least of its step that was on the screen meanwhile."""

_FOLLOWS = {Shown.NUMBERS: Phase.CLOSED, Shown.TRUTH: Phase.REVEALED}
"""How far a round is at least once this comes on the screen: numbers tell an answer."""


def keep_up(course: Course, lesson: Lesson, station: str, shown: Shown) -> None:
    """Bring what a class was asked as far as the step that is about to be drawn.

    Its vote is closed before the numbers are on the screen, and with the truth its round is
    revealed. What was on the screen already when the vote began has another end. Whatever becomes
    of the room, the lesson goes on.
    """
    keyring.listen()
    here = (lesson.slug, station)
    *before, shown_before = st.session_state.get(_SCREEN, (*here, shown))
    st.session_state[_SCREEN] = (*here, shown)
    # Another step was on the screen: of this one there was nothing.
    shown_before = shown_before if tuple(before) == here else Shown.QUESTION
    try:
        _keep_up(course, lesson, station, shown_before, shown)
    except Exception as error:  # Whatever the database does
        note_failure(error, "class/stage")


def _keep_up(course: Course, lesson: Lesson, station: str, before: Shown, shown: Shown) -> None:
    if before < shown:
        # A vote that was opened a moment ago counts, too.
        for code, entry in keyring.entries().items():
            if entry.key:
                the_watch().forget(code)
    found = _open_room()
    if found is None or found[0].round is None:
        return
    room, key, round = *found, found[0].round
    asked_here = {each.asked for each in the_questions(course).of_step(lesson.slug, station)}
    if round.asked not in asked_here:
        return
    votes: dict[tuple[str, int, int], Shown] = st.session_state.setdefault(_LEAST, {})
    vote = (room.code, round.number, round.vote)
    votes[vote] = least = min(before, shown, votes.get(vote, shown))
    due = [phase for stage, phase in _FOLLOWS.items() if least < stage <= shown]
    order = list(Phase)
    if due and order.index(round.phase) < order.index(due[-1]):
        try:
            the_store().turn(room.code, key, due[-1], seen=round, now=time.time())
        finally:
            the_watch().forget(room.code)


def offer_class(course: Course, lesson: Lesson, station: str) -> None:
    """In a browser that holds a room's key: ask its class what this step asks."""
    try:
        _offer(course, lesson, station)
    except Exception as error:  # Whatever the database does
        note_failure(error, "class/stage")


def _offer(course: Course, lesson: Lesson, station: str) -> None:
    found = _open_room()
    if found is None:
        return
    room, key = found
    question = next(iter(the_questions(course).of_step(lesson.slug, station)), None)
    if question is None:
        return
    if room.round is None or room.round.asked != question.asked:
        st.button(
            "Ask the class",
            key="ask-the-class",
            icon=":material/campaign:",
            type="tertiary",
            on_click=trying(_ask),
            args=(room, key, question),
        )
        return
    with st.container(key="class-on-stage", width="content"):
        show_count(room.code, room.round, is_short=True)
    st.link_button(
        "The class",
        room_address(room.code, View.INSTRUCTOR, ticket=room.ticket),
        key="to-the-class",
        icon=":material/groups:",
        type="tertiary",
    )


def _open_room() -> tuple[Room, str] | None:
    """The newest room of this browser that is open, and its key."""
    for code, entry in reversed(keyring.entries().items()):
        room = look(code) if entry.key and entry.until > time.time() else None
        if room is not None and not room.is_ended:
            return room, entry.key
    return None


def _ask(room: Room, key: str, question: Question) -> None:
    try:
        the_store().ask(room.code, key, question.asked, seen=room.round, now=time.time())
    finally:
        the_watch().forget(room.code)
