"""How a heatmap on the screen shares its panel's pixels among names, cells and colour bar."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from .names import letters, title_of
from .screen import PHONE, WIDE, label_width, longest_name, text_pixels

if TYPE_CHECKING:
    from .heatmap import Heatmap

SMALLEST_TEXT = 9
"""The smallest type that can be read on a screen, in pixels."""

BAR_HEIGHT = 44
"""The pixels of a colour bar with its labels and the room around them.

Plotly sets as many aside. Were they fewer here, the map would begin lower than its figure says.
"""

_LARGEST_TEXT = 14
LARGEST_CELL = 64
"""The most pixels of a cell's side."""
# Where the height is short, cells are lower than wide: by so much at most in a map of squares.
_FLATTEST = 2.2
_LOWEST_CELL = 2.0
FITTINGS = 6
"""How often a map is drawn lower at most, until it fits a height."""
RIGHT = 12
FOOT = 8
"""The pixels below the names of columns."""
_TITLE = 22
HIGH_ENOUGH = 1.1
"""How much higher than its name's type a row is at least if every row is named."""
# A digit of a text is about half as wide as the type is high.
_DIGIT = 0.55


class Room(NamedTuple):
    """The pixels of a heatmap's parts.

    - ``across``, ``down``: a cell's width and height.
    - ``left``, ``below``: what the names of rows and of columns take.
    - ``panel``: all that there is from left to right.
    - ``name_size``: of the names' type.
    - ``longest``: the letters of a name beyond which it loses its middle.
    - ``number_size``: of the numbers' type; None where they have no room.
    """

    across: float
    down: float
    left: float
    below: float
    panel: float
    name_size: int
    longest: int
    number_size: float | None

    @property
    def is_square(self) -> bool:
        """Whether the cells are squares, and stay so in any panel."""
        return self.across == self.down

    @property
    def for_cells(self) -> float:
        """What the names leave from left to right."""
        return self.panel - self.left - RIGHT


def room_for(heatmap: Heatmap, width: float | None, height: float | None = None) -> Room:
    """The room in a panel of so many pixels.

    None where the width is not known: room for a laptop, with numbers that a phone can hold.
    ``height`` is the most that the whole figure may take.

    Squares where rows and columns are about as many: the picture of pairs has two equal sides.
    Elsewhere cells take what there is, so that a few rows of a hundred columns are no strip.

    >>> from . import Heatmap
    >>> room = room_for(Heatmap(pd.DataFrame(0.5, range(3), range(120))), 540)
    >>> room.across < 5 < 40 < room.down
    True
    """
    panel = WIDE if width is None else width
    size, longest = name_size(heatmap), longest_name(panel, height)
    left = beside(heatmap.values.index, size, longest)
    phone = None if width is not None else PHONE - left - RIGHT
    room = room_in(heatmap, panel, left, longest, phone)
    # Lower cells may be narrower, and then the names below them take another turn.
    for _ in range(FITTINGS):
        over = 0 if height is None else height_of(heatmap, room) - height
        if over <= 0:
            break
        lowest = room.down - over / heatmap.shape[0]
        room = room_in(heatmap, panel, left, longest, phone, lowest)
    return room


def height_of(heatmap: Heatmap, room: Room) -> float:
    """The pixels of the whole figure from top to bottom."""
    return above(heatmap, room.for_cells) + heatmap.shape[0] * room.down + room.below + FOOT


def above(heatmap: Heatmap, space: float) -> float:
    """What stands over a map that has so much space from left to right: its colour bar."""
    return bar_for(heatmap, space).height if heatmap.colour_bar else 10


def room_in(
    heatmap: Heatmap,
    panel: float,
    left: float,
    longest: int,
    phone: float | None = None,
    low: float = LARGEST_CELL,
) -> Room:
    """The room in a panel in which the names of rows take ``left`` pixels.

    ``phone`` is what the cells may have at least on another screen, where that is not known.
    ``low`` is the most that a cell may have from top to bottom.
    """
    rows, columns = heatmap.shape
    space = max(panel - left - RIGHT, 40)
    across = min(LARGEST_CELL, space / columns)
    down = min(LARGEST_CELL, max(400 / rows, 0.75 * panel / rows, min(18, 900 / rows)))
    low = max(low, _LOWEST_CELL)
    if max(rows, columns) <= 2 * min(rows, columns):
        side = min(across, down)
        down = min(side, low)
        across = side if down == side else min(across, _FLATTEST * down)
    down = min(down, low)
    narrow = across if phone is None else min(across, phone / columns)
    size = name_size(heatmap)
    return Room(
        across,
        down,
        left,
        below(heatmap.values.columns, size, longest, across),
        panel,
        size,
        longest,
        number_size(heatmap, across, down, narrow),
    )


def name_size(heatmap: Heatmap) -> int:
    """The size of the names' type, in pixels."""
    return 12 if max(heatmap.shape) <= 20 else 10


def beside(names: pd.Index, size: float, longest: int) -> float:
    """What the names of rows take, and their title."""
    return label_width(names, size, longest) + 10 + _title(names)


def below(names: pd.Index, size: float, longest: int, across: float) -> float:
    """What the names of columns take, level, slanted or upright."""
    labels = label_width(names, size, longest)
    if are_level(names, size, longest, across):
        labels = size
    elif across >= 1.5 * size:
        labels = 0.72 * labels + size
    return labels + 10 + _title(names)


def are_level(names: pd.Index, size: float, longest: int, across: float) -> bool:
    """Whether the names of columns stand beside each other, with a gap between them."""
    return bool(label_width(names, size, longest) <= across - 4)


def _title(names: pd.Index) -> float:
    return 0 if title_of(names) is None else _TITLE


def _digits(text: str) -> int:
    """How many digits are as wide as a text: a star is twice as wide as one.

    >>> _digits("0.68★") - _digits("0.68")
    2
    """
    return letters(text) + text.count("★")


def number_size(heatmap: Heatmap, across: float, down: float, phone: float) -> float | None:
    longest = max((_digits(text) for text in set(heatmap.texts.ravel().tolist())), default=0)
    if not longest:
        return None

    def fitting(width: float) -> float:
        return (width - 3) / (_DIGIT * longest)

    if fitting(across) < SMALLEST_TEXT or down < SMALLEST_TEXT + 2:
        return None
    return min(max(fitting(min(across, phone)), SMALLEST_TEXT), _LARGEST_TEXT, down - 2)


class Bar(NamedTuple):
    """A colour bar's length, what stands before it, and the lines of what its colours mean."""

    length: float
    before: float
    lines: tuple[str, ...]
    is_beside: bool

    @property
    def height(self) -> float:
        """What it takes above the map."""
        return BAR_HEIGHT + (0 if self.is_beside else 16 * len(self.lines))


def bar_for(heatmap: Heatmap, space: float) -> Bar:
    """The bar above a map that has so much space from left to right.

    Its meaning stands beside it, or above it in as many lines as it needs.
    """
    labels = [text_pixels(label) for label in heatmap.bar_labels]
    length = max(min(140, 0.55 * space), sum(labels) / 2 + 8)
    before = labels[0] / 2 + 4
    words = heatmap.bar_words
    is_beside = before + length + 14 + text_pixels(words) <= space
    lines = (words,) if is_beside else tuple(wrap(words, max(10, int(space / 6.5))))
    return Bar(length, before, lines, is_beside)
