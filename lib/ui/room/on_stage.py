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
"""The rounds that were on this screen while their truth was not.

A stage that is loaded anew begins with its truth hidden, so it finds them again.
"""


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
            args=(room, key, question),
        )
        return
    if not is_revealed:
        _hidden().add((room.code, room.round.number))
    elif room.round.phase is not Phase.REVEALED:
        _reveal(room, key)
    with st.container(key="class-on-stage", width="content"):
        show_count(room.code, room.round, is_short=True)
    st.link_button(
        "The class",
        room_address(room.code, View.INSTRUCTOR),
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
    the_store().ask(room.code, key, question.asked, now=time.time())
    the_watch().forget(room.code)


def _reveal(room: Room, key: str) -> None:
    """Reveal it to the class, too, unless its truth was on the screen before it was asked."""
    assert room.round is not None
    if (room.code, room.round.number) not in _hidden():
        return
    try:
        the_store().turn(room.code, key, Phase.REVEALED, now=time.time())
    except RoomError as refused:
        st.caption(str(refused))
    the_watch().forget(room.code)


def _hidden() -> set[tuple[str, int]]:
    hidden: set[tuple[str, int]] = st.session_state.setdefault(_HIDDEN, set())
    return hidden
