"""One correlation among those of all orders of its rows."""

from dataclasses import dataclass, field

import numpy as np

from ..table import (
    Column,
    Floats,
    bounded,
    complete_rows,
    constant_columns,
    counted,
    numeric_matrix,
    side_by_side,
    table_of,
)
from .choices import FEWEST_ROWS, check_draws
from .draws import orders_or_all
from .measures import DrawnKind, PairMeasure, drawn_columns, measure_of
from .permuted import exceedances, share_reached, unit_columns
from .replicates import OfTables


@dataclass(frozen=True, eq=False)
class PermutationTest:
    """What `permutation_test` found.

    Attributes
    ----------
    value
        The measure of the rows as they are.
    p
        The share of orders that bring it at least as far from 0.
    n
        Rows in which both columns have a value.
    null
        The measures of the orders drawn, or of all orders.
    exact
        Whether all orders were tried.
    method
        What was asked for.
    """

    value: float
    p: float
    n: int
    null: Floats = field(repr=False)
    exact: bool
    method: str

    @property
    def r(self) -> float:
        """`value`, by the name that correlations have."""
        return self.value


def permutation_test(
    x: Column,
    y: Column,
    *,
    method: str = "pearson",
    permutations: int = 9999,
    seed: int = 0,
) -> PermutationTest:
    """Test one correlation, or another measure, against the orders that chance could have given.

    If x and y have nothing to do with each other, each order of y is as likely as the one seen.
    That is all that the test assumes, and what it tests: a small p may also come from dependence
    without a trend, such as a spread of y that grows with the distance of x from its mean. The t
    test's p needs one of them to be normal, too, which matters where a few rows decide.

    Parameters
    ----------
    x, y
        n values each, in the same order of rows. Rows in which one is missing are left out.
    method
        - "pearson": r. "spearman": r of the ranks, mean ranks for ties. "kendall": tau-b.
          "distance correlation". All of numbers or booleans.
        - "cramers_v", with Bergsma's correction, and "theils_u", of x given y: every distinct
          value is a level.
        - "correlation ratio": text, categories or booleans with numbers or booleans.
        - "mutual information": as `mutual_information` has it. Numbers take a millisecond an
          order.
    permutations
        Orders to draw, at least 1. Where there are no more orders than permutations + 1 (the one
        seen counts), all of them are tried.
    seed
        Of the draws.

    Returns
    -------
    PermutationTest
        With B orders drawn, of which b bring the measure at least as far from 0,
        p = (1 + b) / (1 + B): never 0, since the order seen is one of those that chance could have
        given. With all orders p is their share, exactly. What falls short by no more than rounding
        (1e-12) counts as equal.

    Raises
    ------
    ValueError
        For columns of different lengths, Series with different row labels, columns that the
        method does not take, infinite values; for fewer than 3 rows shared, a column that is
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
    measure = measure_of(method)
    check_draws(permutations=permutations)
    table = table_of(side_by_side(x=x, y=y))
    values, kinds = (numeric_matrix(table), []) if measure is None else drawn_columns(table)
    shared = complete_rows(values)
    rows = len(shared)
    if rows < FEWEST_ROWS:
        raise ValueError(
            f"x and y share {counted(rows, 'row')} with a value in both: at least 3 are needed."
        )
    for name, constant in zip("xy", constant_columns(shared), strict=True):
        if constant:
            raise ValueError(f"{name} is constant in the rows shared: it has no correlation.")
    drawn, exact = orders_or_all(rows, permutations, seed)
    if measure is None:
        unmoved, moved = unit_columns(shared, method).T
        null = bounded(np.concatenate([moved[some] @ unmoved for some in drawn]))
        value = bounded(unmoved @ moved)
    else:
        of_tables = _of_tables(measure, method, *kinds)
        unmoved, moved = shared.T
        null = np.concatenate(
            [of_tables(np.broadcast_to(unmoved, some.shape), moved[some]) for some in drawn]
        )
        value = of_tables(unmoved[np.newaxis], moved[np.newaxis])[0]
        if np.isnan(value):
            raise ValueError(f"x and y have no {method}: pass more rows.")
    reached = exceedances(np.array([value]), [null[:, np.newaxis]]).alone
    return PermutationTest(
        value=float(value),
        p=float(share_reached(reached, len(null), exact)[0]),
        n=rows,
        null=null,
        exact=exact,
        method=method,
    )


def _of_tables(measure: PairMeasure, method: str, x: DrawnKind, y: DrawnKind) -> OfTables:
    of_tables = measure.of_kinds(x, y)
    if of_tables is None:
        raise ValueError(f"x and y have no {method}, which takes {measure.takes}.")
    return of_tables
