"""What a column measures: numbers, ordered levels or levels without an order."""

from collections.abc import Hashable
from typing import Any, Literal, TypeAlias

import pandas as pd
from pandas.api import types

from .arrays import Integers
from .options import is_among
from .refusals import as_dict, as_list, dropped, plain, refuse

Kind: TypeAlias = Literal["numeric", "ordinal", "nominal"]


def kind_of(column: "pd.Series[Any]") -> Kind | None:
    """What a column of a table measures; None for complex numbers, bytes, mixed objects, lists.

    Booleans, dates and durations count as numbers. A column without any value is nominal where it
    is one of objects.
    """
    dtype = column.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return "ordinal" if dtype.ordered else "nominal"
    if is_number(dtype):
        return "numeric"
    if types.infer_dtype(column, skipna=True) in {"string", "empty"}:
        return "nominal"
    return None


def is_discrete(column: "pd.Series[Any]") -> bool:
    """Whether a column holds text, categories or booleans."""
    return kind_of(column) in {"nominal", "ordinal"} or types.is_bool_dtype(column.dtype)


def is_number(dtype: Any) -> bool:
    """Whether values of this type are read as numbers: see `numeric_matrix`."""
    if isinstance(dtype, pd.CategoricalDtype) or types.is_complex_dtype(dtype):
        return False
    return types.is_numeric_dtype(dtype) or types.is_bool_dtype(dtype) or is_time(dtype)


def is_time(dtype: Any) -> bool:
    """Whether values of this type are dates, periods or durations."""
    return dtype.kind in "mM" or isinstance(dtype, pd.PeriodDtype)


def kinds_of(data: pd.DataFrame) -> list[Kind]:
    """The kind of each column.

    Raises
    ------
    ValueError
        For columns that have none. The message names them and the way out.
    """
    refuse_complex(data)
    kinds = [kind_of(column) for _, column in data.items()]
    others = [name for name, kind in zip(data, kinds, strict=True) if kind is None]
    refuse(
        others,
        "neither numbers nor text nor categories: make texts of values that are levels, for "
        f"example with data.astype({as_dict(others, 'str')}), or leave out what is none, of a "
        f"table with {dropped(others)}",
    )
    return [kind for kind in kinds if kind is not None]


def refuse_held_categories(data: pd.DataFrame, held: Integers) -> None:
    """Raise ValueError for columns of categories among those that are to be held fixed."""
    names = [data.columns[place] for place in held if _holds_levels(data.iloc[:, place])]
    refuse(
        names,
        "of categories, which are held fixed as columns of 0 and 1: make these with "
        f"pd.get_dummies(data, columns={as_list(names)}, drop_first=True), and name them in given",
    )


def refuse_category_as_target(data: pd.DataFrame, target: Hashable) -> None:
    """Raise ValueError where the column of that name, if there is one, holds categories."""
    for column in [column for name, column in data.items() if is_among(target, [name])]:
        if _holds_levels(column):
            of_name, level = f"data[{plain(target)!r}]", plain(column.dropna().iloc[0])
            refuse(
                [target],
                "of categories, and a target is numbers: ask for one level at a time, for example "
                f"with {of_name} = ({of_name} == {level!r})",
            )


def _holds_levels(column: "pd.Series[Any]") -> bool:
    return kind_of(column) in {"nominal", "ordinal"} and bool(column.notna().any())


def refuse_complex(data: pd.DataFrame) -> None:
    """Raise ValueError for columns of complex numbers, which have no order."""
    names = [name for name, column in data.items() if holds(column) == "complex"]
    if names:
        column = f"data[{names[0]!r}]"
        refuse(
            names,
            "not numeric but complex: take the size of each number, in a table with "
            f"{column} = abs(pd.to_numeric({column})), or leave them out",
        )


def holds(column: "pd.Series[Any]") -> str:
    """What the values are, in pandas' words: "complex", "bytes", "mixed" and so on.

    Known only of objects and of complex numbers, and for the rest the name of the type.
    """
    if column.dtype == object:
        return types.infer_dtype(column, skipna=True)
    return "complex" if types.is_complex_dtype(column.dtype) else str(column.dtype)
