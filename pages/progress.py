"""Progress: what you did, to download and to load."""

from lessons import COURSE
from lib.ui import show_progress

show_progress(COURSE)
