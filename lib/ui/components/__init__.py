"""Components of our own, each a few lines of plain JavaScript without a build step."""

from lib.ui.components.guess import guess_map
from lib.ui.components.history import one_entry_a_screen
from lib.ui.components.point import point_plot
from lib.ui.components.stepper import stepper
from lib.ui.components.storage import browser_storage

__all__ = ["browser_storage", "guess_map", "one_entry_a_screen", "point_plot", "stepper"]
