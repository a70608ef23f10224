"""What a cell opens: the points, groups or counts of its two columns, as the map measures them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api import types

from ..charts import Scatter
from ..course import Behind, fill
from ..course.behind import alone, pair_chart
from ..notebook.mapping import SYMBOLS, Map
from .mapping import with_days

DRAWN = 1000
_MOST_LEVELS = 30

Pair: TypeAlias = "dict[str, pd.Series[Any]]"
"""Two columns by their names, of the same rows."""


def opened(table: pd.DataFrame, found: Map, *, corrected: bool) -> Callable[[str, str], Behind]:
    """The pair's chart, and its value, rows, interval and p as the map has them.

    Of many rows so many are drawn by lot, and of many levels the most frequent.
    """
    columns, numbers = _Columns(table), _Numbers(found)

    def open_cell(row: str, column: str) -> Behind:
        if row == column:
            return alone(columns.known(row), "rows")
        pair = columns.pair(row, column)
        sentence = _sentence(numbers.of(row, column), corrected)
        if any(map(_is_constant, pair.values())):
            return Behind(_points(pair, row, column), f"{sentence} One of the two does not vary.")
        pair, limits = _limited(pair)
        chart = pair_chart(pair, row, column)
        if isinstance(chart, Scatter):
            chart = replace(chart, margins=True)
        return Behind(chart, " ".join([sentence, *limits]))

    return open_cell


class _Columns:
    """The columns of a table, each taken from it once for all the cells that open it."""

    def __init__(self, table: pd.DataFrame) -> None:
        self._table = with_days(table)
        self._taken: dict[str, tuple[pd.Series[Any], NDArray[np.bool_]]] = {}

    def known(self, name: str) -> pd.Series[Any]:
        """The values that are not missing."""
        column, is_known = self._take(name)
        return column[is_known]

    def pair(self, row: str, column: str) -> Pair:
        """The rows that have both."""
        (one, one_is_known), (other, other_is_known) = self._take(row), self._take(column)
        both = one_is_known & other_is_known
        return {row: one, column: other} if both.all() else {row: one[both], column: other[both]}

    def _take(self, name: str) -> tuple[pd.Series[Any], NDArray[np.bool_]]:
        if name not in self._taken:
            column = self._table[name]
            if isinstance(column.dtype, pd.StringDtype):
                # Words are told apart once, not for each pair.
                column = column.astype("category")
            self._taken[name] = column, column.notna().to_numpy()
        return self._taken[name]


class _Numbers:
    """What a map says of a pair; its frames become arrays when the first cell is opened."""

    def __init__(self, found: Map) -> None:
        self._found = found

    def of(self, row: str, column: str) -> dict[str, Any]:
        at = self._rows[row], self._columns[column]
        numbers = {name: array[at] for name, array in self._arrays.items()}
        return numbers | {"symbol": SYMBOLS[str(numbers["measure"])]}

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self._found.value.index)}

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self._found.value.columns)}

    @cached_property
    def _arrays(self) -> dict[str, NDArray[Any]]:
        found = self._found
        frames = {
            "measure": found.measure,
            "value": found.value,
            "n": found.n,
            "low": found.low,
            "high": found.high,
            "p": found.p_adjusted,
        }
        return {name: frame.to_numpy() for name, frame in frames.items()}


def _is_constant(column: pd.Series[Any]) -> bool:
    if types.is_numeric_dtype(column.dtype):
        return column.empty or bool(column.min() == column.max())
    return column.nunique() < 2


def _points(pair: Pair, row: str, column: str) -> Scatter:
    """The rows as they are; of categories, by the numbers of their levels."""
    x, y = (
        pair[name]
        if types.is_numeric_dtype(pair[name])
        else pd.Series(pd.factorize(pair[name])[0], pair[name].index, name=name)
        for name in (column, row)
    )
    return Scatter(x, y)


def _sentence(facts: Mapping[str, Any], corrected: bool) -> str:
    text = "{symbol} = {value:.2f} over {n:,.0f} {n:row|rows}"
    if np.isfinite(facts["low"]):
        text += ", 95 % interval {low:.2f} to {high:.2f}"
    if np.isfinite(facts["p"]):
        text += ", {p:p} after correction" if corrected else ", {p:p}, not corrected"
    return fill(text + ".", facts)


def _limited(pair: Pair) -> tuple[Pair, list[str]]:
    words = []
    for name in pair:
        if types.is_numeric_dtype(pair[name].dtype):
            continue
        if pair[name].nunique() > _MOST_LEVELS:
            are_frequent = pair[name].isin(pair[name].value_counts().index[:_MOST_LEVELS])
            pair = {each: column[are_frequent] for each, column in pair.items()}
            words.append(f"Drawn are the {_MOST_LEVELS} most frequent levels of {name}.")
        if isinstance(pair[name].dtype, pd.CategoricalDtype):
            pair = pair | {name: pair[name].cat.remove_unused_categories()}
    rows = len(next(iter(pair.values())))
    is_cloud = all(types.is_numeric_dtype(column.dtype) for column in pair.values())
    if is_cloud and rows > DRAWN:
        places = np.random.RandomState(0).choice(rows, DRAWN, replace=False)
        pair = {name: column.iloc[places] for name, column in pair.items()}
        words.append(f"Drawn are {DRAWN:,} of the rows, chosen by lot.")
    return pair, words
