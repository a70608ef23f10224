"""The contingency tables of all pairs of columns at once, and what follows from their cells."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse, special

from ..correlation import Weights
from ..table import Booleans, Floats, Grid, Integers, bounded
from .noncentral import of_chi_square

# An occupied cell costs about 150 bytes on the way.
_CELLS_AT_ONCE = 1_000_000
_ROUNDING = 1e-14


@dataclass(frozen=True, eq=False)
class Side:
    """Arrays of a map's shape about one column of each pair: the row's, or the column's.

    `entropy` is in nats, and `remaining_entropy` what knowing the other column leaves of it.
    `squares`, `products` and `remaining_squares` are means over the rows of the logarithm of the
    level's share squared, of its product with that of the share within the other column's level,
    and of the latter squared.
    """

    levels: Integers
    entropy: Floats
    remaining_entropy: Floats
    squares: Floats
    products: Floats
    remaining_squares: Floats

    @property
    def u(self) -> Floats:
        """Theil's U: the share of the column's entropy that the other column removes."""
        return np.maximum(1 - self.remaining_entropy / self._varying_entropy, 0)

    def u_error(self, n: Integers | Floats) -> Floats:
        """U's standard error by the delta method; NaN where it vanishes, at U of 0 or 1."""
        entropy, remaining = self._varying_entropy, self.remaining_entropy
        largest = entropy**2 * self.remaining_squares
        variance = largest - 2 * entropy * remaining * self.products + remaining**2 * self.squares
        variance = np.where(variance > _ROUNDING * largest, variance, np.nan)
        return np.asarray(np.sqrt(variance / np.maximum(n, 1)) / entropy**2)

    @property
    def _varying_entropy(self) -> Floats:
        return np.where(self.levels > 1, self.entropy, np.nan)


@dataclass(frozen=True, eq=False)
class Contingency:
    """Arrays of a map's shape about the tables of its pairs, each over the rows that it shares.

    Attributes
    ----------
    n
        The rows that count: those that frequencies stand for, or a survey's effective ones.
    chi_square, smallest_expected
        Of so many rows. NaN where there is nothing to test, and for a column beside itself.
    row, column
        What concerns the row's column and what concerns the column's column.
    same
        Cells of a column beside itself.
    """

    n: Integers | Floats
    chi_square: Floats
    smallest_expected: Floats
    row: Side
    column: Side
    same: Booleans

    @cached_property
    def freedom(self) -> Integers:
        """Degrees of freedom of chi-square; 0 where there is nothing to test."""
        freedom = np.maximum(self.row.levels - 1, 0) * np.maximum(self.column.levels - 1, 0)
        return np.where(self.same, 0, freedom)

    @property
    def p(self) -> Floats:
        """P-values of the chi-square test, without Yates' correction."""
        return np.asarray(special.chdtrc(self._tested_freedom, self.chi_square), dtype=np.float64)

    @property
    def v(self) -> Floats:
        """Cramér's V."""
        return bounded(np.sqrt(self._phi_square / self._largest_phi_square))

    @property
    def corrected_v(self) -> Floats:
        """Cramér's V with Bergsma's correction."""
        other_rows = np.maximum(self.n - 1, 1)
        excess = self._phi_square - self.freedom / other_rows
        # The root of a difference that is rounding only, 1e-16, would be a V of 1e-8.
        excess = np.where(excess < _ROUNDING * self._phi_square, 0, excess)
        # Bergsma's corrected number of levels, less 1. Where it is 0, there are as many levels as
        # rows, and nothing in excess of chance.
        room, beside = (
            (side.levels - 1) * (self.n - side.levels) / other_rows
            for side in (self.row, self.column)
        )
        room = np.minimum(room, beside)
        return bounded(np.sqrt(excess / np.where(room > 0, room, np.inf)))

    def v_interval(self, confidence: float) -> tuple[Floats, Floats]:
        """Both ends for V of the population, from noncentral chi-squares."""
        ends = of_chi_square(self.chi_square, self._tested_freedom, confidence)
        phi_square = np.maximum(self.n, 1) * self._largest_phi_square
        low, high = (np.minimum(np.sqrt(end / phi_square), 1) for end in ends)
        return low, high

    def u_interval(self, side: Side, confidence: float) -> tuple[Floats, Floats]:
        """Both ends for a side's U by its standard error, cut off at 0 and 1; NaN at 0 and 1."""
        u = np.where(self.same, np.nan, side.u)
        reach = special.ndtri((1 + confidence) / 2) * side.u_error(self.n)
        return np.maximum(u - reach, 0), np.minimum(u + reach, 1)

    @property
    def _tested_freedom(self) -> Floats:
        return np.where(self.freedom > 0, self.freedom, np.nan)

    @property
    def _phi_square(self) -> Floats:
        return self.chi_square / np.maximum(self.n, 1)

    @property
    def _largest_phi_square(self) -> Integers:
        return np.asarray(np.maximum(np.minimum(self.row.levels, self.column.levels) - 1, 1))


