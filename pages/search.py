"""Search: where the course speaks of something."""

from lessons import COURSE
from lib.ui import show_search

show_search(COURSE)
