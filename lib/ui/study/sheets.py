"""Sheets: what remains of each lesson on one page, to be read here or printed."""

from functools import partial

import streamlit as st

from ...course import Course, Lesson
from ...study.sheet_page import sheet_page


def show_sheets(course: Course) -> None:
    """The moral of every lesson, each with its sheet."""
    for number, lesson in enumerate(course.lessons, 1):
        sheet = course.sheets.get(lesson.slug)
        if sheet is not None:
            st.markdown(f"### {number} · {lesson.title}\n\n{sheet.moral}", anchors=False)
            offer_sheet(course, lesson)


def offer_sheet(course: Course, lesson: Lesson) -> None:
    """The sheet of a lesson as a file, where it has one."""
    sheet = course.sheets.get(lesson.slug)
    if sheet is None:
        return
    st.download_button(
        "The lesson on one page",
        partial(sheet_page, lesson, sheet, course.title),
        f"{lesson.slug}-sheet.html",
        "text/html",
        key=f"sheet-{lesson.slug}",
        icon=":material/print:",
        on_click="ignore",
    )
