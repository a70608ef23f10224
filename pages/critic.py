"""The critic: what an honest reviewer would say of a heatmap's code."""

from lessons import COURSE
from lib.ui import show_critic

show_critic(COURSE)
