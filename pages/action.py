"""Lesson four."""

from lessons import COURSE
from lib.ui import show_lesson

show_lesson(COURSE, COURSE.lesson("action"))
