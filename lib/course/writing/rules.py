"""What a call may cost: its cells and its work, foreseen from what it is given."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pandas as pd

from .refused import Refused
from .sizes import (
    COLUMN,
    by_matrix,
    cells,
    clashes,
    levels,
    shape,
    text_columns,
    together,
    wanted_shape,
    width,
)


@dataclass(frozen=True)
class Call:
    """A call that is about to be made; `subject` is what a method belongs to, else None."""

    name: str
    subject: Any
    arguments: tuple[Any, ...]
    keywords: Mapping[str, Any]

    @property
    def values(self) -> tuple[Any, ...]:
        """All that goes in."""
        own = () if self.subject is None else (self.subject,)
        return (*own, *self.arguments, *self.keywords.values())

    @property
    def first(self) -> Any:
        """What the call is about."""
        return next(iter(self.values), None)

    def argument(self, place: int, *names: str, default: Any = None) -> Any:
        """An argument by its place or by one of its names."""
        if len(self.arguments) > place:
            return self.arguments[place]
        given = [self.keywords[name] for name in names if name in self.keywords]
        return given[0] if given else default


Cost: TypeAlias = Callable[[Call], tuple[int, int]]
"""Cells of the result and units of work; Refused where that cannot be foreseen."""


@dataclass(frozen=True)
class Rule:
    """How something may be called.

    cost         what it takes
    numbers      whether what goes in must be numbers
    most         how many arguments may come without a name
    keywords     those that only this call may have
    """

    cost: Cost
    numbers: bool = False
    most: int = 2
    keywords: frozenset[str] = field(default_factory=frozenset)


def each(factor: int = 5) -> Cost:
    """A few units for every cell of what goes in, combined."""

    def cost(call: Call) -> tuple[int, int]:
        axis = call.argument(1, "axis", default="columns")
        size = together(*call.values, axis=axis)
        return size, factor * size + COLUMN * sum(map(width, call.values))

    return cost


def own(factor: int = 5) -> Cost:
    """The same, where only what the call is about has cells that count.

    Its arguments are single values: a list of them would make a table for each.
    """

    def cost(call: Call) -> tuple[int, int]:
        if any(cells(value) > 1 for value in call.values[1:]):
            raise Refused(f"`{call.name}` takes single numbers here.")
        size = cells(call.first)
        return size, factor * size + COLUMN * width(call.first)

    return cost


def several(call: Call) -> tuple[int, int]:
    """What is computed once for every part of an argument, as quantiles are."""
    size = cells(call.first)
    made = width(call.first) * max(cells(value) for value in call.values[1:] or (1,))
    return max(size, made), 20 * (size + made * math.isqrt(size)) + COLUMN * width(call.first)


def rounded(call: Call) -> tuple[int, int]:
    """Decimals are counted down one by one, so that many take for ever."""
    decimals = call.argument(0 if call.subject is not None else 1, "decimals", default=0)
    if not isinstance(decimals, int) or abs(decimals) > 15:
        raise Refused("`round` takes a number of decimals up to 15.")
    return own()(call)


def differenced(call: Call) -> tuple[int, int]:
    times = call.argument(1, "n", default=1)
    if not isinstance(times, int) or not 0 <= times <= 5:
        raise Refused("`np.diff` can be taken up to five times here.")
    return own(20)(call)


def pairs(call: Call) -> tuple[int, int]:
    """Every column with every other."""
    table, other = call.first, call.argument(0 if call.subject is not None else 1, "y", "other")
    if isinstance(table, pd.DataFrame) and call.subject is not None:
        rows, columns = table.shape
    else:
        size = shape(table)
        # NumPy has the variables in rows, or wherever rowvar says.
        rows, columns = (sum(size), 1) if len(size) < 2 else (min(size), max(size))
    columns += width(other) if other is not None and not isinstance(other, str) else 0
    factor = 2
    method = call.keywords.get("method", call.argument(0))
    match method if isinstance(method, str) else None:
        case "spearman":
            factor = 40
        case "kendall":
            return columns**2, columns**2 * (5000 + 40 * rows)
    return columns**2, factor * max(rows, 1) * columns**2 + COLUMN * columns


def matrix_product(call: Call) -> tuple[int, int]:
    one, other = call.values[:2] if len(call.values) > 1 else (call.first, call.first)
    return by_matrix(one, other)


def solved(call: Call) -> tuple[int, int]:
    """Linear algebra on one small matrix."""
    size = shape(call.first)
    if len(size) != 2:
        raise Refused(f"`{call.name}` takes a matrix with rows and columns.")
    return max(size) ** 2, 10 * size[0] * size[1] * min(size)


def outer(call: Call) -> tuple[int, int]:
    size = math.prod(cells(value) for value in call.values)
    return size, size


def shaped(call: Call) -> tuple[int, int]:
    """An array of a shape that is asked for."""
    size = wanted_shape(call.argument(0, "shape"))
    return size, size


def squared(call: Call) -> tuple[int, int]:
    """A square of as many rows as all numbers together, or as something has; of one a part."""
    side = sum(abs(int(value)) for value in call.values if isinstance(value, int | float))
    given = shape(call.first)
    if call.name in ("np.diag", "np.triu", "np.tril") and len(given) > 1:
        size = cells(call.first)
    else:
        size = max(side + max(given, default=0), 1) ** 2
    return size, 5 * size


def ranged(call: Call) -> tuple[int, int]:
    """As many numbers as `range` or `np.arange` make."""
    if not call.values or not all(isinstance(value, int | float) for value in call.values):
        raise Refused(f"`{call.name}` takes single numbers.")
    numbers = [float(value) for value in call.values]
    start, stop = (0.0, numbers[0]) if len(numbers) == 1 else (numbers[0], numbers[1])
    step = numbers[2] if len(numbers) > 2 else 1.0
    size = int(min(abs((stop - start) / step), 1e12)) + 1 if step else 1
    return size, 5 * size


def spaced(call: Call) -> tuple[int, int]:
    if not all(isinstance(value, int | float) for value in call.values):
        raise Refused(f"`{call.name}` takes single numbers.")
    size = int(call.argument(2, default=50))
    return size, size


def binned(call: Call) -> tuple[int, int]:
    """Into so many intervals, or between such ends."""
    bins = call.argument(1, "bins", "q", default=10)
    if (bins if isinstance(bins, int | float) else cells(bins)) > 1000:
        raise Refused("A thousand intervals are enough here.")
    size = cells(call.first)
    return size, 50 * size + 100 * (int(bins) if isinstance(bins, int) else cells(bins))


def reindexed(call: Call) -> tuple[int, int]:
    table = call.subject
    index = call.argument(0, "index", "labels")
    columns = call.keywords.get("columns")
    rows = len(table) if index is None else cells(index)
    if call.keywords.get("axis") in (1, "columns"):
        rows, columns = max(rows, len(table)), index
    across = width(table) if columns is None else max(cells(columns), width(table))
    work = sum(map(clashes, _keys(call)))
    return rows * across, 10 * rows * across + COLUMN * across + work


def concatenated(call: Call) -> tuple[int, int]:
    """As many rows and columns as all parts have together."""
    parts = call.first
    if not isinstance(parts, list | tuple):
        raise Refused(f"`{call.name}` takes a list of tables: `[one, other]`.")
    if len(parts) > 20:
        raise Refused(f"`{call.name}` takes twenty tables at most here.")
    size = sum(map(cells, parts))
    if call.name == "concat":
        size = sum(map(_rows, parts)) * sum(map(width, parts))
    return size, 10 * size + COLUMN * sum(map(width, parts))


def _rows(value: Any) -> int:
    return (shape(value) or (1,))[0]


def framed(call: Call) -> tuple[int, int]:
    """A table of parts: as long as all of them where their rows differ, as wide as they are many.

    A single value is put into every cell.
    """
    data = call.argument(0, "data", default=())
    index, columns = call.argument(1, "index"), call.keywords.get("columns")
    parts = list(data.values()) if isinstance(data, dict) else data
    if isinstance(parts, list | tuple):
        across = len(parts) if isinstance(data, dict) else max([1, *map(cells, parts)])
        down = sum({id(getattr(part, "index", None)): _rows(part) for part in parts}.values())
        down = max([down, len(parts) if isinstance(data, list) else 1, *map(_rows, parts)])
    else:
        down, across = _rows(data), (*shape(data), 1, 1)[1]
    down = max(down, cells(index) if index is not None else 0)
    across = max(across, cells(columns) if columns is not None else 0)
    if call.name == "Series":
        across = 1
    down, across = max(down, 1), max(across, 1)
    return down * across, 20 * down * across + COLUMN * across


def crossed(call: Call) -> tuple[int, int]:
    if len(call.arguments) < 2:
        raise Refused("`pd.crosstab` takes two columns: `pd.crosstab(one, other)`.")
    if any(isinstance(key, list | tuple) for key in call.arguments):
        raise Refused("`pd.crosstab` takes two single columns here.")
    size = levels(*call.arguments)
    work = 100 * sum(map(cells, call.arguments)) + sum(map(clashes, call.arguments))
    return size, work + 50 * size + 20_000


def dummies(call: Call) -> tuple[int, int]:
    data, columns = call.first, call.keywords.get("columns")
    if isinstance(data, pd.DataFrame):
        named = text_columns(data) if columns is None else [c for c in columns if c in data]
        across = width(data) + sum(levels(data[name]) for name in named)
    else:
        across = levels(data)
    return _rows(data) * across, 10 * _rows(data) * across + 2 * COLUMN * across


def unstacked(call: Call) -> tuple[int, int]:
    index = call.subject.index
    if index.nlevels < 2:
        return each(20)(call)
    size = math.prod(len(level) for level in index.levels) * width(call.subject)
    return size, 20 * size + COLUMN * size // max(len(index.levels[0]), 1)


def stacked(call: Call) -> tuple[int, int]:
    if call.subject.columns.nlevels > 1:
        raise Refused("`stack` works on a table with one row of names here.")
    return each(20)(call)


def pivoted(call: Call) -> tuple[int, int]:
    table, names = call.subject, [call.keywords.get(side) for side in ("index", "columns")]
    if not all(isinstance(name, str) and name in table for name in names):
        raise Refused(f"`{call.name}` takes `index=` and `columns=`, each the name of a column.")
    values = call.keywords.get("values")
    across = 1 if isinstance(values, str) else width(table)
    size = levels(*(table[name] for name in names)) * across
    work = 100 * cells(table) + sum(clashes(table[name]) for name in names)
    return size, work + 50 * size + 20_000


def resampled(call: Call) -> tuple[int, int]:
    """A year has 53 weeks at most, and a week is the shortest rule."""
    rules = ("YE", "YS", "QE", "QS", "ME", "MS", "W")
    if call.argument(0, "rule") not in rules:
        raise Refused(f"`resample` takes one of {', '.join(map(repr, rules))} here.")
    index = call.subject.index
    if not isinstance(index, pd.DatetimeIndex) or not len(index):
        return 1, 1
    weeks = (index.max() - index.min()).days // 7 + 2
    size = max(weeks, len(index)) * width(call.subject)
    return size, 10 * size


def grouped(factor: int, of_group: int = 20) -> Cost:
    """Work on every cell, and something for every group."""

    def cost(call: Call) -> tuple[int, int]:
        table = call.subject.obj
        across = width(table)
        size = max(cells(table), call.subject.ngroups * across)
        size *= max([1, *map(cells, call.values[1:])])
        work = factor * size + of_group * call.subject.ngroups + 10 * COLUMN * across
        return size, work

    return cost


def grouped_pairs(call: Call) -> tuple[int, int]:
    table, groups = call.subject.obj, call.subject.ngroups
    size = groups * width(table) ** 2
    return size, 2 * cells(table) * width(table) + 20 * size + 20_000 * groups


def windowed(factor: int) -> Cost:
    def cost(call: Call) -> tuple[int, int]:
        size = together(call.subject.obj, *call.arguments, *call.keywords.values())
        return size, factor * size + 4 * COLUMN * width(call.subject.obj)

    return cost


def windowed_pairs(call: Call) -> tuple[int, int]:
    table, other = call.subject.obj, call.argument(0, "other")
    columns = width(table) ** 2 if other is None else width(table) * width(other)
    return _rows(table) * columns, (40 * _rows(table) + 20_000) * columns


def gathered(call: Call) -> tuple[int, int]:
    """What Python does one by one, on single values."""
    value = call.first
    if isinstance(value, pd.DataFrame) and call.name not in ("len", "list"):
        raise Refused(
            f"`{call.name}` works on a list or a column. A table has methods: `.sum()`, `.max()`."
        )
    if isinstance(value, list | tuple) and call.name in ("sum", "min", "max", "sorted"):
        for part in value:
            if cells(part) > 1 or text_columns(part):
                raise Refused(f"`{call.name}` takes a list of single numbers here.")
    if call.name == "sum" and (text_columns(value) or any(cells(v) > 1 for v in call.values[1:])):
        raise Refused("`sum` takes single numbers here.")
    size = sum(map(cells, call.values))
    return size, 10 * size


def tested(call: Call) -> tuple[int, int]:
    """Two columns that a test of SciPy takes."""
    if any(len(shape(value)) > 1 for value in call.values):
        raise Refused(f"`{call.name}` takes two single columns here.")
    if call.keywords.get("method") == "exact" and cells(call.first) > _MOST_EXACT:
        raise Refused(
            f"`{call.name}` counts exactly up to {_MOST_EXACT} rows. Leave `method` out: for more "
            "it has an approximation that is as good."
        )
    return each(200)(call)


def looked_up(call: Call) -> tuple[int, int]:
    """Every part of what goes in is looked up, or sorted, once."""
    sizes = [cells(value) for value in call.values]
    return max(sizes, default=0), 60 * sum(sizes) + COLUMN * width(call.first)


def hashed(call: Call) -> tuple[int, int]:
    """The same, with keys that were computed to meet in one place."""
    size, work = looked_up(call)
    return size, work + sum(map(clashes, _keys(call)))


def _keys(call: Call) -> Iterator[Any]:
    """What is looked up: the columns or labels that are named, else all that goes in."""
    table = call.subject
    match call.name:
        case "groupby" | "set_index":
            named = call.argument(0, "by", "keys")
            for name in named if isinstance(named, list) else [named]:
                is_column = isinstance(table, pd.DataFrame) and isinstance(name, str)
                yield table[name] if is_column and name in table else name
        case "drop" | "rename" | "reindex":
            yield from call.values[1:]
        case "describe" if isinstance(table, pd.DataFrame):
            is_mixed = map(pd.api.types.is_object_dtype, table.dtypes)
            yield table.iloc[:, [at for at, mixed in enumerate(is_mixed) if mixed]]
        case "replace" if all(cells(value) < 2 for value in call.values[1:]):
            return
        case _:
            yield from call.values


def counted(call: Call) -> tuple[int, int]:
    """How often each occurs; in a table each combination, of categories each that there may be."""
    table = call.subject
    size, work = hashed(call)
    if isinstance(table, pd.DataFrame):
        kinds = [kind for kind in table.dtypes if isinstance(kind, pd.CategoricalDtype)]
        size = max(size, math.prod(max(len(kind.categories), 1) for kind in kinds))
    return size, work + 50 * size


def member(call: Call) -> tuple[int, int]:
    """`np.isin` compares each with each where they are no numbers."""
    size, work = hashed(call)
    if any(map(text_columns, call.values)) or any(isinstance(v, list) for v in call.values):
        work += 2 * math.prod(map(cells, call.values[:2]))
    return size, work


_ROW_BY_ROW = ("corrwith", "nunique", "agg", "transform")
_MOST_EXACT = 100


_GLUEING = ("sum", "prod", "cumsum", "cumprod")


def reductions(call: Call) -> set[str]:
    """What a method of groups computes of each, by name."""
    asked = call.argument(0, "func", "aggfunc") if call.name in _BY_NAME else call.name
    return set(asked) if isinstance(asked, list | tuple) else {str(asked)}


_BY_NAME = ("agg", "transform", "pivot_table")


def glues(call: Call) -> bool:
    """Whether it would put words behind each other, where it is given any."""
    return not reductions(call).isdisjoint(_GLUEING)


def across_rows(call: Call) -> int:
    """The work of what pandas does row by row in Python: some of its methods, and words."""
    table = call.subject
    if not isinstance(table, pd.DataFrame):
        return 0
    if call.name == "transpose":
        return len(table) * COLUMN if text_columns(table) else 0
    axis = call.keywords.get("axis", call.arguments[0] if call.arguments else 0)
    if isinstance(axis, bool) or not isinstance(axis, int | str) or axis not in (1, "columns"):
        return 0
    if call.name in _ROW_BY_ROW:
        if len(table) > 500:
            raise Refused(
                f"`{call.name}` with `axis=1` goes row by row, which takes long in so many. "
                "Take 500 rows at most, or compute down the columns."
            )
        return len(table) * 20 * COLUMN // 2
    return len(table) * COLUMN if text_columns(table) and "axis" in call.keywords else 0
