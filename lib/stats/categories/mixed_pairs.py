"""Association of all pairs of columns, whatever they hold: each by the measure that fits them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..correlation import (
    CorrelationMethod,
    Correlations,
    WeightKind,
    Weights,
    correlate,
    correlations_of,
    p_of_r,
    rank_deviations,
    weighted_rows,
    without_weights,
)
from ..significance import Adjustment, adjusted, check_adjustment
from ..streams import Stored, opened
from ..table import (
    Floats,
    Grid,
    Integers,
    Kind,
    Missing,
    NameOrColumn,
    Names,
    Table,
    WithInterval,
    check_confidence,
    check_flag,
    check_missing,
    chosen,
    coded_table,
    constant_columns,
    kinds_of,
    pairs_table,
    refuse_stored,
    shown,
)
from .contingency import contingency
from .groups import explained_by
from .in_parts import Summed, kinds_in, summed
from .rows import PairRows

Measure: TypeAlias = Literal[
    "pearson", "spearman", "correlation ratio", "correlation ratio of ranks", "cramers_v"
]

_MEASURES: dict[frozenset[Kind], Measure] = {
    frozenset({"numeric"}): "pearson",
    frozenset({"ordinal"}): "spearman",
    frozenset({"ordinal", "numeric"}): "spearman",
    frozenset({"nominal", "numeric"}): "correlation ratio",
    frozenset({"nominal", "ordinal"}): "correlation ratio of ranks",
    frozenset({"nominal"}): "cramers_v",
}


@dataclass(frozen=True, eq=False)
class Associations(WithInterval):
    """What `associate` found: k x k frames whose index and columns are the table's columns.

    With x and y, rectangles: the index holds the columns that x names, the columns those of y.

    Attributes
    ----------
    value
        How strong each association is, symmetric: -1 to 1 for "pearson" and "spearman", 0 to 1
        for the other measures, which know no direction. On the diagonal 1, or NaN for a column
        that does not vary.
    measure
        What each value is. On the diagonal, the measure of two columns of that kind.
    n
        Rows that each pair shares; on the diagonal, the values of each column.
    p
        P-values of no association, each as if its pair were the only one tested. NaN on the
        diagonal.
    p_adjusted
        The same, adjusted for the number of pairs that have a p-value.
    low, high
        Ends of the confidence intervals, each of the kind that fits its measure. NaN on the
        diagonal, for correlation ratios of ranks, where the rows are too few, and for correlations
        and correlation ratios of size 1.
    adjust, missing, confidence
        What was asked for.
    weights_are
        What the weights were, if there were any.
    effective_n
        With survey weights, Kish's effective number of rows, which p, intervals and V's correction
        are computed with: how many rows of one weight would say as much. None otherwise.

    Adjusted p-values and intervals are computed when they are first asked for.
    """

    value: pd.DataFrame
    measure: pd.DataFrame
    n: pd.DataFrame
    p: pd.DataFrame
    adjust: Adjustment
    missing: Missing
    confidence: float
    _blocks: tuple["_Block", ...] = field(repr=False)
    weights_are: WeightKind | None = None
    effective_n: pd.DataFrame | None = None

    @cached_property
    def p_adjusted(self) -> pd.DataFrame:
        return adjusted(self.p, self.adjust)

    def pairs(self) -> pd.DataFrame:
        """One row a pair, strongest first: x, y, value, measure, n, p, p_adjusted, low, high.

        With survey weights, effective_n after n. x is the pair's row and y its column. Of a
        square, all k (k - 1) / 2 pairs, x before y as in the table; of a rectangle, all its cells
        but those of a column with itself, and a pair that it has twice once, where it comes
        first. Equal sizes keep the map's order, row by row; pairs without a value come last. The
        measures share a scale, not a meaning: compare near ones of different measures by p and by
        eye.
        """
        measures = {
            "value": self.value,
            "measure": self.measure,
            "n": self.n,
            "effective_n": self.effective_n,
            "p": self.p,
            "p_adjusted": self.p_adjusted,
            "low": self.low,
            "high": self.high,
        }
        return pairs_table(measures, strongest="value")

    def _ends(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        index, columns = self.value.index, self.value.columns
        low, high = np.full((2, *self.value.shape), np.nan)
        for block in self._blocks:
            block_low, block_high = block.ends(self.confidence)
            block.put(low, block_low)
            block.put(high, block_high)
        same = Grid.of_labels(index, columns).same
        low[same] = high[same] = np.nan
        return pd.DataFrame(low, index, columns), pd.DataFrame(high, index, columns)


def associate(
    data: "Table | Stored",
    *,
    x: Names | None = None,
    y: Names | None = None,
    weights: "NameOrColumn | None" = None,
    weights_are: WeightKind | None = None,
    corrected: bool = False,
    confidence: float = 0.95,
    adjust: Adjustment = "holm",
    missing: Missing = "pairwise",
) -> Associations:
    """Associate every pair of columns, numbers and categories alike: value, measure, n and p.

    What a column holds decides how it is compared. Numbers, booleans (taken as 0 and 1), dates
    and durations (in days) are numeric, ordered categories ordinal, text and unordered categories
    nominal:

    - numeric with numeric: "pearson", r; p from t, interval by Fisher's z.
    - ordinal with ordinal or numeric: "spearman", rho; p and interval as `correlate` gives them.
    - nominal with numeric: "correlation ratio", eta; p from the F test of one-way analysis of
      variance, interval from noncentral F.
    - nominal with ordinal: "correlation ratio of ranks", eta of the ranks; p from the
      Kruskal-Wallis test, no interval.
    - nominal with nominal: "cramers_v", with Bergsma's correction; p from chi-square without
      Yates' correction, interval from noncentral chi-square, for V of the population.

    Integer codes of nominal categories have an r as well, a different one for every order of the
    codes: turn such a column into a category first, with .astype("category").

    Parameters
    ----------
    data
        n rows x k columns, k at least 2, of numbers, booleans, dates, text and categories. Or a
        table that is read in parts, such as `sample` takes: there without weights, with at most
        1,000 levels a column, and ordered categories beside other categories alone.
    x, y
        A column's name, or a list of names: every column that x names beside every column that y
        names, and p adjusted for those pairs alone. With one of them only, the other is all
        columns that it does not name. As `correlate` has them.
    weights, weights_are
        A column's name, which is then no column to associate, or n numbers, one a row.

        - "frequency": a row stands for so many equal rows, and everything is that of the table
          with each row written out so often. Whole numbers.
        - "survey": a row stands for more or fewer people than another. Values are those of the
          weighted rows; p and intervals take Kish's effective n in place of n. Where the weights
          follow the columns, p may be much too small or too large: see `correlate` and
          `associate_categories`.

        A row of weight 0 is left out. Negative, missing and infinite weights are refused.
    corrected
        Whether correlation ratios, of ranks too, are those without what chance adds to them, as V
        is: the root of epsilon squared, 1 - (1 - eta²) (n - 1) / (n - g) for g groups, and 0 where
        that is negative. Groups of one row each have 0.
    confidence
        Coverage of the intervals, between 0 and 1.
    adjust
        How p_adjusted accounts for the number of pairs: see `adjust_p_values`.
    missing
        "pairwise": each pair uses the rows in which both of its columns have a value, so n may
        differ from cell to cell, and ranks are those within them. "complete": rows with a missing
        value in a column that is associated are left out.

    Returns
    -------
    Associations
        NaN where a column does not vary within the rows that a pair shares, and for correlations
        of fewer than three rows. Correlation ratios that are not corrected for chance are 1
        with everything where the groups are of one row each (identifiers), without a p where F
        has no rows within groups. A corrected V of identifiers is 0. Correlations and correlation
        ratios of size 1 have no interval.

    Raises
    ------
    ValueError
        For columns of other kinds (complex numbers, mixed objects, lists), infinite values,
        duplicated names, fewer than two columns, no rows, no complete row where only those are
        asked for, confidence outside (0, 1), an unknown adjust or missing. For names that the
        table does not have, or that x or y list twice, and for weights that are refused above.

    Notes
    -----
    Eta's ends are the noncentralities of F that leave the one found likely, as eta: the
    noncentrality of n rows is n eta² / (1 - eta²) (Steiger 2004). R's effectsize puts n less the
    number of groups for n, which moves both ends up a little. In simulations, intervals of 95 %
    covered eta 95 % of the time where values were normal with one variance and the groups' sizes
    fixed; 97.5 % where the groups did not differ, since eta has no room below 0; and down to 92 %
    where the sizes were drawn with the rows and eta was .9. F of ranks is another F: its intervals
    covered 87 % to 100 %, and are left out. How far V's can be trusted is said at
    `associate_categories`.

    Chance adds to the eta that is found, and nothing to that of the population. So the interval
    may end below the eta found; where F is smaller than chance alone makes it in 97.5 % of all
    samples, both ends are 0, which says little of eta. The test asks only whether F is too large,
    the interval leaves out 2.5 % at either end: with p from .025 to .05 the pair is significant at
    5 %, and 0 is in its interval of 95 %. An interval of 90 % leaves out 0 exactly where p is
    below .05. All this is so of V.

    References
    ----------
    See `correlate`, `correlation_ratio` and `cramers_v`. Steiger (2004), Psychological Methods 9,
    164-182 (eta's interval; V's: see `associate_categories`). Kelley (1935), Proceedings of the
    National Academy of Sciences 21, 554-559 (epsilon squared). Kruskal and Wallis (1952), Journal
    of the American Statistical Association 47, 583-621: their statistic is n - 1 times the squared
    correlation ratio of the ranks.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "feed": ["bean", "bean", "bean", "corn", "corn", "corn", "meal", "meal", "meal"],
    ...         "weight": [160, 180, 170, 320, 300, 340, 250, 270, 260],
    ...         "days": [7, 8, 9, 14, 15, 13, 10, 11, 12],
    ...     }
    ... )
    >>> found = associate(table)
    >>> found.value.round(3)
             feed  weight   days
    feed    1.000   0.983  0.949
    weight  0.983   1.000  0.913
    days    0.949   0.913  1.000
    >>> found.pairs()[["x", "y", "value", "measure", "n"]]
            x       y  value            measure  n
    0    feed  weight  0.983  correlation ratio  9
    1    feed    days  0.949  correlation ratio  9
    2  weight    days  0.913            pearson  9
    >>> found.pairs()[["x", "y", "low", "high"]].round(2)
            x       y   low  high
    0    feed  weight  0.88  0.99
    1    feed    days  0.66  0.97
    2  weight    days  0.63  0.98

    One column against all others:

    >>> associate(table, y="feed").value.round(3)
             feed
    weight  0.983
    days    0.949
    """
    table, source = opened(data)
    check_confidence(confidence)
    check_adjustment(adjust)
    check_flag("corrected", corrected)
    check_missing(missing)
    weighting = None
    if source is None:
        table, weighting = without_weights(table, weights, weights_are)
    elif weights is not None:
        refuse_stored("What is weighted")
    table, grid = chosen(table, x, y)
    if source is not None:
        kinds = kinds_in(source, table.columns, grid)
        sums = summed(source, table.columns, kinds, missing)
        rows = PairRows(sums.n[np.ix_(grid.rows, grid.columns)], None)
        varying = sums.varying
        blocks = tuple(_blocks_in_parts(sums, grid, rows.n, corrected))
    else:
        kinds = kinds_of(table)
        values, weighting = weighted_rows(coded_table(table, kinds), weighting, missing)
        rows = PairRows.of(values, grid, weighting)
        varying = ~constant_columns(values)
        task = _Task(values, np.array(kinds), grid, rows.that_count, weighting, corrected)
        blocks = tuple(_blocks(task))
    value, p = np.full((2, *grid.same.shape), np.nan)
    for block in blocks:
        block.put(value, block.value)
        block.put(p, block.p)
    with_itself = np.where(varying, 1.0, np.nan)[grid.rows, np.newaxis]
    value, p = np.where(grid.same, with_itself, value), np.where(grid.same, np.nan, p)
    measure = [
        [_MEASURES[frozenset((kinds[row], kinds[column]))] for column in grid.columns]
        for row in grid.rows
    ]
    index, columns = grid.labels(table.columns)

    def framed(matrix: Any) -> pd.DataFrame:
        return pd.DataFrame(matrix, index, columns, copy=False)

    return Associations(
        value=framed(value),
        measure=framed(measure),
        n=framed(rows.n),
        p=framed(p),
        adjust=adjust,
        missing=missing,
        confidence=confidence,
        _blocks=blocks,
        weights_are=weights_are,
        effective_n=None if rows.effective_n is None else framed(rows.effective_n),
    )


class _Task(NamedTuple):
    """What is compared: a table, the kinds of its columns, and a map with the rows that count."""

    values: Floats
    kinds: "NDArray[np.str_]"
    grid: Grid
    n: Integers | Floats
    weights: Weights | None
    corrected: bool

    def of(self, row_kind: Kind, column_kind: Kind) -> tuple[Integers, Integers]:
        """Which rows of the map show columns of one kind, and which columns those of another."""
        rows = np.flatnonzero(self.kinds[self.grid.rows] == row_kind)
        return rows, np.flatnonzero(self.kinds[self.grid.columns] == column_kind)

    def turned_round(self) -> "_Task":
        return self._replace(grid=Grid(self.grid.columns, self.grid.rows), n=self.n.T)


_Ends: TypeAlias = Callable[[float], tuple[Floats, Floats]]


class _Block(NamedTuple):
    """Values and p of some rows of the map with some columns; the ends of intervals on demand.

    `turned` rows are columns of the map, and its columns rows; `mirrored` ones are that as well.
    """

    rows: Integers
    columns: Integers
    value: Floats
    p: Floats
    ends: _Ends
    turned: bool = False
    mirrored: bool = False

    def put(self, matrix: Floats, part: Floats) -> None:
        """The part of the map that this block is, into the map."""
        place = np.ix_(self.rows, self.columns)
        if not self.turned:
            matrix[place] = part
        if self.turned or self.mirrored:
            matrix.T[place] = part


def _blocks(task: _Task) -> Iterator[_Block]:
    """All pairs, as many at once as one measure can take."""
    yield from _blocks_of_one_kind(task)
    for block in _blocks_of_two_kinds(task):
        yield block._replace(mirrored=task.grid.is_square)
    if not task.grid.is_square:
        for block in _blocks_of_two_kinds(task.turned_round()):
            yield block._replace(turned=True)


def _blocks_of_one_kind(task: _Task) -> Iterator[_Block]:
    yield from _correlations(task, "numeric", "numeric", "pearson")
    yield from _correlations(task, "ordinal", "ordinal", "spearman")
    rows, columns = task.of("nominal", "nominal")
    if len(rows) and len(columns):
        used, grid = shown(task.grid.rows[rows], task.grid.columns[columns])
        n = task.n[np.ix_(rows, columns)]
        tables = contingency(task.values[:, used], grid, n, task.weights)
        yield _Block(rows, columns, tables.corrected_v, tables.p, tables.v_interval)


def _blocks_of_two_kinds(task: _Task) -> Iterator[_Block]:
    """Those whose rows have the first of both kinds."""
    yield from _correlations(task, "ordinal", "numeric", "spearman")
    groupings, numeric = task.of("nominal", "numeric")
    _, ordinal = task.of("nominal", "ordinal")
    numbers, levels = (task.values[:, task.grid.columns[some]] for some in (numeric, ordinal))
    for row in groupings[:, np.newaxis] if len(numeric) else ():
        groups = task.values[:, task.grid.rows[row]]
        found = explained_by(groups, numbers, task.n[row[0], numeric], task.weights)
        eta = found.corrected_eta if task.corrected else found.eta
        yield _Block(row, numeric, eta, found.p, found.interval)
    for row in groupings[:, np.newaxis] if len(ordinal) else ():
        groups = task.values[:, task.grid.rows[row]]
        ranks = _ranks_beside(groups, levels, task.weights)
        found = explained_by(groups, ranks, task.n[row[0], ordinal], task.weights)
        eta = found.corrected_eta if task.corrected else found.eta
        yield _Block(row, ordinal, eta, found.rank_p, partial(_no_ends, eta))


def _correlations(
    task: _Task, row_kind: Kind, column_kind: Kind, method: CorrelationMethod
) -> Iterator[_Block]:
    rows, columns = task.of(row_kind, column_kind)
    x, y = task.grid.rows[rows].tolist(), task.grid.columns[columns].tolist()
    if not (x and y) or len({*x, *y}) == 1:
        return
    found = correlate(
        pd.DataFrame(task.values),
        method,
        x=x,
        y=y,
        weights=None if task.weights is None else task.weights.of_rows,
        weights_are=None if task.weights is None else task.weights.kind,
        adjust="none",
    )
    r, p = found.r.to_numpy(), found.p.to_numpy()
    yield _Block(rows, columns, r, p, partial(_ends_of_correlations, found))


def _blocks_in_parts(sums: Summed, grid: Grid, n: Integers, corrected: bool) -> Iterator[_Block]:
    """The same of a table that is read in parts.

    All pairs of categories are those of the cells of their tables, each of which stands for rows.
    """
    kinds = np.array(sums.kinds)
    cells, weights = sums.cells()
    categories = np.where(kinds == "numeric", "elsewhere", kinds)
    yield from _blocks(_Task(cells, categories, grid, n, weights, corrected))
    task = _Task(cells, kinds, grid, n, None, corrected)
    yield from _numbers_in_parts(sums, task)
    for block in _explained_in_parts(sums, task):
        yield block._replace(mirrored=grid.is_square)
    if not grid.is_square:
        for block in _explained_in_parts(sums, task.turned_round()):
            yield block._replace(turned=True)


def _numbers_in_parts(sums: Summed, task: _Task) -> Iterator[_Block]:
    rows, columns = task.of("numeric", "numeric")
    x, y = task.grid.rows[rows], task.grid.columns[columns]
    used, grid = shown(x, y) if len(x) and len(y) else (x[:0], task.grid)
    if len(used) < 2:
        return
    r, n = sums.r()[np.ix_(x, y)], sums.n[np.ix_(x, y)]
    p = p_of_r(grid.pairs_of(r), grid.pairs_of(n))
    found = correlations_of(
        r, p, n, grid, pd.RangeIndex(len(used)), method="pearson", adjust="none"
    )
    ends = partial(_ends_of_correlations, found)
    yield _Block(rows, columns, found.r.to_numpy(), found.p.to_numpy(), ends)


def _explained_in_parts(sums: Summed, task: _Task) -> Iterator[_Block]:
    """Those whose rows are nominal and whose columns are numbers."""
    groupings, numeric = task.of("nominal", "numeric")
    for row in groupings[:, np.newaxis] if len(numeric) else ():
        found = sums.explained(int(task.grid.rows[row[0]]), task.grid.columns[numeric])
        eta = found.corrected_eta if task.corrected else found.eta
        yield _Block(row, numeric, eta, found.p, found.interval)


def _ends_of_correlations(found: Correlations, confidence: float) -> tuple[Floats, Floats]:
    found = replace(found, confidence=confidence)
    return found.low.to_numpy(), found.high.to_numpy()


def _no_ends(value: Floats, _: float) -> tuple[Floats, Floats]:
    return np.full_like(value, np.nan), np.full_like(value, np.nan)


def _ranks_beside(groups: Floats, values: Floats, weights: Weights | None) -> Floats:
    """Each column's ranks within the rows that have a group, as `rank_deviations`."""
    ranks = np.full(values.shape, np.nan)
    for place, shared in enumerate((~np.isnan(groups) & ~np.isnan(values)).T):
        each = None if weights is None else weights.of_rows[shared]
        ranks[shared, place] = rank_deviations(values[shared, place], each)
    return ranks
