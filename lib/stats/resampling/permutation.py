"""One correlation among those of all orders of its rows."""

from dataclasses import dataclass

import numpy as np

from lib.stats.resampling.choices import FEWEST_ROWS, ResamplingMethod, check_choices
from lib.stats.resampling.draws import orders_or_all
from lib.stats.resampling.permuted import exceedances, share_reached, unit_columns
from lib.stats.table import Column, Floats, bounded, complete_rows, numeric_matrix, side_by_side


@dataclass(frozen=True, eq=False)
class PermutationTest:
    """What `permutation_test` found.

    Attributes
    ----------
    r
        The coefficient of the rows as they are.
    p
        The share of orders that bring |r| at least as far from 0.
    n
        Rows in which both columns have a value.
    null
        The coefficients of the orders drawn, or of all orders.
    exact
        Whether all orders were tried.
    method
        What was asked for.
    """

    r: float
    p: float
    n: int
    null: Floats
    exact: bool
    method: ResamplingMethod


def permutation_test(
    x: Column,
    y: Column,
    *,
    method: ResamplingMethod = "pearson",
    permutations: int = 9999,
    seed: int = 0,
) -> PermutationTest:
    """Test one correlation against the orders that chance could have given.

    If x and y have nothing to do with each other, each order of y is as likely as the one seen.
    That is all that the test assumes, and what it tests: a small p may also come from dependence
    without a trend, such as a spread of y that grows with the distance of x from its mean. The t
    test's p needs one of them to be normal, too, which matters where a few rows decide.

    Parameters
    ----------
    x, y
        n numbers or booleans each, in the same order of rows. Rows in which one is missing are
        left out.
    method
        "pearson": r. "spearman": r of the ranks, mean ranks for ties.
    permutations
        Orders to draw, at least 1. Where there are no more orders than permutations + 1 (the one
        seen counts), all of them are tried.
    seed
        Of the draws.

    Returns
    -------
    PermutationTest
        With B orders drawn, of which b bring |r| at least as far from 0, p = (1 + b) / (1 + B):
        never 0, since the order seen is one of those that chance could have given. With all
        orders p is their share, exactly. An |r| that falls short by no more than rounding (1e-12)
        counts as equal.

    Raises
    ------
    ValueError
        For columns of different lengths, Series with different row labels, columns that are not
        numeric or boolean, infinite values; for fewer than 3 rows shared, a column that is
        constant in them, an unknown method and fewer than 1 permutation.

    References
    ----------
    Fisher (1935), The Design of Experiments, section 21. Pitman (1937), Supplement to the Journal
    of the Royal Statistical Society 4, 225-232. Phipson and Smyth (2010), Statistical Applications
    in Genetics and Molecular Biology 9, 39 (p is never 0).

    Examples
    --------
    Of the 24 orders of y, 8 bring |r| to 0.8 or beyond.

    >>> found = permutation_test([1, 2, 3, 4], [1, 3, 2, 4])
    >>> found.r, found.p, found.exact, len(found.null)
    (0.8, 0.333, True, 24)
    """
    check_choices(method, permutations=permutations)
    shared = complete_rows(numeric_matrix(side_by_side(x=x, y=y)))
    rows = len(shared)
    if rows < FEWEST_ROWS:
        raise ValueError(f"x and y share {rows} rows with a value in both: at least 3 are needed.")
    columns = unit_columns(shared, method)
    for name, column in zip("xy", columns.T, strict=True):
        if np.isnan(column).any():
            raise ValueError(f"{name} is constant in the rows shared: it has no correlation.")
    unmoved, moved = columns.T
    drawn, exact = orders_or_all(rows, permutations, seed)
    null = bounded(np.concatenate([moved[some] @ unmoved for some in drawn]))
    r = bounded(unmoved @ moved)
    reached = exceedances(np.array([r]), [null[:, np.newaxis]]).alone
    return PermutationTest(
        r=float(r),
        p=float(share_reached(reached, len(null), exact)[0]),
        n=rows,
        null=null,
        exact=exact,
        method=method,
    )