def contingency(
    codes: Floats, grid: Grid, n: Integers | Floats, weights: Weights | None
) -> Contingency:
    """The tables of a map's pairs of columns, from n x k codes: whole numbers, NaN where missing.

    So many rows of each pair count as n says.

    Every level of every column gets a column of zeros and ones. One product of the matrices of
    both sides counts all cells of all tables; only the occupied ones are kept, at most n a pair,
    however many levels there are.
    """
    rows = _indicators(codes[:, grid.rows], weights)
    columns = rows if grid.is_square else _indicators(codes[:, grid.columns], weights)
    margins, tables, within_row, within_column = _sums(rows, columns)
    if grid.is_square:
        beside = margins.swapaxes(1, 2)
        # Each table was looked at once, not turned round as well.
        tables = tables + tables.swapaxes(1, 2)
        within_row = within_row + within_column.swapaxes(1, 2)
        within_column = within_row.swapaxes(1, 2)
    else:
        beside = _margins(columns, rows).swapaxes(1, 2)
    total, levels, smallest, *_ = margins
    _, levels_beside, smallest_beside, *_ = beside
    occupied, expected, chi_square = tables
    # An empty cell adds what is expected of it, and all expected counts add up to the total. In a
    # table without empty cells, what is missing from it is rounding.
    chi_square = chi_square + np.where(occupied < levels * levels_beside, total - expected, 0)
    tested = (levels > 1) & (levels_beside > 1) & ~grid.same
    shared = np.where(total > 0, total, 1)
    scale = n / shared  # 1 where weights are no survey's
    return Contingency(
        n=n,
        chi_square=np.where(tested, chi_square, np.nan) * scale,
        smallest_expected=np.where(tested, smallest, np.nan) * smallest_beside / shared * scale,
        row=_side(margins, within_row / shared),
        column=_side(beside, within_column / shared),
        same=grid.same,
    )


def _side(margins: Floats, within: Floats) -> Side:
    _, levels, _, entropy, squares = margins
    remaining_entropy, products, remaining_squares = within
    return Side(
        levels=levels.astype(np.int64),
        entropy=entropy,
        remaining_entropy=remaining_entropy,
        squares=squares,
        products=products,
        remaining_squares=remaining_squares,
    )


@dataclass(frozen=True, eq=False)
class _Indicators:
    """n x M zeros and ones, one column a level: those of the table's first column, and so on.

    `weighted_matrix` has the rows' weights for ones, and `weighted` too: the n x k values that
    there are. The levels of column i are those from edges[i] to edges[i + 1]; `owner` is the
    column that each of the M levels belongs to.
    """

    matrix: "sparse.csc_array[Any]"
    weighted_matrix: "sparse.csc_array[Any]"
    weighted: Floats
    edges: Integers
    owner: Integers

    def blocks(self, others: "_Indicators") -> Iterator[slice]:
        """Columns, as many at once as memory allows for their tables with all others."""
        rows, columns = others.weighted.shape
        cells = np.minimum(rows * columns, np.diff(self.edges) * others.edges[-1])
        block = np.cumsum(cells) // _CELLS_AT_ONCE
        for members in np.split(np.arange(len(block)), np.flatnonzero(np.diff(block)) + 1):
            yield slice(int(members[0]), int(members[-1]) + 1)

    def levels(self, some: slice) -> slice:
        """Those of some columns."""
        return slice(int(self.edges[some.start]), int(self.edges[some.stop]))

    def totals(self, levels: slice, beside: Floats) -> Floats:
        """The weight of some levels within the rows that the columns beside have."""
        return np.asarray(self.matrix[:, levels].T @ beside)


