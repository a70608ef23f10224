"""How a step shares the window between what is read and what is seen, and what a figure gets."""

from typing import Final

from lib.ui import address
from lib.ui.session import room_of_window

READING, ASKING, PRESENTING = (5, 7.4), (6, 6), (8, 4)
"""Columns: text and figure; prose and question of a presentation; its figure and text."""
GAP: Final = "medium"

# In pixels: what lib.ui.style leaves at each side of a page, and what "medium" is.
_MARGIN = {False: 36, True: 16}
_GAP = 32
# Streamlit's columns stand side by side in a window that is wider, sidebar included.
_STACKED = 640
_WIDEST = 1480
_DIALOG, _AROUND_DIALOG = 700, 80
# A drawing is remembered for each width, so there are few of them.
_STEP = 20


def panel_width() -> int:
    """The pixels across that a step's figures have together, or a little less.

    Examples
    --------
    >>> shared(1044, presenting=False), shared(390, presenting=False)
    (560, 340)
    >>> shared(1280, presenting=True)
    780
    """
    return shared(room_of_window(), presenting=address.is_presenting())


def dialog_width() -> int:
    """The pixels across that a figure has in a dialog."""
    return int(min(room_of_window() - _AROUND_DIALOG, _DIALOG) // _STEP * _STEP)


def shared(room: int, *, presenting: bool) -> int:
    """Of a page that is `room` pixels wide what its figures get, in steps."""
    is_stacked = room <= _STACKED
    content = min(room, _WIDEST) - 2 * _MARGIN[is_stacked]
    left, right = (PRESENTING[1], PRESENTING[0]) if presenting else READING
    pixels = content if is_stacked else (content - _GAP) * right / (left + right)
    return int(pixels // _STEP * _STEP)
