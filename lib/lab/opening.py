"""What a cell opens: the points, groups or counts of its two columns, as the map measures them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from pandas.api import types

from lib.charts import Scatter
from lib.course import Behind, fill
from lib.course.behind import alone, pair_chart
from lib.lab.mapping import SYMBOLS, Map, with_days

DRAWN = 1000
_MOST_LEVELS = 30


def opened(table: pd.DataFrame, found: Map, *, corrected: bool) -> Callable[[str, str], Behind]:
    """The pair's chart, and its value, rows, interval and p as the map has them.

    Of many rows so many are drawn by lot, and of many levels the most frequent.
    """
    table = with_days(table)

    def open_cell(row: str, column: str) -> Behind:
        if row == column:
            return alone(table[row].dropna(), "rows")
        pair = table[[row, column]].dropna()
        sentence = _sentence(found, row, column, corrected)
        if pair.empty or any(pair[name].nunique() < 2 for name in pair):
            return Behind(_points(pair, row, column), f"{sentence} One of the two does not vary.")
        pair, limits = _limited(pair)
        return Behind(pair_chart(pair, row, column), " ".join([sentence, *limits]))

    return open_cell


def _points(pair: pd.DataFrame, row: str, column: str) -> Scatter:
    """The rows as they are; of categories, by the numbers of their levels."""
    x, y = (
        pair[name]
        if types.is_numeric_dtype(pair[name])
        else pd.Series(pd.factorize(pair[name])[0], pair.index, name=name)
        for name in (column, row)
    )
    return Scatter(x, y)


def _sentence(found: Map, row: str, column: str, corrected: bool) -> str:
    at = (row, column)
    facts: dict[str, Any] = {
        "symbol": SYMBOLS[str(found.measure.loc[at])],
        "value": found.value.loc[at],
        "n": found.n.loc[at],
        "low": found.low.loc[at],
        "high": found.high.loc[at],
        "p": found.p_adjusted.loc[at],
    }
    text = "{symbol} = {value:.2f} over {n:,.0f} {n:row|rows}"
    if np.isfinite(facts["low"]):
        text += ", 95 % interval {low:.2f} to {high:.2f}"
    if np.isfinite(facts["p"]):
        text += ", {p:p} after correction" if corrected else ", {p:p}, not corrected"
    return fill(text + ".", facts)


def _limited(pair: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    words = []
    for name in pair:
        column = pair[name]
        if types.is_numeric_dtype(column):
            continue
        counts = column.value_counts()
        if (counts > 0).sum() > _MOST_LEVELS:
            pair = pair[column.isin(counts.index[:_MOST_LEVELS])]
            words.append(f"Drawn are the {_MOST_LEVELS} most frequent levels of {name}.")
        if isinstance(column.dtype, pd.CategoricalDtype):
            pair = pair.assign(**{str(name): pair[name].cat.remove_unused_categories()})
    is_cloud = all(types.is_numeric_dtype(pair[name]) for name in pair)
    if is_cloud and len(pair) > DRAWN:
        pair = pair.sample(DRAWN, random_state=0)
        words.append(f"Drawn are {DRAWN:,} of the rows, chosen by lot.")
    return pair, words
