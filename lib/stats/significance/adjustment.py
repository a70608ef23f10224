"""P-values of many tests at once."""

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias, get_args, overload

import numpy as np
import pandas as pd

from ..table import Floats, Grid, Integers, check_choice, float_array

Adjustment: TypeAlias = Literal["none", "bonferroni", "holm", "bh", "by"]


@overload
def adjust_p_values(p: "pd.Series[float]", method: Adjustment) -> "pd.Series[float]": ...


@overload
def adjust_p_values(p: Sequence[Any] | Floats, method: Adjustment) -> Floats: ...


def adjust_p_values(
    p: "pd.Series[float] | Sequence[Any] | Floats", method: Adjustment
) -> "pd.Series[float] | Floats":
    """Adjust p-values for the number of tests made.

    Parameters
    ----------
    p
        m p-values between 0 and 1, one a test. NaN stands for a test that was not made: it stays
        NaN and does not count. An array of several dimensions holds m along the last of them, and
        each row of m is adjusted by itself.
    method
        What the adjusted values keep at the level that they are compared with:

        - "bonferroni", "holm": the chance of one false discovery or more, whatever the
          dependence. Holm never rejects less than Bonferroni.
        - "bh": the expected share of false discoveries, for independent or positively dependent
          tests.
        - "by": the same share, whatever the dependence.
        - "none": nothing; the values come back as they are.

    Returns
    -------
    The adjusted p-values in the order given: a Series with the same index and name for a Series,
    otherwise an array of the same shape.

    Raises
    ------
    ValueError
        For a p-value outside [0, 1], a single number, a table (which has each pair twice, or each
        row by itself: adjust the p of `pairs()`, or take `p_adjusted`), or an unknown method.

    References
    ----------
    Holm (1979), Scandinavian Journal of Statistics 6, 65-70.
    Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57, 289-300.
    Benjamini and Yekutieli (2001), Annals of Statistics 29, 1165-1188.

    Examples
    --------
    >>> adjust_p_values([0.01, 0.04, 0.03, np.nan], "holm")
    array([0.03, 0.06, 0.06,  nan])
    >>> adjust_p_values([[0.01, 0.04], [0.2, 0.3]], "bonferroni")
    array([[0.02, 0.08],
           [0.4 , 0.6 ]])
    >>> adjust_p_values(pd.Series({"a": 0.01, "b": 0.04, "c": 0.03}), "bh")
    a    0.03
    b    0.04
    c    0.04
    dtype: float64
    """
    check_adjustment(method)
    _refuse_table(p)
    values = np.array(float_array(p, "p"))
    _check_p_values(values)
    values = np.minimum(_adjust(values, method), 1.0)
    if isinstance(p, pd.Series):
        return pd.Series(values, index=p.index, name=p.name)
    return values


def adjusted(p: pd.DataFrame, adjust: Adjustment) -> pd.DataFrame:
    """A map's p-values adjusted for its pairs, each of them one test; NaN where there is none."""
    grid = Grid.of_labels(p.index, p.columns)
    values = adjust_p_values(grid.pairs_of(p.to_numpy()), adjust)
    return pd.DataFrame(grid.matrix_of(values), p.index, p.columns, copy=False)


def check_adjustment(method: str) -> None:
    """Raise ValueError for a method that `adjust_p_values` does not have."""
    check_choice("adjustment", method, get_args(Adjustment))


def _refuse_table(p: object) -> None:
    if hasattr(p, "columns"):
        raise ValueError(
            "p is a table, and adjusted row by row it would not count all tests: pass one p-value "
            "a test, such as found.pairs()['p'], or take found.p_adjusted."
        )


def _check_p_values(values: Floats) -> None:
    if values.ndim == 0:
        raise ValueError(f"p is the single number {values:g}: pass a sequence, one p-value a test.")
    outside = np.argwhere((values < 0) | (values > 1))
    if outside.size:
        place = tuple(outside[0].tolist())
        where = place[0] if len(place) == 1 else place
        raise ValueError(f"p-value {values[place]:g} at position {where} is not between 0 and 1.")


def _adjust(p: Floats, method: Adjustment) -> Floats:
    """Along the last axis; NaN does not count and stays."""
    if method == "none":
        return p
    tests: Integers = (~np.isnan(p)).sum(axis=-1, keepdims=True)
    if method == "bonferroni":
        return p * tests
    # NaN last; "stable" is the sort that is quick where they are in order, or nearly.
    ascending = np.argsort(p, axis=-1, kind="stable")
    ordered = np.take_along_axis(p, ascending, axis=-1)
    position = np.arange(1, p.shape[-1] + 1)
    # The running extremes keep the order: a larger p never gets a smaller adjusted one.
    if method == "holm":
        adjusted = np.maximum.accumulate(ordered * (tests + 1 - position), axis=-1)
    else:
        made = position <= tests
        dependence = (made / position).sum(axis=-1, keepdims=True) if method == "by" else 1.0
        scaled = ordered * (tests / position * dependence)
        adjusted = np.fmin.accumulate(scaled[..., ::-1], axis=-1)[..., ::-1]
    in_order = np.empty_like(p)
    np.put_along_axis(in_order, ascending, adjusted, axis=-1)
    return in_order
