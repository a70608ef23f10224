"""The exhibit's table as the page's list takes it."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from pandas.api import types

from ...charts import name_text
from ...course import Exhibit
from .numbers import with_index

MOST = 5_000


def list_data(exhibit: Exhibit, opened: Mapping[tuple[int, str, str], int]) -> dict[str, Any]:
    """The columns of the table, and of each row the number of the detail that it opens, or -1."""
    table = with_index(exhibit.table.head(MOST))
    columns = []
    for place, name in enumerate(table.columns):
        column = table.iloc[:, place]
        is_numeric = types.is_numeric_dtype(column.dtype) and not types.is_bool_dtype(column.dtype)
        cells = (
            [_short(value) for value in column.to_numpy(float, na_value=float("nan")).tolist()]
            if is_numeric
            else [name_text(cell) for cell in column]
        )
        columns.append({"name": name_text(name), "numeric": is_numeric, "cells": cells})
    return {
        "columns": columns,
        "opens": _opens(exhibit, opened),
        "rows": len(exhibit.table),
    }


def _short(value: float) -> float | None:
    """Six significant digits, more of what would become one; nothing where there is no number.

    >>> _short(0.123456789), _short(0.99999999)
    (0.123457, 0.99999999)
    """
    if not isfinite(value):
        return None
    short = float(f"{value:.6g}")
    return value if abs(short) == 1 else short


def _opens(exhibit: Exhibit, opened: Mapping[tuple[int, str, str], int]) -> list[int]:
    table = exhibit.table.head(MOST)
    if not {"x", "y"} <= set(table.columns):
        return []
    details: dict[tuple[str, str], int] = {}
    for (_, row, column), detail in opened.items():
        details.setdefault((row, column), detail)
    pairs = zip(table["x"], table["y"], strict=True)
    return [details.get((y, x), details.get((x, y), -1)) for x, y in pairs]
