"""Speed: what r is, and what a pair is worth, against the clock."""

from lessons import COURSE
from lib.ui import show_speed

show_speed(COURSE)
