"""All pairs of categorical columns: Cramér's V, Theil's U and what it takes to trust them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.stats.categories.contingency import contingency
from lib.stats.significance import Adjustment, adjusted
from lib.stats.table import (
    Missing,
    Table,
    coded_table,
    constant_columns,
    framed,
    is_discrete,
    kinds_of,
    pairs_table,
    refuse,
    rows_to_use,
    table_of,
)


@dataclass(frozen=True, eq=False)
class CategoricalAssociations:
    """What `associate_categories` found: k x k frames named by the table's columns.

    Attributes
    ----------
    v
        Cramér's V with Bergsma's correction, 0 to 1, symmetric. On the diagonal 1, or NaN for a
        column that does not vary.
    v_uncorrected
        V as it is defined, which many levels and few rows push upwards.
    u
        Theil's U, 0 to 1: the share of the entropy of the row's column that knowing the column's
        column removes. Not symmetric, not corrected for chance.
    n
        Rows that each pair shares; on the diagonal, the values of each column.
    chi_square, freedom, p
        Pearson's test of independence, without Yates' correction, and its degrees of freedom. On
        the diagonal and where a column does not vary there is no test: NaN, 0 and NaN.
    p_adjusted
        The same p-values, adjusted for the number of pairs that have one.
    smallest_expected
        The smallest count that independence expects in the pair's table: below 5, chi-square's p
        is doubtful. NaN where there is no test.
    adjust, missing
        What was asked for.
    """

    v: pd.DataFrame
    v_uncorrected: pd.DataFrame
    u: pd.DataFrame
    n: pd.DataFrame
    chi_square: pd.DataFrame
    freedom: pd.DataFrame
    p: pd.DataFrame
    p_adjusted: pd.DataFrame
    smallest_expected: pd.DataFrame
    adjust: Adjustment
    missing: Missing

    def pairs(self) -> pd.DataFrame:
        """One row a pair, largest corrected V first, with what the frames hold about it.

        x, y, v, v_uncorrected, u_of_x (the share of x that y explains), u_of_y, n, chi_square,
        freedom, p, p_adjusted, smallest_expected. Equal V keep the table's order; pairs without V
        come last.
        """
        return pairs_table(
            {
                "v": self.v,
                "v_uncorrected": self.v_uncorrected,
                "u_of_x": self.u,
                "u_of_y": self.u.T,
                "n": self.n,
                "chi_square": self.chi_square,
                "freedom": self.freedom,
                "p": self.p,
                "p_adjusted": self.p_adjusted,
                "smallest_expected": self.smallest_expected,
            },
            strongest="v",
        )


def associate_categories(
    data: Table, *, adjust: Adjustment = "holm", missing: Missing = "pairwise"
) -> CategoricalAssociations:
    """Compare every pair of categorical columns: Cramér's V, Theil's U, chi-square and p.

    Parameters
    ----------
    data
        n rows x k columns of text, categories or booleans, k at least 2. The order of ordered
        categories plays no part. Each column's levels are those that occur.
    adjust
        How p_adjusted accounts for the number of pairs: see `adjust_p_values`.
    missing
        "pairwise": each pair uses the rows in which both of its columns have a value, so n may
        differ from cell to cell. "complete": rows with a missing value are left out.

    Returns
    -------
    CategoricalAssociations
        A column that does not vary within the rows that a pair shares has neither V nor a test,
        and explains nothing (U = 0) of one that does; of itself there is nothing to explain
        (U NaN). A column of identifiers has V = 1 with every other, corrected 0, and explains
        everything (U = 1).

    Raises
    ------
    ValueError
        For columns that are not text, categories or booleans, duplicated names, fewer than two
        columns, no rows, no complete row where only those are asked for, an unknown adjust or
        missing.

    References
    ----------
    Cramér (1946), Mathematical Methods of Statistics, 282. Bergsma (2013), Journal of the Korean
    Statistical Society 42, 323-328. Theil (1970), American Journal of Sociology 76, 103-154.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "animal": ["cat", "dog", "hen", "duck"] * 5,
    ...         "legs": ["four", "four", "two", "two"] * 5,
    ...         "coat": ["plain", "spots", "plain", "spots"] * 5,
    ...     }
    ... )
    >>> found = associate_categories(table)
    >>> found.v
            animal  legs  coat
    animal   1.000 0.943 0.943
    legs     0.943 1.000 0.000
    coat     0.943 0.000 1.000
    >>> found.u
            animal  legs  coat
    animal     1.0   0.5   0.5
    legs       1.0   1.0   0.0
    coat       1.0   0.0   1.0
    """
    data = table_of(data)
    kinds_of(data)
    numbers = [name for name, column in data.items() if not is_discrete(column)]
    refuse(
        numbers,
        "not text, categories or booleans: if its values are levels, say so, for example with "
        f"data.astype({dict.fromkeys(numbers, 'category')}); numbers are compared by associate",
    )
    values = rows_to_use(coded_table(data, ["nominal"] * data.shape[1]), missing)
    tables = contingency(values)
    v, v_uncorrected = tables.corrected_v, tables.v
    for measure in (v, v_uncorrected):
        np.fill_diagonal(measure, np.where(constant_columns(values), np.nan, 1.0))
    return CategoricalAssociations(
        v=framed(v, data.columns),
        v_uncorrected=framed(v_uncorrected, data.columns),
        u=framed(tables.u, data.columns),
        n=framed(tables.n, data.columns),
        chi_square=framed(tables.chi_square, data.columns),
        freedom=framed(tables.freedom, data.columns),
        p=framed(tables.p, data.columns),
        p_adjusted=framed(adjusted(tables.p, adjust), data.columns),
        smallest_expected=framed(tables.smallest_expected, data.columns),
        adjust=adjust,
        missing=missing,
    )
