"""What a class held, and how its votes moved: to read, and to take away."""

import streamlit as st

from lib.course import Course
from lib.room import Room


def offer_digest(course: Course, room: Room) -> None:
    if room.round is None:
        return
