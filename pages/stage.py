"""A talk: which steps, in which order, for how many minutes."""

from lessons import COURSE
from lib.ui import show_stage

show_stage(COURSE)
