"""The lesson's tables, one row a person, and what a cell of their maps opens."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from pandas.api import types

import datasets
from lib.charts import Chart, Heatmap, Intervals, Scatter
from lib.course import Behind, fill
from lib.stats import adjusted_residuals, associate_categories

CHICKWTS = datasets.catalogue()["chickwts"]
CHILE = datasets.catalogue()["chile"]
HAIR_EYE = datasets.catalogue()["hair_eye"]
SALARIES = datasets.catalogue()["salaries"]
TITANIC = datasets.catalogue()["titanic"]
UCB = datasets.catalogue()["ucb_admissions"]


@cache
def table(name: str) -> pd.DataFrame:
    """A bundled table; shared, so not to be changed."""
    return datasets.load(name)


@cache
def people(name: str) -> pd.DataFrame:
    """A table of counts as the people that were counted; shared, so not to be changed."""
    counts = table(name)
    rows = counts.index.repeat(counts["count"])
    return counts.drop(columns="count").loc[rows].reset_index(drop=True)


def coded(column: "pd.Series[Any]", order: Iterable[str]) -> "pd.Series[float]":
    """Words as numbers from zero, in the given order; what is missing stays missing."""
    codes = {word: float(code) for code, word in enumerate(order)}
    return column.astype(object).map(codes).astype(float)


def off_diagonal(values: pd.DataFrame) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """Every pair of a symmetric map once."""
    return values.to_numpy(dtype=np.float64)[np.triu_indices(len(values), 1)]


def counted(x: "pd.Series[Any]", y: "pd.Series[Any]", title: str = "") -> Heatmap:
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


def grouped(groups: "pd.Series[Any]", values: "pd.Series[Any]", title: str = "") -> Intervals:
    """What the groups hold: the middle half of each, and its median."""
    by_group = values.groupby(groups, observed=True)
    quartiles = {"low": 0.25, "value": 0.5, "high": 0.75}
    return Intervals(
        pd.DataFrame({name: by_group.quantile(share) for name, share in quartiles.items()}),
        title=title,
        x=str(values.name),
        mark=float(values.median()),
    )


def pair_chart(data: pd.DataFrame, row: str, column: str) -> Chart:
    """Two columns of words as a table of counts, words and a number as groups, else a cloud."""
    match [name for name in (row, column) if types.is_numeric_dtype(data[name])]:
        case []:
            return counted(data[row], data[column])
        case [number]:
            return grouped(data[column if number == row else row], data[number])
        case _:
            return Scatter(data[column], data[row])


def counts_behind(data: pd.DataFrame, unit: str) -> Callable[[str, str], Behind]:
    """What a cell opens where all columns hold words: the pair's counts, V and p."""

    def open_cell(row: str, column: str) -> Behind:
        if row == column:
            return alone(data[row], unit)
        found = associate_categories(data[[row, column]], adjust="none").pairs().iloc[0]
        sentence = fill(
            "V = {v_uncorrected:.2f}, corrected {v:.2f}, p = {p:.2g}, over {n:,.0f} {unit}. Red "
            "cells hold more than expected.",
            {"unit": unit}
            | {name: float(found[name]) for name in ("v_uncorrected", "v", "p", "n")},
        )
        return Behind(pair_chart(data, row, column), sentence)

    return open_cell


def alone(column: "pd.Series[Any]", unit: str) -> Behind:
    """What a column with itself opens."""
    sentence = f"{column.name} with itself: no finding, whatever the measure."
    if types.is_numeric_dtype(column):
        return Behind(Scatter(column, column), sentence)
    counts = column.value_counts(sort=False).to_frame(unit)
    limits = (0.0, float(counts.to_numpy().max()))
    return Behind(Heatmap(counts, limits, colours="viridis", decimals=0, scale=unit), sentence)
