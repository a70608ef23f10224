"""The map: measures by kinds of columns, pitfalls with their cures."""

from lessons import COURSE
from lib.ui import show_map

show_map(COURSE)
