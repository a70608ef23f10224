"""Reading a CSV file, strictly: a table that differs from its entry in the catalogue is refused."""

import csv
from collections.abc import Sequence
from itertools import zip_longest

import pandas as pd

from .entries import Dataset
from .kinds import kind


def read(dataset: Dataset) -> pd.DataFrame:
    """The rows of `dataset.file` as a frame with the catalogue's types and index.

    Raises ValueError, naming the table and the first thing that is wrong, if its columns or their
    order, the number of rows, a cell or the index is not as the catalogue says.

    >>> from .entries import entry
    >>> read(entry("air_passengers")).index.dtype
    period[M]
    """
    header, rows = _read_cells(dataset)
    _check_columns(dataset, header)
    _check_rows(dataset, rows)
    columns = zip(header, zip(*rows, strict=True), strict=True)
    frame = pd.DataFrame({column: _typed(dataset, column, cells) for column, cells in columns})
    return _indexed(dataset, frame)


def _read_cells(dataset: Dataset) -> tuple[list[str], list[list[str]]]:
    # Not pandas.read_csv: it renames a column without a name and takes the text "NA" for missing.
    with dataset.file.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        return next(lines, []), list(lines)


def _check_columns(dataset: Dataset, header: Sequence[str]) -> None:
    pairs = zip_longest(header, dataset.types, fillvalue="(no column)")
    for number, (found, expected) in enumerate(pairs, start=1):
        if found != expected:
            raise _refusal(
                dataset, f"column {number} is {found!r}, where the catalogue has {expected!r}"
            )


def _check_rows(dataset: Dataset, rows: Sequence[Sequence[str]]) -> None:
    if len(rows) != dataset.rows:
        raise _refusal(dataset, f"it has {len(rows)} rows, where the catalogue has {dataset.rows}")
    for number, row in enumerate(rows, start=1):
        if len(row) != len(dataset.types):
            raise _refusal(
                dataset, f"row {number} has {len(row)} cells for {len(dataset.types)} columns"
            )


def _typed(dataset: Dataset, column: str, cells: Sequence[str]) -> pd.Series:
    expected = kind(dataset.types[column])
    for number, cell in enumerate(cells, start=1):
        if not expected.allows(cell):
            raise _refusal(
                dataset,
                f"column {column!r} has {cell!r} in row {number}, not {expected.description}",
            )
    return pd.Series([cell or None for cell in cells], dtype=expected.dtype)


def _indexed(dataset: Dataset, frame: pd.DataFrame) -> pd.DataFrame:
    if dataset.index is None:
        return frame
    names = frame[dataset.index]
    if names.isna().any() or names.duplicated().any():
        raise _refusal(dataset, f"its index {dataset.index!r} has a missing or repeated value")
    return frame.set_index(dataset.index).rename_axis(dataset.index or None)


def _refusal(dataset: Dataset, wrong: str) -> ValueError:
    return ValueError(f"Table {dataset.name!r} is not as catalogued: {wrong}.")
