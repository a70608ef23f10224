"""Cards: what you met in the lessons, asked again when it is about to be forgotten."""

from lessons import COURSE
from lib.ui import show_cards

show_cards(COURSE)
