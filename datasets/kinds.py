"""The types that the catalogue can give a column: which cells each allows, and its dtype."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Kind:
    """A column's type. `allows` judges the text of one cell; an empty cell is a missing value."""

    description: str
    allows: Callable[[str], object]
    dtype: pd.CategoricalDtype | str


def kind(written: str) -> Kind:
    """The type that the catalogue writes as `written`.

    Raises ValueError if there is no such type.

    >>> kind("int").description
    'a whole number'
    >>> kind("1st < 2nd < 3rd").dtype.ordered
    True
    """
    if " < " in written:
        return _category(written.split(" < "), ordered=True)
    if " | " in written:
        return _category(written.split(" | "), ordered=False)
    if written not in _PLAIN:
        raise ValueError(f"There is no type {written!r}. The types are: {', '.join(_PLAIN)}.")
    return _PLAIN[written]


def _category(levels: list[str], *, ordered: bool) -> Kind:
    return Kind(
        description=f"one of {', '.join(levels)}",
        allows={*levels, ""}.__contains__,
        dtype=pd.CategoricalDtype(levels, ordered=ordered),
    )


# Patterns rather than int() and float(): those also take "1_000", "nan" and "inf".
_PLAIN = {
    "int": Kind("a whole number", re.compile(r"-?[0-9]+").fullmatch, "int64"),
    "float": Kind(
        "a number", re.compile(r"(-?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?)?").fullmatch, "float64"
    ),
    "text": Kind("a text", bool, "str"),
    "month": Kind(
        "a month such as 1949-01", re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])").fullmatch, "period[M]"
    ),
}
