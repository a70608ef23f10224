"""The workshop on a screen."""

from workshop_lesson import COURSE, LESSON

from lib.ui import show_lesson
from lib.ui.session import keep_progress, restore_progress

restore_progress(COURSE)
show_lesson(COURSE, LESSON)
keep_progress(COURSE)
