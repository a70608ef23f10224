"""What is left of each correlation once other columns are accounted for."""

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from ..significance import Adjustment, check_adjustment
from ..streams import Stored, opened
from ..table import (
    Floats,
    Integers,
    Names,
    Table,
    bounded,
    check_choice,
    check_confidence,
    check_flag,
    complete_rows,
    constant_columns,
    framed,
    matrix_of,
    numeric_matrix,
    pairs_of,
    places_of,
    refuse_held_categories,
    refuse_too_few_rows,
)
from .controls import (
    Given,
    Scores,
    nothing_left,
    r_given,
    r_given_scores,
    refuse_collinear,
)
from .correlations import Correlations, PartialMethod
from .in_parts import scores_in_parts
from .pearson import p_of_r

RegressedMethod: TypeAlias = Literal["pearson", "spearman"]

_PURPOSE = "partial correlations"
_NAMES: dict[tuple[str, bool], PartialMethod] = {
    ("pearson", False): "partial",
    ("spearman", False): "partial spearman",
    ("pearson", True): "semipartial",
    ("spearman", True): "semipartial spearman",
}


def partial_correlate(
    data: "Table | Stored",
    *,
    given: Names | None = None,
    method: RegressedMethod = "pearson",
    semipartial: bool = False,
    confidence: float = 0.95,
    adjust: Adjustment = "holm",
) -> Correlations:
    """Correlate every pair of columns given others: all that remain, or those that are chosen.

    The correlation of what is left of two columns when each is regressed on the others.
    Two columns that agree only because a third drives both have none left; but a column that both
    of them influence can also create one.

    Given all others, only rows without a missing value are used. These partial correlations come
    from the inverse of one correlation matrix, and correlations from different rows may contradict
    each other: such a matrix has no meaningful inverse. Given chosen columns, each pair has its own
    regressions, and uses the rows in which it and all given columns have a value.

    Parameters
    ----------
    data
        n rows x k columns of numbers or booleans, as for `correlate`; given all others, with more
        complete rows than columns. With two columns there is nothing to account for: r is
        Pearson's. Or a table that is read in parts, such as `sample` takes; given chosen columns,
        none of its values may be missing.
    given
        The columns to account for, a name or a list of names; the others are correlated. None:
        each pair is given all others.
    method
        "pearson", or "spearman": the same of ranks, mean ranks for ties, within the rows used.
    semipartial
        Whether the given columns are regressed out of the second column alone, that of the
        result's columns: [a, b] is a as it is with what is left of b, and [b, a] is another pair.
        Its square is the share of a's variance that b adds to what the given columns explain. It
        is 0 where the partial correlation is 0, and so both cells have the partial one's p.
    confidence
        Coverage of the intervals, between 0 and 1.
    adjust
        How p_adjusted accounts for the number of pairs: see `adjust_p_values`.

    Returns
    -------
    Correlations
        With c columns accounted for, p is from t with n - 2 - c degrees of freedom and the
        interval from Fisher's z with c rows fewer than `correlate` has; it is NaN where n - 3 - c
        is 0, and where the partial correlation is 1 or -1. `n` holds the rows that are used. A
        constant column is NaN throughout; it explains nothing and is not counted. Given chosen
        columns, pairs of fewer than c + 3 rows are NaN, and those in whose rows the given columns
        say all that one of the pair says. `method` is "partial", "semipartial", "partial spearman"
        or "semipartial spearman". The matrix need not be positive semidefinite.

    Raises
    ------
    ValueError
        As `correlate`. Also for too few complete rows, and for none with all given columns; for
        columns of which one follows from the others (a total beside its parts): what is left of it
        is rounding; and where fewer than two columns are left to correlate.

    Notes
    -----
    A semipartial correlation is the partial one times the root of the share of a's variance that
    the given columns leave, `attainable`. Both are estimated, and its interval accounts for both:
    normal on the scale of Fisher's z, with the standard error of the delta method for jointly
    normal columns. Of ranks, each of the two has Spearman's variance. An end may lie beyond
    what is attainable in these rows, since other rows may leave more.

    In simulations of normal columns, one or three of them given, which explained 10 % to 91 % of
    a's variance, with partial correlations of 0 to .95, 95 % intervals of semipartial ones covered
    .88 to .97 of the time in 20 rows, .92 to .96 in 50 and .94 to .97 in 200; of ranks, .88 to .99,
    .93 to .97 and .94 to .98. Of pairs without a partial correlation, p called 5 % significant at
    5 %; of ranks, 5 % to 6 %.

    References
    ----------
    Fisher (1924), Metron 3, 329-332. Whittaker (1990), Graphical Models in Applied Multivariate
    Statistics, Wiley, chapter 5 (the inverse). Kim (2015), Communications for Statistical
    Applications and Methods 22, 665-674 (semipartial ones, but not their p, which there is too
    large where the given columns explain much). Cohen, Cohen, West and Aiken (2003), Applied
    Multiple Regression/Correlation Analysis for the Behavioral Sciences, 3rd edition, Erlbaum,
    chapter 3 (their p). Olkin and Finn (1995), Psychological Bulletin 118, 155-164 (the delta
    method).

    Examples
    --------
    Ice cream and sunburn have the sun in common, and nothing else:

    >>> table = pd.DataFrame(
    ...     {
    ...         "sun": [1, 2, 3, 4, 5, 6, 7, 8],
    ...         "ice": [1, 3, 2, 4, 6, 7, 8, 5],
    ...         "burn": [1, 3, 2, 5, 7, 4, 6, 8],
    ...     }
    ... )
    >>> found = partial_correlate(table)
    >>> print(f"{table['ice'].corr(table['burn']):.3f}, {abs(found.r.loc['ice', 'burn']):.3f}")
    0.714, 0.000
    >>> found.pairs()[["x", "y", "r", "n", "p"]].round(3).head(2)
         x     y      r  n      p
    0  sun  burn  0.677  8  0.095
    1  sun   ice  0.613  8  0.143
    >>> partial_correlate(table, given="sun", method="spearman").r.abs().round(3)
            ice   burn
    ice   1.000  0.000
    burn  0.000  1.000
    """
    table, source = opened(data)
    check_adjustment(adjust)
    check_confidence(confidence)
    check_choice("method", method, get_args(RegressedMethod))
    check_flag("semipartial", semipartial)
    ranks = method == "spearman"
    names = table.columns
    if given is None:
        if source is None:
            scores = _complete(table, ranks=ranks)
        else:
            scores = scores_in_parts(source, names, ranks=ranks, complete=True)
        found = _given_all_others(scores, names)
    else:
        controls = places_of(table, "given", given)
        others = np.setdiff1d(np.arange(len(names)), controls)
        _refuse_none_to_correlate(others)
        if source is None:
            refuse_held_categories(table, controls)
            found = _given_chosen(table, others, controls, ranks=ranks)
        else:
            scores = scores_in_parts(source, names, ranks=ranks, complete=False)
            found = _given_chosen_of(scores, names, others, controls)
        names = names[others]
    # What n rows say of a partial correlation, n - c rows say of a plain one. A semipartial one is
    # 0 where the partial one is, and has its test.
    p = p_of_r(found.r, found.n - found.accounted_for)
    np.fill_diagonal(p, np.nan)
    return Correlations(
        r=framed(found.r * found.left if semipartial else found.r, names),
        n=framed(found.n, names),
        p=framed(p, names),
        method=_NAMES[method, semipartial],
        adjust=adjust,
        confidence=confidence,
        accounted_for=found.accounted_for,
        attainable=framed(found.left, names) if semipartial else None,
    )


