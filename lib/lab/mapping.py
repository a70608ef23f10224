"""What an instrument's map is made of: its columns, its pairs, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from pandas.api import types

from ..course import Fact
from ..notebook.mapping import SIGNED, SYMBOLS, Map
from ..stats import Adjustment, CorrelationMethod, WeightKind, associate, correlate
from .columns import categories, everything, listed, numbers

MOST_COLUMNS = 300
"""What a screen can show as cells, and a browser can draw in a moment."""

_MOST_CATEGORIES = 50


def unsigned(measures: pd.Series[Any]) -> dict[str, Fact]:
    """How many pairs have a measure without a sign, and which measures these are.

    >>> unsigned(pd.Series(["pearson", "correlation ratio"]))
    {'unsigned_count': 1, 'unsigned_kinds': 1, 'unsigned_symbols': 'η'}
    """
    without = measures[~measures.isin(SIGNED)]
    symbols = sorted({SYMBOLS[measure] for measure in without}, key=list(SYMBOLS.values()).index)
    return {
        "unsigned_count": len(without),
        "unsigned_kinds": len(symbols),
        "unsigned_symbols": listed(symbols),
    }


def measured_map(
    table: pd.DataFrame,
    method: CorrelationMethod | None,
    adjust: Adjustment,
    *,
    against: Sequence[str] = (),
    weights: pd.Series[Any] | None = None,
    weights_are: WeightKind | None = None,
) -> Map:
    """Every pair by one method, or with None each by the measure that fits its two kinds.

    With `against`, those columns stand beside all others. Correlation ratios are those without
    what chance adds to them, as V is: many levels of few rows are no strength, and every value
    lies in its interval.
    """
    y = list(against) or None
    if method is None and not categories(table):
        method = "pearson"  # as associate has it, which copies the table on the way
    if method is None:
        return Map.of(associate(table, y=y, adjust=adjust, corrected=True))
    return Map.of(
        correlate(table, method, y=y, adjust=adjust, weights=weights, weights_are=weights_are)
    )


def kept(table: pd.DataFrame, most: int = MOST_COLUMNS) -> list[str]:
    """At most so many columns: of the numbers, those that go together most strongly with another.

    In the table's order; of the categories, the first fifty stay.
    """
    names = everything(table)
    if len(names) <= most:
        return names
    some = categories(table)[:_MOST_CATEGORIES]
    values = table[numbers(table)]
    if values.shape[1] < 2:
        return names[:most]
    r = correlate(values, adjust="none").r.abs().to_numpy(copy=True)
    np.fill_diagonal(r, 0)
    strongest = np.nan_to_num(r).max(axis=1)
    best = np.argsort(-strongest, kind="stable")[: most - len(some)]
    chosen = {*some, *values.columns[best]}
    return [name for name in names if name in chosen]


def with_days(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its dates as days since the earliest of each column."""
    days = {
        name: (column - column.min()) / pd.Timedelta(days=1)
        for name, column in table.items()
        if types.is_datetime64_any_dtype(column.dtype)
    }
    return table.assign(**{str(name): values for name, values in days.items()})
