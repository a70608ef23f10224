"""The workshop on a screen."""

from workshop_lesson import COURSE, LESSON

from lib.ui import show_lesson
from lib.ui.frame import inside_frame
from lib.ui.session import keep_progress, restore_progress

restore_progress(COURSE)
with inside_frame():
    show_lesson(COURSE, LESSON)
keep_progress(COURSE)
