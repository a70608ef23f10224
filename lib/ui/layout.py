"""How a step shares the window between what is read and what is seen, and what a figure gets."""

from typing import Final, NamedTuple

from . import address
from .session import height_of_window, room_of_window

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

SIZES = (0.85, 1.0, 1.15, 1.3, 1.5)
"""How large the type of a presentation may be made, beside its usual size."""

# A wide projector has larger type, by lib.ui.style: header, readings and controls are higher there.
_WIDE_PROJECTOR = 1600
_AROUND_PROJECTED = {False: 344, True: 424}
_ENLARGED = {False: (1.25, 1.0), True: (1.5, 1.25, 1.0)}
_LOWEST_PROJECTED = 300


class Projection(NamedTuple):
    """What a projector leaves a figure.

    - ``height``: its pixels from top to bottom.
    - ``enlarged``: by how much its type is larger than on a laptop; the first that has room.
    """

    height: int
    enlarged: tuple[float, ...]


def size_of_type() -> float:
    """The size that the presenter has chosen, by the address; the usual one else."""
    named = {f"{size:g}": size for size in SIZES}
    return named.get(address.size_in_address() or "", 1.0)


def enlarged() -> float:
    """By how much type is larger than on a laptop: in a presentation.

    That of controls, which a presenter cannot make larger.
    """
    if not address.is_presenting():
        return 1.0
    return projection_in(room_of_window(), height_of_window()).enlarged[0]


def projected() -> Projection:
    """What the window leaves a figure in a presentation."""
    return projection_in(room_of_window(), height_of_window(), size_of_type())


def projection_in(room: int, height: int, size: float = 1) -> Projection:
    """What a window of so many pixels leaves a figure, between the readings and the controls.

    `size` is what the presenter makes of the type. Where it has no room, the next smaller one may.

    Examples
    --------
    >>> projection_in(1280, 720)
    Projection(height=360, enlarged=(1.25, 1.0))
    """
    is_wide = room >= _WIDE_PROJECTOR
    pixels = max(height - _AROUND_PROJECTED[is_wide], _LOWEST_PROJECTED)
    most, *usual = _ENLARGED[is_wide]
    larger = [most * each for each in reversed(SIZES) if 1 <= each <= size] or [most * size]
    return Projection(pixels // _STEP * _STEP, (*larger, *usual))


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


def is_stacked() -> bool:
    """Whether the window is so narrow that columns follow each other."""
    return room_of_window() <= _STACKED


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
