"""What the lines of a step have to give, and how it is said that they give something else."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from lib.course.writing.guards import kind_of
from lib.course.writing.refused import Refused

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
            raise _other(value, needed)
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
            raise _other(value, needed)
        is_within = value.index.isin(whole.index).all() and value.columns.isin(whole.columns).all()
        if not is_within or not (value.index.is_unique and value.columns.is_unique):
            raise Refused(
                "Your last line gives a DataFrame with other rows or columns than those given, or "
                "with one of them twice."
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
            raise _other(value, needed)
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


def _other(value: Any, needed: str) -> Refused:
    size = ""
    if isinstance(value, pd.DataFrame | np.ndarray):
        size = f" of {_sides(value)}" if value.ndim else ""
    elif isinstance(value, pd.Series | pd.Index):
        size = f" of {len(value)} values"
    kind = kind_of(value)
    return Refused(f"Your last line gives {kind[0].lower()}{kind[1:]}{size}; {needed}.")


def _sides(value: pd.DataFrame | Any) -> str:
    return " × ".join(map(str, value.shape))
