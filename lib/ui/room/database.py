"""What the server has once, for all sessions: the store of rooms, and what stands before it."""

import streamlit as st

from ...course import Course
from ...room import Store, throttle
from ...room.database import Database, default_address
from ...room.questions import Questions
from ...room.throttle import Limits, Throttle
from ...room.watch import Watch
from ..host import setting


@st.cache_resource(show_spinner=False)
def the_database() -> Database:
    """The store of rooms and of short addresses: where the host has set it, else on this disk."""
    return Database(setting("database") or default_address())


def the_store() -> Store:
    return the_database()


@st.cache_resource(show_spinner=False)
def the_watch() -> Watch:
    """What pages poll: it asks the store twice a second, whoever asks it.

    An instructor who polls once a second is so at most two behind, with a run between.
    """
    return Watch(the_store(), seconds=0.5)


@st.cache_resource(show_spinner=False)
def the_questions(_course: Course) -> Questions:
    """What can be asked, each computed once for all who answer it."""
    return Questions(_course)


@st.cache_resource(show_spinner=False)
def the_throttle() -> Throttle:
    """What slows down who tries codes."""
    return Throttle()


@st.cache_resource(show_spinner=False)
def the_joins() -> Limits:
    """How many may come into a room, by its code."""
    return Limits(
        burst=throttle.JOINS_AT_ONCE,
        a_minute=throttle.JOINS_A_MINUTE,
        said="Many are coming into this class at this moment.",
    )


_MANY_ROOMS = "Many rooms have been opened from here."


@st.cache_resource(show_spinner=False)
def the_rooms_of_session() -> Limits:
    """How many rooms a session may open."""
    return Limits(burst=throttle.ROOMS_AT_ONCE, a_minute=throttle.ROOMS_A_MINUTE, said=_MANY_ROOMS)


@st.cache_resource(show_spinner=False)
def the_rooms_of_address() -> Limits:
    """How many rooms an address may open; all that are unknown are one."""
    return Limits(
        burst=throttle.ROOMS_OF_ADDRESS_AT_ONCE,
        a_minute=throttle.ROOMS_OF_ADDRESS_A_MINUTE,
        said=_MANY_ROOMS,
    )
