"""What tweaks share: a sheet with another frame, and what is refused in words."""

from dataclasses import replace

import numpy as np
import pandas as pd

from .columns import column_of
from .reading import Kind
from .sheet import Column, Sheet

LONGEST_NAME = 200


def tweaked(sheet: Sheet, frame: pd.DataFrame, kinds: dict[str, Kind] | None = None) -> Sheet:
    """The sheet with another frame; columns whose values are the same keep what is known."""
    known = {column.name: column for column in sheet.columns}
    columns = []
    for name in frame.columns:
        column, values = known.get(name), frame[name]
        kind = (kinds or {}).get(name, column.kind if column else "number")
        if column and kind == column.kind and values is sheet.frame.get(name):
            columns.append(column)
            continue
        why = column.why if column and kind == column.kind else "A tweak made it."
        columns.append(column_of(name, kind, why, values, _levels(values)))
    return replace(sheet, frame=frame, columns=tuple(columns))


def with_columns(
    sheet: Sheet, values: dict[str, pd.Series], kinds: dict[str, Kind] | None = None
) -> Sheet:
    """The sheet with these columns, new or in place of others. No number may become infinite."""
    for name, column in values.items():
        if _has_infinite(column) and not _has_infinite(sheet.frame.get(name, column.iloc[:0])):
            raise ValueError(f"{name} would have numbers that are too large to compute with.")
    return tweaked(sheet, sheet.frame.assign(**values), kinds)


def _has_infinite(values: pd.Series) -> bool:
    return pd.api.types.is_float_dtype(values.dtype) and bool(np.isinf(values).any())


def _levels(values: pd.Series) -> tuple[str, ...]:
    ordered = isinstance(values.dtype, pd.CategoricalDtype) and values.dtype.ordered
    return tuple(map(str, values.cat.categories)) if ordered else ()


def check_name(sheet: Sheet, name: str) -> Column:
    """The column of that name; without it a refusal in words."""
    return sheet.column(name)


def check_new(sheet: Sheet, name: str) -> None:
    if not name.strip() or len(name) > LONGEST_NAME:
        raise ValueError(f"A new column needs a name of at most {LONGEST_NAME} letters.")
    if name in sheet.frame.columns:
        raise ValueError(f"There is a column {name!r} already: choose another name.")


def needs(sheet: Sheet, name: str, *kinds: Kind) -> pd.Series:
    """The values of a column of one of these kinds."""
    column = sheet.column(name)
    if column.kind not in kinds:
        raise ValueError(f"{name} is read as {column.kind}: this needs {' or '.join(kinds)}.")
    return sheet.frame[name]


def categories_with(values: pd.Series, word: str) -> pd.Series:
    """The values, among whose categories the word is."""
    if isinstance(values.dtype, pd.CategoricalDtype) and word not in values.cat.categories:
        return values.cat.add_categories([word])
    return values


def generator(seed: int) -> np.random.Generator:
    if seed < 0:
        raise ValueError("A draw is a number from 0 on.")
    return np.random.default_rng(seed)


def shown(value: float | str | None) -> str:
    return f"{value:g}" if isinstance(value, float | int) else str(value)
