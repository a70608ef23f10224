"""What the lines of a step have to give, and how it is said that they give something else."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from .guards import kind_of
from .refused import Refused

Wanted: TypeAlias = Callable[[Any], Any]
"""The value as the step takes it; Refused, in a sentence, where it is something else."""


def a_frame(*, like: pd.DataFrame) -> Wanted:
    """A DataFrame of numbers with the rows and columns of `like`; an array of its shape is one.

    >>> like = pd.DataFrame({"x": [1.0, 2.0]})
    >>> a_frame(like=like)(np.array([[3.0], [4.0]]))
         x
    0  3.0
    1  4.0
    """

    def check(value: Any) -> pd.DataFrame:
        needed = f"a DataFrame of {_sides(like)} is needed"
        if isinstance(value, np.ndarray) and value.shape == like.shape:
            return _numbers(pd.DataFrame(value, like.index, like.columns), needed)
        if not isinstance(value, pd.DataFrame) or value.shape != like.shape:
            raise _other(value, needed, like)
        if not (value.index.equals(like.index) and value.columns.equals(like.columns)):
            raise Refused(
                "The shape is right, but the rows or columns have other names, or another order, "
                "than those that were given."
            )
        return _numbers(value, needed)

    return check


def a_frame_within(whole: pd.DataFrame) -> Wanted:
    """A DataFrame of numbers with some of the rows and columns of `whole`."""

    def check(value: Any) -> pd.DataFrame:
        needed = f"a DataFrame with rows and columns out of {_sides(whole)} is needed"
        if not isinstance(value, pd.DataFrame) or value.empty:
            raise _other(value, needed, whole)
        is_within = all(
            _flat(names).isin(given).all()
            for names, given in zip(value.axes, whole.axes, strict=True)
        )
        if not is_within or not (value.index.is_unique and value.columns.is_unique):
            raise Refused(
                "Your last line gives a DataFrame with other rows or columns than those given, or "
                f"with one of them twice.{_why(value, whole)}"
            )
        return _numbers(value, needed)

    return check


def a_series(*, like: pd.Series) -> Wanted:
    """A Series of numbers with the rows of `like`; an array as long as it is one."""

    def check(value: Any) -> pd.Series:
        needed = f"a Series of {len(like)} values is needed"
        if isinstance(value, np.ndarray) and value.shape == like.shape:
            value = pd.Series(value, like.index)
        if not isinstance(value, pd.Series) or len(value) != len(like):
            raise _other(value, needed, like)
        if not value.index.equals(like.index):
            raise Refused("The length is right, but the rows have other names than those given.")
        if not pd.api.types.is_numeric_dtype(value.dtype):
            raise Refused(f"Your last line gives words; {needed}.")
        return value.astype(float)

    return check


def a_number() -> Wanted:
    """One finite number."""

    def check(value: Any) -> float:
        if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.number):
            raise _other(value, "one number is needed")
        if not math.isfinite(value):
            raise Refused(f"Your last line gives {value}; a finite number is needed.")
        return float(value)

    return check


def _numbers(frame: pd.DataFrame, needed: str) -> pd.DataFrame:
    if not all(pd.api.types.is_numeric_dtype(kind) for kind in frame.dtypes):
        raise Refused(f"Your last line gives a DataFrame with words in it; {needed}.")
    frame = frame.astype(float)
    if np.isinf(frame.to_numpy()).any():
        raise Refused("Your last line gives infinite numbers. Was something divided by zero?")
    return frame


def _other(value: Any, needed: str, like: Any = None) -> Refused:
    size = ""
    if isinstance(value, pd.DataFrame | np.ndarray):
        size = f" of {_sides(value)}" if value.ndim else ""
    elif isinstance(value, pd.Series | pd.Index):
        size = f" of {len(value)} values"
    kind = kind_of(value)
    return Refused(
        f"Your last line gives {kind[0].lower()}{kind[1:]}{size}; {needed}.{_why(value, like)}"
    )


def _why(value: Any, like: Any) -> str:
    """How such a table comes about, and the way out, as its rows and columns tell; else nothing."""
    if not isinstance(value, pd.DataFrame | pd.Series) or like is None:
        return ""
    if not len(value):
        return (
            " No row is left. If `dropna()` took them: it drops every row that has a gap, and "
            '`dropna(how="all")` only those of gaps alone.'
        )
    if isinstance(value, pd.DataFrame) and isinstance(like, pd.DataFrame):
        return _matched_askew(value, like) or _of_groups(value, like)
    return _of_groups(value, like)


def _matched_askew(value: pd.DataFrame, like: pd.DataFrame) -> str:
    if _holds_both(value.columns, like):
        return (
            " The names of the rows stand among those of its columns: pandas matches a Series with "
            "the columns, by name. `.div(..., axis=0)` and `.sub(..., axis=0)` match it with the "
            "rows."
        )
    if _holds_both(value.index, like):
        return (
            " The names of the columns stand among those of its rows: with `axis=0` pandas matches "
            "a Series with the rows, by name. Without it the Series is matched with the columns."
        )
    return ""


def _holds_both(names: pd.Index, like: pd.DataFrame) -> bool:
    """Whether the names of rows and of columns stand here, and are told from each other."""
    rows, columns = (_flat(side) for side in like.axes)
    both = rows.append(columns)
    return both.is_unique and bool(both.isin(_flat(names)).all())


def _of_groups(value: pd.DataFrame | pd.Series, like: pd.DataFrame | pd.Series) -> str:
    """Groups leave rows that are none of those needed: alone, or beside them all."""
    rows, needed = _flat(value.index), _flat(like.index)
    others = int((~rows.isin(needed)).sum())
    own_mean = '`.transform("mean")` gives every row the mean of its own group.'
    if not 0 < others < len(needed) or not _shares_columns(value, like):
        return ""
    if others == len(rows):
        return f" None of its rows is one of those. If they are groups: {own_mean}"
    if needed.isin(rows).all():
        return (
            f" It has {others} {'row' if others == 1 else 'rows'} beside those. If you computed "
            "with means of groups: pandas matches rows by name, and those of the means are named "
            f"by the groups. {own_mean}"
        )
    return ""


def _shares_columns(value: pd.DataFrame | pd.Series, like: pd.DataFrame | pd.Series) -> bool:
    if isinstance(value, pd.Series) or isinstance(like, pd.Series):
        return isinstance(value, pd.Series) and isinstance(like, pd.Series)
    return bool(_flat(value.columns).isin(_flat(like.columns)).any())


def _flat(names: pd.Index) -> pd.Index:
    """Names of several levels as tuples: those of one level can be sought among them."""
    return names.to_flat_index()


def _sides(value: pd.DataFrame | Any) -> str:
    return " × ".join(map(str, value.shape))
