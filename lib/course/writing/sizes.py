"""How large a result will be, and how much work it takes, before anything is computed.

A unit of work is what a cell costs in the simplest case, some tens of nanoseconds.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .refused import Refused

MOST_CELLS = 100_000
"""Of one table or array, however it comes about; the largest that a step needs has 90,600."""
MOST_ROWS = 10_000
"""Of a table or a column, and as many columns: pandas looks their names up one by one."""
MOST_LETTERS = 200
"""Of a text, wherever it stands."""
MOST_PARTS = 10_000
"""Of a list, with all that lies in it."""
MOST_WORK = 8_000_000
"""Of all lines together: a third of a second where every unit costs what it may."""

COLUMN = 500
"""Units that pandas spends on a column, however short it is."""

Array: TypeAlias = NDArray[Any]

TOO_LARGE = f"This would make more than {MOST_CELLS:,} cells. A smaller table will do."


def cells(value: Any) -> int:
    """How many cells a table has, how many parts a list with all that lies in it; else 1."""
    match value:
        case pd.DataFrame() | pd.Series() | pd.Index() | np.ndarray() | pd.Categorical():
            return volume(value.shape) * _thickness(getattr(value, "dtype", None))
        case range():
            return len(value)
        case list() | tuple() | dict():
            return _parts(value)
        case _:
            return 1


def volume(sides: Iterable[int]) -> int:
    """Cells by the sides; one of no length counts as one: NumPy makes the others all the same."""
    return math.prod(max(side, 1) for side in sides)


def _thickness(kind: Any) -> int:
    """How many numbers have room in one cell: NumPy gives each text the room of the longest."""
    return max(kind.itemsize // 8, 1) if getattr(kind, "kind", "") in ("U", "S") else 1


def _parts(value: Any) -> int:
    """Those of a list, tuple or dict, an empty one being a part as well; counted no further than
    the most that is allowed."""
    count, open_parts = 0, [value]
    while open_parts and count <= MOST_CELLS:
        part = open_parts.pop()
        match part:
            case dict() | list() | tuple() if not part:
                count += 1
            case dict():
                open_parts += [*part.keys(), *part.values()]
            case list() | tuple():
                open_parts += part
            case _:
                count += cells(part)
    return count


def shape(value: Any) -> tuple[int, ...]:
    """As NumPy broadcasts it."""
    match value:
        case pd.DataFrame() | pd.Series() | pd.Index() | np.ndarray() | pd.Categorical():
            return tuple(value.shape)
        case list() | tuple() | range() | dict():
            inner = [shape(part) for part in value] if not isinstance(value, range | dict) else []
            longest = max(inner, key=len, default=())
            return (len(value), *longest)
        case _:
            return ()


def together(*values: Any, axis: Any = "columns") -> int:
    """How many cells there are at most when these are combined, cell by cell."""
    tables = [value for value in values if isinstance(value, pd.DataFrame | pd.Series)]
    most = max([cells(value) for value in values], default=0)
    for number, one in enumerate(tables):
        for other in tables[:number]:
            most = max(most, _aligned(one, other, axis))
    try:
        spread = volume(np.broadcast_shapes(*(shape(value) for value in values)))
    except ValueError:  # NumPy says it better, once it is asked
        spread = 0
    return max(most, spread)


def _aligned(one: pd.DataFrame | pd.Series, other: pd.DataFrame | pd.Series, axis: Any) -> int:
    if isinstance(one, pd.Series) and isinstance(other, pd.Series):
        return _joined(one.index, other.index)
    if isinstance(one, pd.DataFrame) and isinstance(other, pd.DataFrame):
        return _joined(one.index, other.index) * _joined(one.columns, other.columns)
    frame, series = (one, other) if isinstance(one, pd.DataFrame) else (other, one)
    assert isinstance(frame, pd.DataFrame)
    if axis in (0, "index"):
        return _joined(frame.index, series.index) * frame.shape[1]
    return len(frame) * _joined(frame.columns, series.index)


def _joined(one: pd.Index, other: pd.Index) -> int:
    """How many labels there are at most when pandas matches these."""
    if one is other or one.equals(other):
        return len(one)
    if not (one.is_unique and other.is_unique):
        raise Refused(
            "Two tables are matched by the names of their rows, and here some rows share a name."
        )
    return len(one) + len(other)


def width(value: Any) -> int:
    """How many columns pandas works through."""
    return value.shape[1] if isinstance(value, pd.DataFrame) else 1


def text_columns(value: Any) -> list[str]:
    """The columns that do not hold numbers, truth values or times; of a column without a name,
    what it is."""
    match value:
        case pd.DataFrame():
            kinds = zip(value.columns, value.dtypes, strict=True)
            return [str(name) for name, kind in kinds if _is_text(kind)]
        case pd.Series() | pd.Index() | np.ndarray() | pd.Categorical() if _is_text(value.dtype):
            return [str(getattr(value, "name", None) or "this one")]
        case _:
            return []


def _is_text(kind: Any) -> bool:
    return bool(
        isinstance(kind, pd.CategoricalDtype)
        or not (pd.api.types.is_numeric_dtype(kind) or getattr(kind, "kind", "O") in "biufmM")
    )


def levels(*keys: Any) -> int:
    """How many combinations of what these columns may hold there are at most."""
    return math.prod(max(1, _held(key)) for key in keys)


def _held(key: Any) -> int:
    """How many different ones; of categories all that are declared, whether they occur or not."""
    kind = getattr(key, "dtype", None)
    if isinstance(kind, pd.CategoricalDtype):
        return len(kind.categories)
    values = np.ravel(key)
    if len(values) > MOST_ROWS:
        return len(values)
    if values.dtype.kind in "biuf":
        return 1 + int(np.count_nonzero(np.diff(np.sort(values))))
    return len(values) if clashes(values) else pd.Series(values).nunique()


def clashes(keys: Any) -> int:
    """The work of looking up keys of which all meet in one place of pandas' table.

    Numbers can be computed so that they do. Whole numbers of four bytes cannot, nor words.
    """
    match keys:
        case pd.DataFrame():
            return sum(clashes(keys.iloc[:, place]) for place in range(keys.shape[1]))
        case pd.Series() | pd.Index() | np.ndarray() if _may_meet(keys):
            return cells(keys) ** 2 // 12
        case list() | tuple() | dict():
            return cells(keys) ** 2 // 12
        case _:
            return 0


def _may_meet(keys: pd.Series | pd.Index | Array) -> bool:
    if isinstance(keys, pd.RangeIndex | pd.MultiIndex) or not len(keys):
        return False
    match getattr(keys.dtype, "kind", ""):
        case "i" | "u":
            values = np.asarray(keys)
            return bool(values.max() >= 2**32 or values.min() < -(2**32))
        case "O" if keys.dtype == object:
            return not {type(key) for key in np.ravel(np.asarray(keys))} <= {str}
        case kind:
            return kind in ("f", "c")


def texts(value: Any) -> Iterator[Array]:
    """The arrays of a table or array in which anything but numbers and times stands."""
    match value:
        case pd.DataFrame():
            yield from texts(value.index)
            yield from texts(value.columns)
            for place in range(value.shape[1]) if text_columns(value) else ():
                yield from _of_words(value.iloc[:, place])
        case pd.Series():
            yield from texts(value.index)
            yield from _of_words(value)
        case pd.MultiIndex():
            for level in value.levels:
                yield from texts(level)
        case pd.Index() | np.ndarray() | pd.Categorical():
            yield from _of_words(value)


def _of_words(value: Any) -> Iterator[Array]:
    if isinstance(value.dtype, pd.CategoricalDtype):
        yield from _of_words(value.dtype.categories)
    elif _is_text(value.dtype):
        yield np.ravel(np.asarray(value, dtype=object))


def letters(value: Any) -> int:
    """Those of the longest text in it."""
    match value:
        case str():
            return len(value)
        case list() | tuple() | dict():
            parts = value.values() if isinstance(value, dict) else value
            return max(map(letters, parts), default=0)
        case _:
            found = (len(one) for part in texts(value) for one in part if isinstance(one, str))
            return max(found, default=0)


def by_matrix(one: Any, other: Any) -> tuple[int, int]:
    """Cells and work of a matrix product."""
    left, right = shape(one) or (1,), shape(other) or (1,)
    across = right[-1] if len(right) > 1 else 1
    down = left[0] if len(left) > 1 else 1
    return max(down * across, 1), max(down * across, 1) * max(left[-1], 1)


def wanted_shape(given: Any) -> int:
    """How many cells an array of this shape has; Refused for what is no shape."""
    sides = given if isinstance(given, tuple | list) else (given,)
    if not all(isinstance(side, int | np.integer) for side in sides):
        raise Refused("A shape is a whole number, or two of them in brackets: `(3, 4)`.")
    return volume(int(side) for side in sides)
