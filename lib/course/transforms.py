"""What may be done to a column before it is measured."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import pandas as pd

    Transformation: TypeAlias = Callable[[pd.Series[Any]], pd.Series[Any]]


def _numpy(name: str) -> Transformation:
    """A function of NumPy, which is not loaded before a column is changed."""
    return lambda values: getattr(import_module("numpy"), name)(values)


TRANSFORMS: dict[str, Transformation] = {
    "as it is": lambda values: values,
    "log": _numpy("log"),
    "exp": _numpy("exp"),
    "square": lambda values: values**2,
    "square root": _numpy("sqrt"),
    "reciprocal": lambda values: 1 / values,
    "minus": lambda values: -values,
    "rank": lambda values: values.rank(),
}
"""By the name that a learner chooses. Values outside a function's domain become NaN or infinite."""
