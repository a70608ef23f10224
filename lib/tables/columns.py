"""Columns of texts become columns of values, each with its kind."""

from dataclasses import replace

import numpy as np
import pandas as pd

from .as_numbers import decimal_mark
from .candidates import candidate
from .convert import converted
from .kinds import infer
from .reading import ColumnReading, Kind, Reading
from .sheet import Column, Note

Read = dict[str, tuple[ColumnReading, Column, pd.Series]]
WHOLE_AT_MOST = 2**53


def kinds_of_texts(texts: "dict[str, pd.Series[str]]", reading: Reading) -> tuple[Read, list[Note]]:
    """How each column is read, what it is, and its values; and what was guessed."""
    stripped = {name: series.str.strip().fillna("") for name, series in texts.items()}
    candidates = {
        name: candidate(name, series, reading.of_column(name)) for name, series in stripped.items()
    }
    mark = decimal_mark(list(candidates.values()))
    na_elsewhere = any("NA" in one.missing and one.numbers.numbers for one in candidates.values())
    read: Read = {}
    notes: list[Note] = []
    for name, one in candidates.items():
        found = infer(one, mark, na_elsewhere)
        values = converted(one.texts, found.how) if found.values is None else found.values
        values = whole(values)
        kind = found.how.kind or "ignored"
        column = column_of(name, kind, found.why, values, found.how.levels)
        how = replace(found.how, whole=values.dtype == "int64")
        read[name] = how, column, values
        notes += found.notes
        if kind in ("category", "ordered", "identifier"):
            notes += _about_words(name, texts[name], one.texts, column, values)
    return read, [*_missing_words(read), *notes]


def whole(values: pd.Series) -> pd.Series:
    """Numbers without fractions and gaps as whole numbers."""
    if values.dtype != "float64" or not len(values):
        return values
    array = values.to_numpy()
    if np.isfinite(array).all() and (np.abs(array) < WHOLE_AT_MOST).all():
        rounded = array.astype("int64")
        if (rounded == array).all():
            return pd.Series(rounded, index=values.index, name=values.name)
    return values


def column_of(
    name: str, kind: Kind, why: str, values: pd.Series, levels: tuple[str, ...] = ()
) -> Column:
    """A column with what is missing and what differs counted."""
    return Column(name, kind, why, int(values.isna().sum()), distinct(values), levels)


def distinct(values: pd.Series) -> int:
    """How many different values a column has."""
    if isinstance(values.dtype, np.dtype) and values.dtype.kind in "fiu":
        array = np.sort(values.to_numpy())
        if array.dtype.kind == "f":
            array = array[: len(array) - int(np.isnan(array).sum())]
        return int((array[1:] != array[:-1]).sum()) + 1 if len(array) else 0
    return int(values.nunique())


def _about_words(
    name: str, raw: pd.Series, stripped: pd.Series, column: Column, values: pd.Series
) -> list[Note]:
    notes = []
    if column.kind != "identifier" and bool((raw.fillna("") != stripped).any()):
        notes.append(Note(f"{name}: blanks around its words were taken away.", column=name))
    if column.kind == "category" and column.distinct <= 200:
        levels = [str(level) for level in values.dropna().unique()]
        folded: dict[str, list[str]] = {}
        for level in levels:
            folded.setdefault(" ".join(level.casefold().split()), []).append(level)
        alike = next((both for both in folded.values() if len(both) > 1), None)
        if alike:
            words = f"{name}: {alike[0]} and {alike[1]} differ by capitals or blanks alone."
            notes.append(Note(words, column=name))
    return notes


def _missing_words(read: Read) -> list[Note]:
    """Which words were read as missing, and where."""
    said: dict[str, list[str]] = {}
    for name, (how, _, _) in read.items():
        for word in how.missing or ():
            said.setdefault(word, []).append(name)
    if not said:
        return []
    words = ", ".join(sorted(said)[:10])
    columns = list(dict.fromkeys(name for names in said.values() for name in names))
    where = f"in {columns[0]}" if len(columns) == 1 else f"in {len(columns)} columns"
    return [Note(f"Read as missing: {words} ({where}).")]
