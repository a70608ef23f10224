"""Practice: exercises with fresh numbers, lesson by lesson or mixed."""

from lessons import COURSE
from lib.ui import show_practice

show_practice(COURSE)
