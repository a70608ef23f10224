"""Association of all pairs of columns, whatever they hold: each by the measure that fits them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.stats.categories.contingency import contingency
from lib.stats.categories.groups import explained_by
from lib.stats.correlation import CorrelationMethod, correlate
from lib.stats.significance import Adjustment, adjusted
from lib.stats.table import (
    Floats,
    Integers,
    Kind,
    Missing,
    Table,
    coded_table,
    constant_columns,
    framed,
    kinds_of,
    pairs_table,
    rows_to_use,
    shared_rows,
    table_of,
)

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
class Associations:
    """What `associate` found: k x k frames whose index and columns are the table's columns.

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
    adjust, missing
        What was asked for.
    """

    value: pd.DataFrame
    measure: pd.DataFrame
    n: pd.DataFrame
    p: pd.DataFrame
    p_adjusted: pd.DataFrame
    adjust: Adjustment
    missing: Missing

    def pairs(self) -> pd.DataFrame:
        """One row a pair, strongest first: x, y, value, measure, n, p, p_adjusted.

        All k (k - 1) / 2 pairs, x before y as in the table. Equal sizes keep the table's order;
        pairs without a value come last. The measures share a scale, not a meaning: compare near
        ones of different measures by p and by eye.
        """
        return pairs_table(
            {
                "value": self.value,
                "measure": self.measure,
                "n": self.n,
                "p": self.p,
                "p_adjusted": self.p_adjusted,
            },
            strongest="value",
        )


def associate(
    data: Table, *, adjust: Adjustment = "holm", missing: Missing = "pairwise"
) -> Associations:
    """Associate every pair of columns, numbers and categories alike: value, measure, n and p.

    What a column holds decides how it is compared. Numbers, booleans (taken as 0 and 1), dates
    and durations (in days) are numeric, ordered categories ordinal, text and unordered categories
    nominal:

    - numeric with numeric: "pearson", r; p from t.
    - ordinal with ordinal or numeric: "spearman", rho; p as `correlate` gives it.
    - nominal with numeric: "correlation ratio", eta; p from the F test of one-way analysis of
      variance.
    - nominal with ordinal: "correlation ratio of ranks", eta of the ranks; p from the
      Kruskal-Wallis test.
    - nominal with nominal: "cramers_v", with Bergsma's correction; p from chi-square without
      Yates' correction.

    Integer codes of nominal categories have an r as well, a different one for every order of the
    codes: turn such a column into a category first, with .astype("category").

    Parameters
    ----------
    data
        n rows x k columns, k at least 2, of numbers, booleans, dates, text and categories.
    adjust
        How p_adjusted accounts for the number of pairs: see `adjust_p_values`.
    missing
        "pairwise": each pair uses the rows in which both of its columns have a value, so n may
        differ from cell to cell, and ranks are those within them. "complete": rows with a missing
        value are left out.

    Returns
    -------
    Associations
        NaN where a column does not vary within the rows that a pair shares, and for correlations
        of fewer than three rows. Correlation ratios are not corrected for chance: groups of one
        row each (identifiers) have a correlation ratio of 1 with everything, without a p where F
        has no rows within groups. A corrected V of identifiers is 0.

    Raises
    ------
    ValueError
        For columns of other kinds (complex numbers, mixed objects, lists), infinite values,
        duplicated names, fewer than two columns, no rows, no complete row where only those are
        asked for, an unknown adjust or missing.

    References
    ----------
    See `correlate`, `correlation_ratio` and `cramers_v`. Kruskal and Wallis (1952), Journal of
    the American Statistical Association 47, 583-621: their statistic is n - 1 times the squared
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
    """
    data = table_of(data)
    kinds = kinds_of(data)
    values = rows_to_use(coded_table(data, kinds), missing)
    n = shared_rows(values)
    value, p = _values_and_p(values, kinds)
    np.fill_diagonal(value, np.where(constant_columns(values), np.nan, 1.0))
    np.fill_diagonal(p, np.nan)
    measure = [[_MEASURES[frozenset((row, column))] for column in kinds] for row in kinds]
    return Associations(
        value=framed(value, data.columns),
        measure=pd.DataFrame(measure, index=data.columns, columns=data.columns),
        n=framed(n, data.columns),
        p=framed(p, data.columns),
        p_adjusted=framed(adjusted(p, adjust), data.columns),
        adjust=adjust,
        missing=missing,
    )


def _values_and_p(values: Floats, kinds: Sequence[Kind]) -> tuple[Floats, Floats]:
    columns = len(kinds)
    value, p = np.full((2, columns, columns), np.nan)
    for block in _blocks(values, np.array(kinds)):
        place = np.ix_(block.rows, block.columns)
        value[place] = value.T[place] = block.value
        p[place] = p.T[place] = block.p
    return value, p


class _Block(NamedTuple):
    """Values and p of some columns of the table (`rows`) with others or the same (`columns`)."""

    rows: Integers
    columns: Integers
    value: Floats
    p: Floats


def _blocks(values: Floats, kinds: "NDArray[np.str_]") -> Iterator[_Block]:
    """All pairs, as many at once as one measure can take."""
    numeric, ordinal, nominal = (
        np.flatnonzero(kinds == kind) for kind in ("numeric", "ordinal", "nominal")
    )
    ranked = np.append(ordinal, numeric)
    if len(numeric) > 1:
        yield _Block(numeric, numeric, *_correlations(values[:, numeric], "pearson"))
    if len(ordinal) and len(ranked) > 1:
        rho, p = _correlations(values[:, ranked], "spearman")
        yield _Block(ordinal, ranked, rho[: len(ordinal)], p[: len(ordinal)])
    if len(nominal):
        tables = contingency(values[:, nominal])
        yield _Block(nominal, nominal, tables.corrected_v, tables.p)
    for grouping in nominal[:, np.newaxis]:
        groups = values[:, grouping]
        found = explained_by(groups, values[:, numeric])
        yield _Block(grouping, numeric, found.eta, found.p)
        found = explained_by(groups, _ranks_beside(groups, values[:, ordinal]))
        yield _Block(grouping, ordinal, found.eta, found.rank_p)


def _correlations(values: Floats, method: CorrelationMethod) -> tuple[Floats, Floats]:
    found = correlate(pd.DataFrame(values), method, adjust="none")
    return found.r.to_numpy(), found.p.to_numpy()


def _ranks_beside(groups: Floats, values: Floats) -> Floats:
    """Each column's ranks, mean ranks for ties, within the rows that have a group."""
    shared = pd.DataFrame(np.where(np.isnan(groups), np.nan, values))
    return shared.rank().to_numpy()
