"""Options that come from a table: its columns by what they hold."""

from collections.abc import Iterable, Sequence

import pandas as pd
from pandas.api import types

NONE = "none"
"""What a choice of a column offers for no column at all."""

_SHOWN = 3


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
    return [
        name for name in everything(table) if isinstance(table[name].dtype, pd.CategoricalDtype)
    ]


def dates(table: pd.DataFrame) -> list[str]:
    """The columns of dates."""
    return [name for name in everything(table) if types.is_datetime64_any_dtype(table[name].dtype)]


def numbers_or_none(table: pd.DataFrame) -> list[str]:
    """The columns of numbers, after the choice of none."""
    return [NONE, *numbers(table)]


def categories_or_none(table: pd.DataFrame) -> list[str]:
    """The columns of categories, after the choice of none."""
    return [NONE, *categories(table)]


def everything_or_none(table: pd.DataFrame) -> list[str]:
    """All columns, after the choice of none."""
    return [NONE, *everything(table)]


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