def _indicators(codes: Floats, weights: Weights | None) -> _Indicators:
    present = ~np.isnan(codes)
    # A column without any value still gets a level, which no row has.
    levels = np.fmax.reduce(codes, initial=0).astype(np.int64) + 1
    edges = np.append(0, np.cumsum(levels))
    level = (codes + edges[:-1])[present].astype(np.int64)
    row_ends = np.append(0, np.cumsum(present.sum(axis=1)))
    by_row = sparse.csr_array(
        (np.ones(len(level)), level, row_ends), shape=(len(codes), int(edges[-1]))
    )
    matrix, weighted = by_row.tocsc(), present.astype(np.float64)
    weighted_matrix = matrix
    if weights is not None:
        each = weights.of_rows[:, np.newaxis]
        weighted *= each
        weighted_matrix = matrix.multiply(each).tocsc()
    return _Indicators(
        matrix=matrix,
        weighted_matrix=weighted_matrix,
        weighted=weighted,
        edges=edges,
        owner=np.repeat(np.arange(len(levels)), levels),
    )


def _margins(columns: _Indicators, others: _Indicators) -> Floats:
    """Five numbers about each column within the rows that it shares with each of the others.

    The weight of those rows, the levels that occur there, the smallest weight of one, their
    entropy, and the mean of the squared logarithms of their shares.
    """
    found = np.empty((5, columns.weighted.shape[1], others.weighted.shape[1]))
    for some in columns.blocks(others):
        totals = columns.totals(columns.levels(some), others.weighted)
        found[:, some] = _of_totals(totals, columns, some)
    return found


def _of_totals(totals: Floats, columns: _Indicators, some: slice) -> Floats:
    starts = columns.edges[some] - columns.edges[some.start]
    occurring = totals > 0
    total = np.add.reduceat(totals, starts)
    owner = columns.owner[columns.levels(some)] - some.start
    shares = totals / np.where(total > 0, total, 1)[owner]
    logarithms = np.log(np.where(occurring, shares, 1))
    terms = shares * logarithms
    return np.stack(
        [
            total,
            np.add.reduceat(occurring.astype(np.float64), starts),
            np.minimum.reduceat(np.where(occurring, totals, np.inf), starts),
            -np.add.reduceat(terms, starts),
            np.add.reduceat(terms * logarithms, starts),
        ]
    )


def _sums(rows: _Indicators, columns: _Indicators) -> tuple[Floats, Floats, Floats, Floats]:
    """What `_margins` finds of the rows' columns, and sums over the cells of all tables.

    Three of the tables: the occupied cells, their expected counts, their parts of chi-square. And
    three of each side, weights times logarithms: the entropy of the level within the other
    column's level, the logarithm of that share times that of the level's own, and its square. Of
    a square, over each table once: the others and those of a column with itself are 0.
    """
    square = rows is columns
    shape = rows.weighted.shape[1], columns.weighted.shape[1]
    margins, sums = np.empty((5, *shape)), np.zeros((9, *shape))
    for some in rows.blocks(columns):
        totals = rows.totals(rows.levels(some), columns.weighted)
        margins[:, some] = _of_totals(totals, rows, some)
        sums[:, some] = _sums_over_cells(rows, columns, some, totals, margins[0, some])
    if square:
        sums = np.triu(sums, 1)
    return margins, sums[:3], sums[3:6], sums[6:]


def _sums_over_cells(
    rows: _Indicators, columns: _Indicators, some: slice, totals: Floats, total: Floats
) -> Floats:
    """`_sums` of the tables of some rows of the map: 9 x rows x columns."""
    square = rows is columns
    later = slice(int(rows.edges[some.start]) if square else 0, int(columns.edges[-1]))
    own = rows.matrix[:, rows.levels(some)]
    cells = own.T @ columns.weighted_matrix[:, later]
    cells = sparse.triu(cells, format="coo") if square else cells.tocoo()
    row = rows.owner[rows.levels(some)][cells.row] - some.start
    column = columns.owner[later][cells.col]
    observed = cells.data
    row_total = totals[cells.row, column]
    column_total = columns.totals(later, rows.weighted[:, some])[cells.col, row]
    every = total[row, column]
    expected = row_total * column_total / every
    row_share, column_share = np.log(row_total / every), np.log(column_total / every)
    within_column, within_row = np.log(observed / column_total), np.log(observed / row_total)
    of_row, of_column = observed * within_column, observed * within_row
    terms = (
        np.ones_like(observed),
        expected,
        (observed - expected) ** 2 / expected,
        -of_row,
        of_row * row_share,
        of_row * within_column,
        -of_column,
        of_column * column_share,
        of_column * within_row,
    )
    table = row * total.shape[1] + column
    sums = np.empty((len(terms), *total.shape))
    for place, term in enumerate(terms):
        sums[place] = np.bincount(table, term, total.size).reshape(total.shape)
    return sums
