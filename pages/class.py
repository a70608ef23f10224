"""A class: a room in which everybody answers on a device of their own."""

from lessons import COURSE
from lib.ui import show_class

show_class(COURSE)
