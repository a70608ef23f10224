"""Whatever holds columns, as a pandas frame: the one gate that tables come in by."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .arrays import Column, unmasked
from .columns import (
    column_of,
    from_narwhals,
    in_narwhals,
    is_index_level,
    may_be_rounded,
    settled,
)
from .refusals import shortened
from .stored import OR_SOME_ROWS, keeper_of

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

Table: TypeAlias = (
    "pd.DataFrame | pd.Series[Any] | NDArray[Any] | Mapping[Any, Any] | Sequence[Any]"
    " | IntoDataFrame"
)


def table_of(data: Table) -> pd.DataFrame:
    """The table as a pandas frame whose columns have the types that their values have.

    Parameters
    ----------
    data
        n rows x k columns:

        - a pandas frame, which is not copied; a Series is one column
        - a polars, Arrow or other eager table that narwhals knows; an index without a name that
          pandas wrote into its file is no column
        - an array of one or two dimensions, its columns named 0 to k - 1; masked is missing
        - a dict of columns, each a Series, an array or a list
        - a list of rows, each a list or a dict of values by name

    Returns
    -------
    Columns of objects are columns of booleans, numbers, dates or durations, where all their
    values are and None or NaN stand for missing ones; Arrow's dictionaries are categories. Texts,
    categories and mixed objects stay as they are: which of them a measure takes is its business.

    Raises
    ------
    ValueError
        For what is not a table or not yet computed (lazy), for arrays of more dimensions, rows or
        columns of different lengths, and columns with different row labels.

    Examples
    --------
    >>> table_of([{"lit": True, "cars": 3}, {"lit": None, "cars": 5}])
        lit  cars
    0  True     3
    1  <NA>     5
    >>> table_of({"lit": pd.Series([True, None]), "cars": [3, 5]}).dtypes["lit"]
    BooleanDtype
    """
    return _settled(frame_of(data))


def frame_of(data: Table) -> pd.DataFrame:
    """The table as a pandas frame, its columns with the types that they came with.

    Raises
    ------
    ValueError
        As `table_of`.
    """
    if isinstance(data, pd.DataFrame):
        return data
    if isinstance(data, pd.Series):
        return data.to_frame()
    if isinstance(data, np.ndarray):
        return _of_array(data)
    if isinstance(data, Mapping):
        return _of_columns(data)
    if isinstance(data, (list, tuple)):
        return _of_rows(data)
    return _of_library(data)


def square_of(data: Table) -> pd.DataFrame:
    """A table with a row for each of its columns, such as distances, as `table_of` has it.

    Where rows have no names, as in an array or a polars table, they get those of the columns.
    """
    table = table_of(data)
    unnamed = not isinstance(data, pd.DataFrame) and isinstance(table.index, pd.RangeIndex)
    return table.set_axis(table.columns) if unnamed and len(set(table.shape)) == 1 else table


def side_by_side(**columns: Column) -> pd.DataFrame:
    """Columns of one length as a table: their first values in its first row, and so on.

    Raises
    ------
    ValueError
        As `column_of`; for columns of different lengths, and for Series with different row
        labels: pairing those by position would pair the wrong rows.

    Examples
    --------
    >>> side_by_side(x=[1, 2], y=["a", "b"])
       x  y
    0  1  a
    1  2  b
    """
    return _of_columns(columns).reset_index(drop=True)


def _settled(table: pd.DataFrame) -> pd.DataFrame:
    types = table.dtypes.tolist()
    unsettled = [place for place, dtype in enumerate(types) if dtype.kind not in "biufmM"]
    if not unsettled:
        return table
    found = {place: settled(table.iloc[:, place]) for place in unsettled}
    if all(found[place].dtype is types[place] for place in unsettled):
        return table
    columns = {
        place: found.get(place, column).array for place, (_, column) in enumerate(table.items())
    }
    return pd.DataFrame(columns, table.index).set_axis(table.columns, axis=1)


def _of_array(array: NDArray[Any]) -> pd.DataFrame:
    if array.dtype.names:
        return _of_columns({name: array[name] for name in array.dtype.names})
    if array.ndim not in (1, 2):
        raise ValueError(
            f"The table is an array of {array.ndim} dimensions: pass rows and columns, for example "
            "data.reshape(-1, data.shape[-1])."
        )
    if isinstance(array, np.ma.MaskedArray):
        return _settled(pd.DataFrame(unmasked(array)))
    return pd.DataFrame(array)


def _of_columns(columns: Mapping[Any, Column]) -> pd.DataFrame:
    found = {name: column_of(column, name) for name, column in columns.items()}
    lengths = {name: len(column) for name, column in found.items()}
    if len(set(lengths.values())) > 1:
        counts = shortened([f"{name} has {length}" for name, length in lengths.items()])
        raise ValueError(f"The columns differ in length ({counts}): pass the same rows of each.")
    labelled = [name for name in found if _has_labels(columns[name])]
    for first, other in pairwise(labelled):
        if not found[first].index.equals(found[other].index):
            _refuse_labels(first, other, found)
    labels = found[labelled[0]].index if labelled else None
    return pd.DataFrame({name: column.array for name, column in found.items()}, labels)


def _refuse_labels(first: Any, other: Any, found: "Mapping[Any, pd.Series[Any]]") -> NoReturn:
    same_order = f"where they have the same rows in the same order, pass {first}.to_numpy()"
    if not (found[first].index.is_unique and found[other].index.is_unique):
        raise ValueError(
            f"{first} and {other} have different row labels, some of them more than once: "
            f"{same_order}."
        )
    raise ValueError(
        f"{first} and {other} have different row labels: join them into one table first, for "
        f"example with pd.concat([{first}, {other}], axis=1, join='inner'), or, {same_order}."
    )


def _has_labels(column: Column) -> bool:
    return isinstance(column, (pd.Series, Mapping))


def _of_rows(rows: Sequence[Any]) -> pd.DataFrame:
    """Rows that are lists, dicts or arrays; values that are none of these make one column."""
    if rows and all(isinstance(row, Mapping) for row in rows):
        return _inferred(list(rows))
    sized = [row for row in rows if hasattr(row, "__len__") and not isinstance(row, (str, bytes))]
    lengths = [len(row) for row in sized]
    if sized and (len(sized) < len(rows) or len(set(lengths)) > 1):
        raise ValueError(
            "The rows differ in length: give each row a value for every column, None where it is "
            "missing."
        )
    return _inferred([unmasked(row) if isinstance(row, np.ndarray) else row for row in rows])


def _inferred(rows: list[Any]) -> pd.DataFrame:
    table = pd.DataFrame(rows)
    return _settled(pd.DataFrame(rows, dtype=object)) if may_be_rounded(table) else table


def _of_library(data: Any) -> pd.DataFrame:
    known = in_narwhals(data)
    native = getattr(known, "to_native", lambda: None)()
    if isinstance(native, pd.DataFrame):
        return native
    if hasattr(known, "to_arrow"):
        table = pd.DataFrame(from_narwhals(known))
        return _settled(table.drop(columns=[name for name in table if is_index_level(name)]))
    if hasattr(data, "__array__"):
        return _of_array(np.asarray(data))
    raise ValueError(
        f"{type(data).__name__} is no table: pass a pandas, polars or Arrow table, an array of "
        "rows and columns, or columns by name, such as {'x': [1, 2], 'y': [3, 4]}."
        + (f" {OR_SOME_ROWS}" if keeper_of(data) else "")
    )
