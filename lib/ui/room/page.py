"""The page of a class: its door, or one of three views of the room that the address names."""

import streamlit as st

from ...course import Course
from ...room import RoomError
from . import keyring
from .address import View, enter_room, leave_room, room_in_address, view_in_address
from .door import show_door
from .entering import find_room
from .instructor import show_instructor
from .learner import show_learner
from .own import has_just_come
from .polling import forget_said, wait_for_news
from .projector import show_projector
from .refusals import say_refusal, trying
from .style import apply_class_style

_VIEWS = {
    View.LEARNER: show_learner,
    View.INSTRUCTOR: show_instructor,
    View.PROJECTOR: show_projector,
}


def show_class(course: Course) -> None:
    """Draw what the address names."""
    keyring.listen()
    if not room_in_address() and keyring.is_known() and has_just_come():
        _go_to_own_room()
    code, view = room_in_address(), view_in_address()
    apply_class_style(is_projected=bool(code) and view is View.PROJECTOR)
    with st.container(key=f"class-{view}" if code else "class-door"):
        say_refusal()
        try:
            if code:
                _show_room(course, code, view)
            else:
                show_door()
        except RoomError as refused:
            _show_refused(str(refused))
    with st.container(key="class-keys", gap=None):
        keyring.tell(course)


def _show_room(course: Course, code: str, view: View) -> None:
    room = find_room(code)
    forget_said()
    # Who this browser is, is known a moment later: nothing is asked of a stranger before.
    if view is View.PROJECTOR or keyring.is_known():
        _VIEWS[view](course, room)
    # The desk asks by itself, with all that is live on it.
    if view is not View.INSTRUCTOR:
        wait_for_news(room)


def _go_to_own_room() -> None:
    """Whoever brings something to ask and has a room is at its desk at once."""
    rooms = [code for code, entry in keyring.entries().items() if entry.key]
    if rooms:
        enter_room(rooms[-1], View.INSTRUCTOR)


def _show_refused(sentence: str) -> None:
    """No room of this code, or no database: what can be done about it."""
    st.markdown("## A class", anchors=False)
    st.warning(sentence, icon=":material/info:")
    with st.container(horizontal=True):
        st.button("Try again", key="class-retry")
        st.button("Type the code", key="class-leave", on_click=trying(leave_room))
