"""A class beside a lesson that is presented: its question asked with one button, in the header."""

import time

import streamlit as st

from lib.course import Course, Lesson
from lib.room import Phase, Room, RoomError
from lib.room.question import Question
from lib.ui.failing import note_failure
from lib.ui.room import keyring
from lib.ui.room.address import View, room_address
from lib.ui.room.counting import show_count
from lib.ui.room.database import the_questions, the_store, the_watch
from lib.ui.room.polling import look
from lib.ui.room.refusals import trying

_HIDDEN = "class-hidden-on-stage"
"""The rounds that were asked while their truth was not on the screen."""


def offer_class(course: Course, lesson: Lesson, station: str, *, is_revealed: bool) -> None:
    """In a browser that holds a room's key: ask its class what this step asks.

    Once the step's truth `is_revealed` on the screen, it is revealed in the room. Whatever becomes
    of the room, the lesson goes on.
    """
    keyring.listen()
    try:
        _offer(course, lesson, station, is_revealed=is_revealed)
    except Exception as error:  # Whatever the database does
        note_failure(error, "class/stage")
    keyring.tell(course)


def _offer(course: Course, lesson: Lesson, station: str, *, is_revealed: bool) -> None:
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
            args=(room, key, question, is_revealed),
        )
        return
    if is_revealed and room.round.phase is not Phase.REVEALED:
        _reveal(room, key)
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


def _ask(room: Room, key: str, question: Question, is_revealed: bool) -> None:
    store, watch = the_store(), the_watch()
    try:
        store.ask(room.code, key, question.asked, seen=room.round, now=time.time())
    finally:
        watch.forget(room.code)
    asked = look(room.code)
    if not is_revealed and asked is not None and asked.round is not None:
        _hidden().add((room.code, asked.round.number))


def _reveal(room: Room, key: str) -> None:
    """What was asked while it was hidden; what was on the screen before has another end."""
    assert room.round is not None
    if (room.code, room.round.number) not in _hidden():
        return
    try:
        the_store().turn(room.code, key, Phase.REVEALED, seen=room.round, now=time.time())
    except RoomError as refused:
        st.caption(str(refused))
    the_watch().forget(room.code)


def _hidden() -> set[tuple[str, int]]:
    hidden: set[tuple[str, int]] = st.session_state.setdefault(_HIDDEN, set())
    return hidden
