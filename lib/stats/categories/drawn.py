"""V, U and the correlation ratio of many tables at once: of rows in other orders, or drawn again.

Each function takes x and y as arrays of tables x rows, levels or numbers, without missing values,
and gives one number a table; NaN where it is undefined, as the function of two columns has it.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

from ..resampling import DrawnKind, OfTables, PairMeasure
from ..table import Floats, Integers, bounded, constant_columns

_ROUNDING = 1e-14


def _v_of_tables(x: Floats, y: Floats) -> Floats:
    """Cramér's V with Bergsma's correction."""
    counted = _Counted.of(x, y)
    rows, levels = x.shape[1], counted.levels
    expected = counted.expected
    with np.errstate(invalid="ignore"):
        terms = np.where(expected > 0, (counted.cells - expected) ** 2 / expected, 0.0)
    phi_square = terms.sum(axis=(1, 2)) / rows
    other_rows = max(rows - 1, 1)
    excess = phi_square - (levels - 1).prod(axis=0) / other_rows
    excess = np.where(excess < _ROUNDING * phi_square, 0.0, excess)
    room = ((levels - 1) * (rows - levels) / other_rows).min(axis=0)
    v = bounded(np.sqrt(excess / np.where(room > 0, room, np.inf)))
    return np.where(levels.min(axis=0) > 1, v, np.nan)


def _u_of_tables(x: Floats, y: Floats) -> Floats:
    """Theil's U: the share of x's entropy that knowing y removes."""
    counted = _Counted.of(x, y)
    rows = x.shape[1]
    of_x, of_y = (special.entr(totals / rows).sum(axis=1) for totals in counted.totals)
    of_both = special.entr(counted.cells / rows).sum(axis=(1, 2))
    entropy = np.where(counted.levels[0] > 1, of_x, np.nan)
    u = 1 - (of_both - of_y) / entropy
    # What rounding leaves of a U of 0 or 1.
    u = np.where(np.abs(u) < _ROUNDING, 0.0, np.where(np.abs(1 - u) < _ROUNDING, 1.0, u))
    return np.asarray(np.clip(u, 0.0, 1.0))


def _eta_of_tables(groups: Floats, values: Floats) -> Floats:
    """The correlation ratio of values within groups."""
    code, cells, shape = _coded(groups)
    counts = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)
    size = np.abs(values).max(axis=1, keepdims=True)
    centred = values / np.where(size > 0, size, 1.0)  # no square overflows
    for _ in range(2):  # a mean near 1e8 is itself rounded; the second pass removes what is left
        centred = centred - centred.mean(axis=1, keepdims=True)
    sums = np.bincount(cells, centred.ravel(), minlength=counts.size).reshape(shape)
    means = sums / np.maximum(counts, 1)
    between = (counts * means**2).sum(axis=1)
    within = ((centred - np.take_along_axis(means, code, axis=1)) ** 2).sum(axis=1)
    varies = ~constant_columns(values.T) & ((counts > 0).sum(axis=1) > 1)
    return bounded(np.sqrt(between / np.where(varies, between + within, np.nan)))


@dataclass(frozen=True, eq=False)
class _Counted:
    """Contingency tables: tables x levels of x x levels of y, and the levels that occur in each."""

    cells: Integers

    @classmethod
    def of(cls, x: Floats, y: Floats) -> "_Counted":
        _, of_x, (tables, levels_of_x) = _coded(x)
        code_of_y, _, (_, levels_of_y) = _coded(y)
        place = of_x * levels_of_y + code_of_y.ravel()
        shape = (tables, levels_of_x, levels_of_y)
        return cls(np.bincount(place, minlength=int(np.prod(shape))).reshape(shape))

    @property
    def totals(self) -> tuple[Integers, Integers]:
        """Of the levels of x, and of y: tables x levels."""
        return self.cells.sum(axis=2), self.cells.sum(axis=1)

    @property
    def levels(self) -> Integers:
        """How many levels of x and of y occur: 2 x tables."""
        return np.stack([(totals > 0).sum(axis=1) for totals in self.totals])

    @property
    def expected(self) -> Floats:
        of_x, of_y = self.totals
        rows = of_x.sum(axis=1)[:, np.newaxis, np.newaxis]
        return np.asarray(of_x[:, :, np.newaxis] * of_y[:, np.newaxis] / rows)


def _coded(levels: Floats) -> tuple[Integers, Integers, tuple[int, int]]:
    """The code of each level, and its place among tables x codes, flat; that shape."""
    occurring, code = np.unique(levels, return_inverse=True)
    shape = len(levels), len(occurring)
    return code, (code + shape[1] * np.arange(shape[0])[:, np.newaxis]).ravel(), shape


def _eta_of_kinds(x: DrawnKind, y: DrawnKind) -> OfTables | None:
    """Groups may come first or second; booleans are groups beside numbers, numbers beside groups.

    Two columns of booleans are both: eta is |r|, whichever are the groups.
    """
    groups, numbers = {"nominal", "ordinal", "boolean"}, {"numeric", "boolean"}
    if x in groups and y in numbers:
        return _eta_of_tables
    if x in numbers and y in groups:
        return lambda values, codes: _eta_of_tables(codes, values)
    return None


_LEVELS = "categories: make them with .astype('category')"

DRAWN_MEASURES = {
    "cramers_v": PairMeasure(lambda _, __: _v_of_tables, takes=_LEVELS),
    "theils_u": PairMeasure(lambda _, __: _u_of_tables, takes=_LEVELS, symmetric=False),
    "correlation ratio": PairMeasure(
        _eta_of_kinds,
        takes="one column of categories beside one of numbers: make categories of one with "
        ".astype('category')",
    ),
}
