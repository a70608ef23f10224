"""The contingency tables of all pairs of columns at once, and what follows from their cells."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse, special

from lib.stats.table import Floats, Integers, bounded, shared_rows

# An occupied cell costs about 100 bytes on the way.
_CELLS_AT_ONCE = 1_000_000
_ROUNDING = 1e-14


@dataclass(frozen=True, eq=False)
class Contingency:
    """k x k arrays about the tables of all pairs of k columns, each over the rows that it shares.

    `levels` and `entropy` (in nats) are those of the row's column; `remaining_entropy` is what
    knowing the column's column leaves of it. Measures are NaN where they are undefined, and those
    of a test on the diagonal too.
    """

    n: Integers
    levels: Integers
    chi_square: Floats
    smallest_expected: Floats
    entropy: Floats
    remaining_entropy: Floats

    @property
    def freedom(self) -> Integers:
        """Degrees of freedom of chi-square; 0 where there is nothing to test."""
        return _freedom(self.levels)

    @property
    def p(self) -> Floats:
        """P-values of the chi-square test, without Yates' correction."""
        freedom = np.where(self.freedom > 0, self.freedom, np.nan)
        return np.asarray(special.chdtrc(freedom, self.chi_square), dtype=np.float64)

    @property
    def v(self) -> Floats:
        """Cramér's V."""
        fewer = np.minimum(self.levels, self.levels.T)
        return bounded(np.sqrt(self._phi_square / np.maximum(fewer - 1, 1)))

    @property
    def corrected_v(self) -> Floats:
        """Cramér's V with Bergsma's correction."""
        other_rows = np.maximum(self.n - 1, 1)
        excess = self._phi_square - self.freedom / other_rows
        # The root of a difference that is rounding only, 1e-16, would be a V of 1e-8.
        excess = np.where(excess < _ROUNDING * self._phi_square, 0, excess)
        # Bergsma's corrected number of levels, less 1. Where it is 0, there are as many levels as
        # rows, and nothing in excess of chance.
        room = (self.levels - 1) * (self.n - self.levels) / other_rows
        room = np.minimum(room, room.T)
        return bounded(np.sqrt(excess / np.where(room > 0, room, np.inf)))

    @property
    def u(self) -> Floats:
        """Theil's U: the share of the row's column's entropy that the column's column removes."""
        entropy = np.where(self.levels > 1, self.entropy, np.nan)
        return np.maximum(1 - self.remaining_entropy / entropy, 0)

    @property
    def _phi_square(self) -> Floats:
        return self.chi_square / np.maximum(self.n, 1)


def contingency(codes: Floats) -> Contingency:
    """The tables of all pairs of k columns, from n x k codes: whole numbers, NaN where missing.

    Every level of every column gets a column of zeros and ones. One product of that matrix with
    itself counts all cells of all tables; only the occupied ones are kept, at most n a pair,
    however many levels there are.
    """
    n = shared_rows(codes)
    indicators = _indicators(codes)
    levels = np.empty(n.shape, dtype=np.int64)
    entropy, smallest_total = np.empty(n.shape), np.empty(n.shape)
    sums = np.zeros((5, *n.shape))
    for first, last in indicators.blocks():
        totals = indicators.totals(first, last)
        starts = indicators.edges[first:last] - indicators.edges[first]
        occurring = totals > 0
        shares = totals / np.maximum(n, 1)[indicators.owners_of(first, last)]
        levels[first:last] = np.add.reduceat(occurring, starts, dtype=np.int64)
        entropy[first:last] = np.add.reduceat(special.entr(shares), starts)
        smallest = np.minimum.reduceat(np.where(occurring, totals, np.inf), starts)
        smallest_total[first:last] = smallest
        sums[:, first:last] = _sums_over_cells(indicators, totals, n, first, last)
    occupied, expected, chi_square, row_entropy, column_entropy = sums
    # An empty cell adds what is expected of it, and all expected counts add up to n. In a table
    # without empty cells, what is missing from n is rounding.
    chi_square += np.where(occupied < levels * levels.T, n - expected, 0)
    chi_square = np.triu(chi_square, 1)
    tested = _freedom(levels) > 0
    rows = np.maximum(n, 1)
    return Contingency(
        n=n,
        levels=levels,
        chi_square=np.where(tested, chi_square + chi_square.T, np.nan),
        smallest_expected=np.where(tested, smallest_total, np.nan) * smallest_total.T / rows,
        entropy=entropy,
        remaining_entropy=(row_entropy + column_entropy.T) / rows,
    )


