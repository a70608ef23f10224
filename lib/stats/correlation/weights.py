"""Rows that count more than once, or more than others."""

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
import pandas as pd
from pandas.api import types

from ..table import (
    Booleans,
    Floats,
    Grid,
    Integers,
    Missing,
    NameOrColumn,
    blocks,
    check_choice,
    rows_to_use,
    set_aside,
    settled,
    shared_rows,
)

WeightKind: TypeAlias = Literal["frequency", "survey"]

_LARGEST_EXACT_INTEGER = 2**53
_ROWS_AT_ONCE = 250


@dataclass(frozen=True, eq=False)
class Weights:
    """How much each row counts, all above 0, and what that means."""

    of_rows: Floats
    kind: WeightKind

    def expanded(self, values: Floats, at_most: int = _LARGEST_EXACT_INTEGER) -> Floats:
        """Each row as often as its weight says, or so often at most."""
        times = np.minimum(self.of_rows, at_most).astype(np.int64)
        return np.repeat(values, times, axis=0)

    def shared(self, values: Floats, grid: Grid) -> Integers:
        """The sums of whole weights over the rows that pairs share."""
        return _shared(values, grid, self.of_rows).round().astype(np.int64)

    def effective_n(self, values: Floats, grid: Grid) -> Floats:
        """Of the rows that pairs share: the squared sum of weights over the sum of squares."""
        squares = _shared(values, grid, self.of_rows**2)
        with np.errstate(invalid="ignore"):
            n = _shared(values, grid, self.of_rows) ** 2 / squares
        return np.where(squares > 0, n, 0.0)


def _shared(values: Floats, grid: Grid, weights: Floats) -> Floats:
    sums = np.zeros((len(grid.rows), len(grid.columns)))
    for some in blocks(len(values), _ROWS_AT_ONCE):
        present = (~np.isnan(values[some])).astype(np.float64)
        weighted = present * weights[some, np.newaxis]
        sums += weighted[:, grid.rows].T @ present[:, grid.columns]
    return sums


def rows_of_pairs(values: Floats, grid: Grid, weights: Weights | None) -> Integers:
    """How many rows each pair shares, equal ones that a row stands for included."""
    if weights is not None and weights.kind == "frequency":
        return weights.shared(values, grid)
    if grid.is_square:
        return shared_rows(values)
    return shared_rows(values[:, grid.rows], values[:, grid.columns])


def without_weights(
    data: pd.DataFrame, weights: "NameOrColumn | None", kind: WeightKind | None
) -> tuple[pd.DataFrame, Weights | None]:
    """The table without its column of weights, if that is where they are; and the weights.

    Rows whose weight is 0 are left out.

    Raises
    ------
    ValueError
        For weights of no kind or a kind without weights; for weights that are negative, missing,
        infinite or not numeric, for frequencies that are not whole, and where all are 0.
    """
    if weights is None:
        if kind is not None:
            raise ValueError(f"weights_are is {kind!r}, but there are no weights: pass weights.")
        return data, None
    if kind is None:
        raise ValueError(
            "Say what the weights are: weights_are='frequency' where a row stands for so many "
            "equal rows, 'survey' where it stands for more or fewer people than another."
        )
    check_choice("weights_are", kind, get_args(WeightKind))
    data, column = set_aside(data, weights, "weights")
    numbers = _checked(settled(column), kind)
    if kind == "survey":
        numbers = numbers / numbers.max()  # their size is of no account, and no square overflows
    positive = numbers > 0
    return data[positive], Weights(numbers[positive], kind)


def weighted_rows(
    values: Floats, weights: Weights | None, missing: Missing
) -> tuple[Floats, Weights | None]:
    """`rows_to_use`, with their weights."""
    if weights is None:
        return rows_to_use(values, missing), None
    rows = rows_to_use(np.column_stack([values, weights.of_rows]), missing)
    return rows[:, :-1], Weights(rows[:, -1], weights.kind)


def _checked(column: "pd.Series[Any]", kind: WeightKind) -> Floats:
    dtype = column.dtype
    if types.is_complex_dtype(dtype) or not (
        types.is_numeric_dtype(dtype) or types.is_bool_dtype(dtype)
    ):
        raise ValueError("The weights are not numeric: convert them with pd.to_numeric.")
    numbers: Floats = column.to_numpy(np.float64, na_value=np.nan)
    _refuse_weights(np.isnan(numbers), "missing: give it one, 0 to leave its row out")
    _refuse_weights(np.isinf(numbers), "infinite: give it a number")
    _refuse_weights(numbers < 0, "negative: a row cannot count for less than nothing")
    if kind == "frequency":
        _refuse_weights(
            numbers != np.floor(numbers),
            "not whole: frequencies count rows; other weights are weights_are='survey'",
        )
        if numbers.sum() >= _LARGEST_EXACT_INTEGER:
            raise ValueError("The frequencies add up to 2**53 or more, which no float64 counts.")
    if not (numbers > 0).any():
        raise ValueError("All weights are 0, so that no row counts: give some rows a weight.")
    return numbers


def _refuse_weights(wrong: Booleans, reason: str) -> None:
    if wrong.any():
        raise ValueError(f"The weight at position {int(wrong.argmax())} is {reason}.")
