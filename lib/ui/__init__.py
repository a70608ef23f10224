"""The screen: the only part of lib that knows Streamlit."""

from lib.ui.frame import open_app
from lib.ui.home import show_home
from lib.ui.lesson import show_lesson
from lib.ui.progress_file import show_progress

__all__ = ["open_app", "show_home", "show_lesson", "show_progress"]