@dataclass(frozen=True, eq=False)
class _Indicators:
    """n x M zeros and ones, one column a level: those of the table's first column, and so on.

    `present` are the n x k values that there are, as 1. The levels of column i are those from
    edges[i] to edges[i + 1]; `owner` is the column that each of the M levels belongs to.
    """

    matrix: "sparse.csc_array[Any]"
    present: Floats
    edges: Integers
    owner: Integers

    def blocks(self) -> Iterator[tuple[int, int]]:
        """Columns first to last, as many at once as memory allows."""
        rows, columns = self.present.shape
        cells = np.minimum(rows * columns, np.diff(self.edges) * self.edges[-1])
        block = np.cumsum(cells) // _CELLS_AT_ONCE
        for members in np.split(np.arange(columns), np.flatnonzero(np.diff(block)) + 1):
            yield int(members[0]), int(members[-1]) + 1

    def of(self, first: int, last: int) -> "sparse.csc_array[Any]":
        """The zeros and ones of columns first to last."""
        return self.matrix[:, self.edges[first] : self.edges[last]]

    def owners_of(self, first: int, last: int) -> Integers:
        """Which column each level of columns first to last belongs to."""
        return self.owner[self.edges[first] : self.edges[last]]

    def totals(self, first: int, last: int) -> Floats:
        """How often each level of columns first to last occurs where each column has a value."""
        return np.asarray(self.of(first, last).T @ self.present)


def _indicators(codes: Floats) -> _Indicators:
    present = ~np.isnan(codes)
    # A column without any value still gets a level, which no row has.
    levels = np.fmax.reduce(codes, initial=0).astype(np.int64) + 1
    edges = np.append(0, np.cumsum(levels))
    level = (codes + edges[:-1])[present].astype(np.int64)
    row_ends = np.append(0, np.cumsum(present.sum(axis=1)))
    by_row = sparse.csr_array(
        (np.ones(len(level)), level, row_ends), shape=(len(codes), int(edges[-1]))
    )
    return _Indicators(
        matrix=by_row.tocsc(),
        present=present.astype(np.float64),
        edges=edges,
        owner=np.repeat(np.arange(len(levels)), levels),
    )


def _sums_over_cells(
    indicators: _Indicators, totals: Floats, n: Integers, first: int, last: int
) -> Floats:
    """Five sums over the occupied cells of the tables of columns first to last with later ones.

    As 5 x (last - first) x k: the cells themselves, their expected counts, their parts of
    chi-square, and n times the entropy of the row given the column and of the column given the
    row.
    """
    columns = len(n)
    own, later = indicators.of(first, last), indicators.of(first, columns)
    cells = sparse.triu(own.T @ later, format="coo")  # each table once, not turned round as well
    owners = indicators.owners_of(first, columns)
    row, column = owners[cells.row], owners[cells.col]
    observed = cells.data
    row_total = totals[cells.row, column]
    column_total = (later.T @ indicators.present[:, first:last])[cells.col, row - first]
    expected = row_total * column_total / n[row, column]
    terms = (
        np.ones_like(observed),
        expected,
        (observed - expected) ** 2 / expected,
        column_total * special.entr(observed / column_total),
        row_total * special.entr(observed / row_total),
    )
    table = (row - first) * columns + column
    size = (last - first) * columns
    sums = np.array([np.bincount(table, weights=term, minlength=size) for term in terms])
    return sums.reshape(5, last - first, columns)


def _freedom(levels: Integers) -> Integers:
    freedom = np.maximum(levels - 1, 0) * np.maximum(levels.T - 1, 0)
    np.fill_diagonal(freedom, 0)
    return freedom