@dataclass(frozen=True, eq=False)
class _Found:
    """Partial correlations, their rows, and how many columns they account for.

    `left` of a row's column is the root of the share of its variance that the accounted ones leave;
    1 on the diagonal.
    """

    r: Floats
    n: Integers
    left: Floats
    accounted_for: int


def _complete(data: pd.DataFrame, *, ranks: bool) -> Scores:
    """The scores of a table's complete rows, more than there are columns that vary."""
    complete = complete_rows(numeric_matrix(data))
    varying = ~constant_columns(complete) if len(complete) else np.ones(len(data.columns), bool)
    refuse_too_few_rows(data.isna().sum(), _PURPOSE, len(complete), int(varying.sum()))
    scores = Scores.of(complete, ranks=ranks)
    return replace(scores, values=np.where(varying, scores.values, np.nan))


def _given_all_others(scores: Scores, names: "pd.Index[str]") -> _Found:
    varying = scores.varying
    r, left = np.full((2, len(varying), len(varying)), np.nan)
    places = np.ix_(varying, varying)
    r[places], left[places] = _of_inverse(scores[varying], names[varying])
    return _Found(r, np.full(r.shape, scores.rows), left, max(int(varying.sum()) - 2, 0))


def _of_inverse(scores: Scores, names: "pd.Index[str]") -> tuple[Floats, Floats]:
    """r and what is left, from the inverse of the correlation matrix.

    The inverse, scaled, is r. It is found by the singular values of the columns.
    The matrix's eigenvalues are their squares, which would leave half of the digits.
    """
    _, lengths, directions = np.linalg.svd(scores.values, full_matrices=False)
    collinear = nothing_left(lengths, directions, scores.rounding)
    refuse_collinear(collinear, directions, names)
    root = directions.T / lengths
    inverse = root @ root.T
    variances = np.diagonal(inverse)
    r = -inverse / np.sqrt(np.outer(variances, variances))
    np.fill_diagonal(r, 0.0)
    # All others leave 1 / variance of a column; all but one leave 1 / (1 - r²) times as much.
    left = np.minimum(1 / np.sqrt(variances[:, np.newaxis] * (1 - r**2)), 1.0)
    for matrix in (r, left):
        np.fill_diagonal(matrix, 1.0)
    return bounded(r), left


def _refuse_none_to_correlate(others: Integers) -> None:
    if len(others) < 2:
        raise ValueError(
            f"given leaves {len(others)} of the table's columns: leave two or more to correlate."
        )


def _given_chosen(
    data: pd.DataFrame, others: Integers, controls: Integers, *, ranks: bool
) -> _Found:
    values = numeric_matrix(data)
    values = values[~np.isnan(values[:, controls]).any(axis=1)]
    if not len(values):
        raise ValueError(
            "No row has a value in all given columns: give fewer, or fill in what is missing."
        )
    varying = ~constant_columns(values[:, controls])
    controls = controls[varying]
    fixed = Given(values[:, controls], data.columns[controls])
    r, n, left = r_given(values[:, others], data.columns[others], fixed, ranks=ranks)
    return _symmetric(r, n, left, len(controls))


def _given_chosen_of(
    scores: Scores, names: "pd.Index[str]", others: Integers, controls: Integers
) -> _Found:
    controls = controls[scores.varying[controls]]
    r, left = r_given_scores(scores[others], names[others], scores[controls], names[controls])
    return _symmetric(r, np.full(r.shape, scores.rows), left, len(controls))


def _symmetric(r: Floats, n: Integers, left: Floats, accounted_for: int) -> _Found:
    diagonal = np.where(np.isnan(np.diagonal(r)), np.nan, 1.0)
    np.fill_diagonal(left, diagonal)
    r = matrix_of(pairs_of(r), diagonal)  # not even rounding depends on the order
    return _Found(r, n, left, accounted_for)
