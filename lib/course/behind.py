"""What a cell of a map opens: the points, groups or counts of its two columns, and a sentence.

Unlike the rest of lib.course this draws, so it is imported by its own name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from pandas.api import types

from ..charts import Chart, Heatmap, Intervals, Scatter
from ..stats import adjusted_residuals, associate_categories, correlate
from .exhibit import Behind
from .prose import fill


def pair_behind(
    data: pd.DataFrame, unit: str, *, interval: bool = True
) -> Callable[[str, str], Behind]:
    """The scatter plot of a cell's two columns of numbers, with r, its interval and so many `unit`.

    Without the interval where the learner has not met one yet.

    Examples
    --------
    >>> table = pd.DataFrame({"x": [1, 2, 3, 4], "y": [1, 3, 2, 4]})
    >>> pair_behind(table, "rows")("y", "x").sentence
    'r = 0.80 over 4 rows; 95 % interval −0.70 to 1.00.'
    """

    def open_cell(row: str, column: str) -> Behind:
        chart = Scatter(data[column], data[row])
        if row == column:
            return Behind(chart, f"{row} against itself: a straight line, whatever the data say.")
        pair = correlate(data[[column, row]], adjust="none").pairs().iloc[0]
        ends = "; 95 % interval {low:.2f} to {high:.2f}." if interval else "."
        sentence = fill(
            "r = {r:.2f} over {n:.0f} {unit}" + ends,
            {"unit": unit} | {name: float(pair[name]) for name in ("r", "n", "low", "high")},
        )
        return Behind(chart, sentence)

    return open_cell


def contingency_behind(data: pd.DataFrame, unit: str) -> Callable[[str, str], Behind]:
    """The contingency table of a cell's two columns of words, with V and p over so many `unit`.

    Examples
    --------
    >>> table = pd.DataFrame({"sex": ["f", "m"] * 9, "vote": ["yes", "no", "no"] * 6})
    >>> contingency_behind(table, "people")("vote", "sex").sentence
    'V = 0.00, corrected 0.00, p = 1.000, over 18 people. Red cells hold more than expected.'
    """

    def open_cell(row: str, column: str) -> Behind:
        if row == column:
            return alone(data[row], unit)
        found = associate_categories(data[[row, column]], adjust="none").pairs().iloc[0]
        sentence = fill(
            "V = {v_uncorrected:.2f}, corrected {v:.2f}, {p:p}, over {n:,.0f} {unit}. Red "
            "cells hold more than expected.",
            {"unit": unit}
            | {name: float(found[name]) for name in ("v_uncorrected", "v", "p", "n")},
        )
        return Behind(pair_chart(data, row, column), sentence)

    return open_cell


def alone(column: pd.Series[Any], unit: str) -> Behind:
    """What a column with itself opens."""
    sentence = f"{column.name} with itself: no finding, whatever the measure."
    if types.is_numeric_dtype(column):
        return Behind(Scatter(column, column), sentence)
    counts = column.value_counts(sort=False).to_frame(unit)
    limits = (0.0, float(counts.to_numpy().max()))
    return Behind(Heatmap(counts, limits, colours="viridis", decimals=0, scale=unit), sentence)


def pair_chart(data: pd.DataFrame | Mapping[str, pd.Series[Any]], row: str, column: str) -> Chart:
    """Two columns of words as a table of counts, words and a number as groups, else a cloud."""
    match [name for name in (row, column) if types.is_numeric_dtype(data[name])]:
        case []:
            return counted(data[row], data[column])
        case [number]:
            return grouped(data[column if number == row else row], data[number])
        case _:
            return Scatter(data[column], data[row])


def counted(x: pd.Series[Any], y: pd.Series[Any], title: str = "") -> Heatmap:
    """A contingency table: the numbers are counts, the colours adjusted residuals."""
    residuals = adjusted_residuals(x, y)
    reach = float(np.nanmax(residuals.abs().to_numpy(), initial=1.0))
    counts = pd.crosstab(x, y).reindex_like(residuals)
    return Heatmap(
        residuals,
        limits=(-reach, reach),
        decimals=1,
        text=counts.map("{:.0f}".format),
        title=title,
        scale="adjusted residual",
    )


def grouped(groups: pd.Series[Any], values: pd.Series[Any], title: str = "") -> Intervals:
    """What the groups hold: the middle half of each, and its median."""
    quartiles = values.groupby(groups, observed=True).quantile(np.array([0.25, 0.5, 0.75]))
    of_each = quartiles.to_numpy(float).reshape(-1, 3)
    return Intervals(
        pd.DataFrame(
            of_each, quartiles.index.get_level_values(0)[::3], columns=["low", "value", "high"]
        ),
        title=title,
        x=str(values.name),
        mark=float(values.median()),
    )
