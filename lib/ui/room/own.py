"""A question of the instructor's own."""

from collections.abc import Callable

import streamlit as st

from lib.course import Course


def choose_own(course: Course, ask: Callable[[str], None]) -> None:
    st.caption("Soon.")
