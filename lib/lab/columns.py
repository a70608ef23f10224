"""Options that come from a table: its columns by what they hold."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from pandas.api import types

NONE = "none"
"""What a choice of a column offers for no column at all."""

_FEWEST_COUNTS = 4
_SHOWN = 3
_FIRST = 1000  # so that long columns are seldom looked through


def everything(table: pd.DataFrame) -> list[str]:
    """All columns, in their order. A sheet's columns are named by texts."""
    return [str(name) for name in table.columns]


def numbers(table: pd.DataFrame) -> list[str]:
    """The columns of numbers.

    >>> numbers(pd.DataFrame({"x": [1.5], "kind": pd.Categorical(["a"])}))
    ['x']
    """
    return [name for name in everything(table) if types.is_numeric_dtype(table[name].dtype)]


def categories(table: pd.DataFrame) -> list[str]:
    """The columns of categories, ordered ones too.

    >>> categories(pd.DataFrame({"x": [1.5], "kind": pd.Categorical(["a"])}))
    ['kind']
    """
    return [name for name in everything(table) if _is_category(table[name])]


def _is_category(column: "pd.Series[Any]") -> bool:
    return isinstance(column.dtype, pd.CategoricalDtype)


def varying(table: pd.DataFrame) -> list[str]:
    """All columns, those that do not vary last: a choice begins with one that tells something.

    >>> varying(pd.DataFrame({"x": [1.0, 1.0], "y": [1.0, 2.0]}))
    ['y', 'x']
    """
    vary = {name: varies(table[name]) for name in everything(table)}
    return sorted(vary, key=vary.__getitem__, reverse=True)


def varies(column: "pd.Series[Any]") -> bool:
    """Whether a column has two different values; missing ones are none."""
    values = column.cat.codes[column.notna()] if _is_category(column) else column
    return any(bool(part.max() > part.min()) for part in (values.iloc[:_FIRST], values))


def is_clock(column: "pd.Series[Any]") -> bool:
    """Whether a column may count time, or rows: it never falls from one row to the next.

    >>> is_clock(pd.Series([2001, 2001, 2002])), is_clock(pd.Series([1.0, 3.0, 2.0]))
    (True, False)
    """
    return not _is_category(column) and bool(column.dropna().is_monotonic_increasing)


def dates(table: pd.DataFrame) -> list[str]:
    """The columns of dates."""
    return [name for name in everything(table) if types.is_datetime64_any_dtype(table[name].dtype)]


def numbers_or_none(table: pd.DataFrame) -> list[str]:
    """The columns of numbers, after the choice of none."""
    return [NONE, *numbers(table)]


def categories_or_none(table: pd.DataFrame) -> list[str]:
    """The columns of categories, after the choice of none."""
    return [NONE, *categories(table)]


def crossed(table: pd.DataFrame) -> list[str]:
    """The columns of categories where they stand beside one column of numbers and nothing else."""
    words = categories(table)
    alone = len(numbers(table)) == 1 and table.shape[1] == len(words) + 1
    return words if alone and len(words) > 1 else []


def count_column(table: pd.DataFrame) -> str:
    """The column that may say how often each combination of categories occurred; "" for none.

    It is the only column of numbers, all others are categories, and no combination comes twice.

    >>> table = pd.DataFrame({"sex": list("ffmm"), "ill": list("ynyn")}, dtype="category")
    >>> count_column(table.assign(people=[3, 9, 2, 8])), count_column(table)
    ('people', '')
    """
    words = crossed(table)
    if not words or len(table) < _FEWEST_COUNTS:
        return ""
    (name,) = numbers(table)
    times = table[name].dropna()
    whole = bool((times >= 0).all() and (times % 1 == 0).all() and times.max() > 1)
    return name if whole and not bool(table.duplicated(words).any()) else ""


def listed(names: Iterable[str]) -> str:
    """Names in a sentence: the first few, and how many more there are.

    >>> listed(["a", "b"]), listed("abcde")
    ('a and b', 'a, b, c and 2 more')
    """
    names = list(names)
    shown: Sequence[str] = names[:_SHOWN]
    if len(names) > _SHOWN:
        return f"{', '.join(shown)} and {len(names) - _SHOWN} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))
