"""Which rows are used: those without gaps, those that a pair shares, some at a time."""

from collections.abc import Iterator
from typing import Literal, NoReturn, TypeAlias, TypeVar, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .arrays import Floats, Integers
from .options import is_among
from .refusals import counted

Entry = TypeVar("Entry", np.float64, np.bool_)
Missing: TypeAlias = Literal["pairwise", "complete"]

_VALUES_AT_ONCE = 2**17
_FEWEST_ROWS_AT_ONCE = 256


def rows_to_use(values: Floats, missing: Missing) -> Floats:
    """All rows, or with "complete" those without a missing value.

    Raises
    ------
    ValueError
        For an unknown choice, and where no row is complete.
    """
    check_missing(missing)
    if missing == "pairwise":
        return values
    complete = complete_rows(values)
    if not len(complete):
        refuse_no_complete_row()
    return complete


def refuse_no_complete_row() -> NoReturn:
    """Raise ValueError that no row has a value in every column."""
    raise ValueError(
        "No row is complete: leave out the emptiest columns, or use missing='pairwise'."
    )


def check_missing(missing: str) -> None:
    """Raise ValueError for another choice than "pairwise" or "complete"."""
    if not is_among(missing, get_args(Missing)):
        raise ValueError(
            f"Unknown choice {missing!r} for missing: choose from {', '.join(get_args(Missing))}."
        )


def complete_rows(values: Floats) -> Floats:
    """The rows of a table without a missing value."""
    return values[~np.isnan(values).any(axis=1)]


def refuse_too_few_rows(
    missing: "pd.Series[int]", purpose: str, complete: int, columns: int
) -> None:
    """Raise ValueError for no more complete rows than columns, which `purpose` needs.

    `missing` says how many values each column misses.
    """
    if complete > columns:
        return
    rows = counted(complete, "complete row")
    message = (
        f"The table has {rows} for {columns} columns: {purpose} need more complete rows than "
        "columns. Leave out columns"
    )
    if missing.any():
        emptiest = missing.idxmax()
        message += f", first the one with most missing values, {emptiest!r}"
    raise ValueError(f"{message}.")


def shared_rows(values: Floats, others: Floats | None = None) -> Integers:
    """In how many rows column i of a table and column j, of another or of itself, have a value."""
    missing = np.isnan(values)
    missing_beside = missing if others is None else np.isnan(others)
    shape = values.shape[1], missing_beside.shape[1]
    if not (missing.any() or missing_beside.any()):
        return np.full(shape, len(values), dtype=np.int64)
    n = np.zeros(shape, dtype=np.int64)
    for some in blocks(len(values), _rows_at_once(max(shape))):
        present = (~missing[some]).astype(np.float32)  # exact for fewer than 2^24 rows
        beside = present if others is None else (~missing_beside[some]).astype(np.float32)
        n += (present.T @ beside).astype(np.int64)
    return n


def row_blocks(values: NDArray[Entry]) -> Iterator[NDArray[Entry]]:
    """The rows of a table, so many at a time as a processor's cache holds."""
    return (values[some] for some in blocks(len(values), _rows_at_once(values.shape[1])))


def _rows_at_once(columns: int) -> int:
    return max(_FEWEST_ROWS_AT_ONCE, _VALUES_AT_ONCE // max(1, columns))


def blocks(count: int, at_a_time: int) -> Iterator[slice]:
    """0 to count in slices of so many each, at least one; the last may be shorter."""
    size = max(1, at_a_time)
    return (slice(start, min(start + size, count)) for start in range(0, count, size))
