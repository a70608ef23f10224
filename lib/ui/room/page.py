"""The page of a class: its door, or one of three views of the room that the address names."""

import streamlit as st

from lib.course import Course
from lib.room import Room, RoomError
from lib.ui.room import keyring
from lib.ui.room.address import View, leave_room, room_in_address, view_in_address
from lib.ui.room.door import show_door
from lib.ui.room.entering import find_room
from lib.ui.room.instructor import show_instructor
from lib.ui.room.learner import show_learner
from lib.ui.room.polling import wait_for_news
from lib.ui.room.projector import show_projector
from lib.ui.room.refusals import say_refusal, trying
from lib.ui.room.style import apply_class_style

_VIEWS = {
    View.LEARNER: show_learner,
    View.INSTRUCTOR: show_instructor,
    View.PROJECTOR: show_projector,
}


def show_class(course: Course) -> None:
    """Draw what the address names."""
    keyring.listen()
    code, view = room_in_address(), view_in_address()
    apply_class_style(is_projected=bool(code) and view is View.PROJECTOR)
    with st.container(key=f"class-{view}" if code else "class-door"):
        say_refusal()
        if code:
            _show_room(course, code, view)
        else:
            show_door()
    with st.container(key="class-keys", gap=None):
        keyring.tell(course)


def _show_room(course: Course, code: str, view: View) -> None:
    try:
        room = find_room(code)
    except RoomError as refused:
        _show_no_room(str(refused))
        return
    # Who this browser is, is known a moment later: nothing is asked of a stranger before.
    if view is View.PROJECTOR or keyring.is_known():
        _VIEWS[view](course, room)
    wait_for_news(room.code, room.version, room.is_ended)


def _show_no_room(sentence: str) -> None:
    st.markdown("## A class", anchors=False)
    st.warning(sentence, icon=":material/info:")
    st.button(
        "Type the code",
        type="primary",
        key="class-leave",
        on_click=trying(leave_room),
    )


