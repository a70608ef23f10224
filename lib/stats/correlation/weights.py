"""Rows that count more than once, or more than others."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
import pandas as pd
from pandas.api import types

from lib.stats.table import (
    Booleans,
    Floats,
    Grid,
    Integers,
    Missing,
    blocks,
    check_choice,
    refuse,
    rows_to_use,
    shared_rows,
)

WeightKind: TypeAlias = Literal["frequency", "survey"]

_LARGEST_EXACT_INTEGER = 2**53
_ROWS_AT_ONCE = 2**12


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
        weights = self.of_rows / self.of_rows.max()
        squares = _shared(values, grid, weights**2)
        with np.errstate(invalid="ignore"):
            n = _shared(values, grid, weights) ** 2 / squares
        return np.where(squares > 0, n, 0.0)


def _shared(values: Floats, grid: Grid, weights: Floats) -> Floats:
    present = ~np.isnan(values)
    sums = np.zeros((len(grid.rows), len(grid.columns)))
    for some in blocks(len(values), _ROWS_AT_ONCE):
        weighted = np.where(present[some], weights[some, np.newaxis], 0.0)
        beside = present[some].astype(np.float64)
        sums += weighted[:, grid.rows].T @ beside[:, grid.columns]
    return sums


def rows_of_pairs(values: Floats, grid: Grid, weights: Weights | None) -> Integers:
    """How many rows each pair shares, equal ones that a row stands for included."""
    if weights is not None and weights.kind == "frequency":
        return weights.shared(values, grid)
    if grid.is_square:
        return shared_rows(values)
    return shared_rows(values[:, grid.rows], values[:, grid.columns])


def without_weights(
    data: pd.DataFrame, weights: Any, kind: WeightKind | None
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
    data, column = _found(data, weights)
    numbers = _checked(column, kind)
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


def _found(data: pd.DataFrame, weights: Any) -> tuple[pd.DataFrame, "pd.Series[Any]"]:
    if isinstance(weights, Hashable):
        is_weights = np.array([name == weights for name in data.columns], dtype=np.bool_)
        if not is_weights.any():
            refuse([weights], "not in the table: weights are a column's name, or a list of numbers")
        if is_weights.sum() > 1:
            refuse([weights], "there more than once: give every column a name of its own")
        return data.loc[:, ~is_weights], data.loc[:, is_weights].iloc[:, 0]
    column = pd.Series(weights)
    if len(column) != len(data):
        raise ValueError(
            f"There are {len(column)} weights for {len(data)} rows: pass one weight a row."
        )
    if isinstance(weights, pd.Series) and not weights.index.equals(data.index):
        raise ValueError(
            "The weights have other row labels than the table: bring them into its order first, "
            "for example with weights.reindex(data.index)."
        )
    return data, column


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
