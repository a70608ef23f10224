"""The course map, and where you left off."""

from lessons import COURSE
from lib.ui import show_home

show_home(COURSE)
