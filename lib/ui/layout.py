"""How a step shares the window between what is read and what is seen, and what a figure gets."""

from lib.ui import address
from lib.ui.session import room_of_window

READING, ASKING, PRESENTING = (5, 7.4), (6, 6), (8, 4)
"""Columns: text and figure; prose and question of a presentation; its figure and text."""
GAP = "medium"

# In pixels: what lib.ui.style leaves at each side of a page, and what "medium" is.
_MARGIN = {False: 36, True: 16}
_GAP = 32
# Streamlit's columns stand side by side in a window that is wider, sidebar included.
_STACKED = 640
_WIDEST = 1480
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


def shared(room: int, *, presenting: bool) -> int:
    """Of a page that is `room` pixels wide what its figures get, in steps."""
    is_stacked = room <= _STACKED
    content = min(room, _WIDEST) - 2 * _MARGIN[is_stacked]
    if not is_stacked:
        left, right = reversed(PRESENTING) if presenting else READING
        content = (content - _GAP) * right / (left + right)
    return int(content // _STEP * _STEP)
