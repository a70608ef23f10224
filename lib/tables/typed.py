"""A table that has types of its own, from Parquet or from memory: they are taken as they are."""

import datetime
import decimal
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from .columns import column_of, kinds_of_texts
from .identifiers import NAMED, REPEATED, group_rows, names_rows
from .names import made_distinct
from .numbers import EXACT
from .reading import ColumnReading, Kind, Reading, Stored
from .sheet import Column, Note, Sheet

KIND_OF: dict[Stored, Kind] = {
    "as it is": "number",
    "number": "number",
    "names": "identifier",
    "groups": "category",
    "moment": "date",
    "period": "date",
    "seconds": "number",
    "parts": "ignored",
    "truth": "category",
    "levels": "category",
}
WHY: dict[Stored, str] = {
    "as it is": "It is stored as numbers.",
    "number": "It is stored as numbers.",
    "names": "Its numbers are names.",
    "groups": REPEATED,
    "moment": "It is stored as dates.",
    "period": "It is stored as periods; each is the date at which it begins.",
    "seconds": "It is stored as times; they are seconds.",
    "parts": "Its cells hold lists or other nested values.",
    "truth": "It is stored as true or false.",
    "levels": "It is stored as a category.",
}


Known = tuple[str, Kind, str, pd.Series, tuple[str, ...]]


def _counted(known: Known) -> Column:
    return column_of(*known)


def typed_sheet(frame: pd.DataFrame, name: str, reading: Reading) -> Sheet:
    """The sheet of a frame; columns of text are read as those of a file are."""
    frame, notes, index_names = _with_plain_names(frame)
    hows: dict[str, ColumnReading] = {}
    series: dict[str, pd.Series] = {}
    known: list[Known] = []
    for label in frame.columns:
        given = reading.of_column(label)
        stored = given.stored or stored_as(label, frame[label])
        values = plain_values(frame[label], stored)
        if stored == "text":
            series[label] = values
            continue
        kind = KIND_OF[stored]
        levels: tuple[str, ...] = ()
        if isinstance(values.dtype, pd.CategoricalDtype) and values.dtype.ordered:
            kind, levels = "ordered", tuple(map(str, values.cat.categories))
        if not values.notna().any():
            kind = "ignored"
        hows[label] = replace(given, kind=kind, levels=levels, stored=stored)
        series[label] = values
        why = WHY[stored] if kind != "ignored" or stored == "parts" else "It has no values."
        known.append((label, kind, why, values, levels))
        notes += _said(label, frame[label], stored)
    with ThreadPoolExecutor() as pool:  # numpy sorts beside itself, and counting is sorting
        columns = {
            each[0]: column for each, column in zip(known, pool.map(_counted, known), strict=True)
        }
    texts = {label: series[label] for label in frame.columns if label not in hows}
    read, text_notes = kinds_of_texts(texts, reading)
    for label, (how, column, values) in read.items():
        hows[label], columns[label], series[label] = replace(how, stored="text"), column, values
    return Sheet(
        name,
        pd.DataFrame({label: series[label] for label in frame.columns}, copy=False),
        tuple(columns[label] for label in frame.columns),
        (*notes, *text_notes),
        replace(
            reading,
            index_names=index_names,
            columns=tuple(hows[label] for label in frame.columns),
        ),
    )


def _with_plain_names(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Note], tuple[str, ...]]:
    """The frame with an index of its own kept as columns, and with names that differ."""
    index_names: tuple[str, ...] = ()
    if not isinstance(frame.index, pd.RangeIndex) or frame.index.name is not None:
        named = frame.index.names
        index_names = tuple(made_distinct(["row" if name is None else str(name) for name in named]))
        frame = frame.set_axis(
            pd.MultiIndex.from_arrays(
                [frame.index.get_level_values(level) for level in range(frame.index.nlevels)],
                names=index_names,
            )
        ).reset_index(allow_duplicates=True)
    labels: list[object] = list(frame.columns)
    names = [" ".join(map(str, n)) if isinstance(n, tuple) else str(n) for n in labels]
    distinct = made_distinct([name.strip() or "column" for name in names])
    notes = []
    if len(set(names)) < len(names):
        notes.append(Note("Several columns have the same name; the duplicates were numbered."))
    return frame.set_axis(distinct, axis=1), notes, index_names


def stored_as(name: str, values: pd.Series) -> Stored:
    """What a column is stored as: by its type, and for objects by its first values."""
    dtype = values.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return "levels"
    if pd.api.types.is_bool_dtype(dtype):
        return "truth"
    if pd.api.types.is_integer_dtype(dtype):
        return _stored_whole(name, values)
    if pd.api.types.is_float_dtype(dtype):
        return "as it is" if dtype in ("float64", "float32") else "number"
    if pd.api.types.is_datetime64_any_dtype(dtype):
        return "moment"
    if isinstance(dtype, pd.PeriodDtype):
        return "period"
    if pd.api.types.is_timedelta64_dtype(dtype):
        return "seconds"
    if isinstance(dtype, pd.StringDtype):
        return "text"
    return _stored_objects(values)


def _stored_whole(name: str, values: pd.Series) -> Stored:
    if _too_large(values):
        return "names"
    why = names_rows(name, values)
    if why == NAMED and group_rows(values.nunique(), len(values)):
        return "groups"
    return "names" if why else "as it is"


def _stored_objects(values: pd.Series) -> Stored:
    kinds = {type(value) for value in values.dropna().iloc[:1_000]}
    if not kinds:
        return "text"
    if kinds <= {bool, np.bool_}:
        return "truth"
    if kinds <= {int, np.int64}:
        return "names" if _too_large(values) else "number"
    if kinds <= {int, float, decimal.Decimal, np.float64}:
        return "number"
    if kinds <= {datetime.date, datetime.datetime, pd.Timestamp}:
        return "moment"
    if kinds <= {datetime.time, datetime.timedelta}:
        return "seconds"
    return "text" if kinds == {str} else "parts"


def _too_large(values: pd.Series) -> bool:
    present = values.dropna()
    return len(present) > 0 and max(abs(int(present.min())), abs(int(present.max()))) > EXACT


def plain_values(values: pd.Series, stored: Stored) -> pd.Series:
    """The values as a sheet holds them: floats, texts, moments without a zone, categories."""
    if stored == "as it is":
        if not np.isfinite(values.to_numpy(dtype="float64", na_value=0.0)).all():
            return values.mask(values.abs() == np.inf)
        return values if isinstance(values.dtype, np.dtype) else values.astype("float64")
    if stored == "number":
        numbers = pd.to_numeric(values, errors="coerce").astype("float64")
        return numbers.mask(numbers.abs() == np.inf)
    if stored == "moment":
        moments = pd.to_datetime(values, utc=True, errors="coerce")
        return moments.dt.tz_localize(None).astype("datetime64[us]")
    if stored == "period":
        begin: pd.Series = values.dt.to_timestamp().astype("datetime64[us]")
        return begin
    if stored == "groups":
        return values.astype("str").astype("category")
    if stored == "seconds":
        return pd.to_timedelta(values.astype("str"), errors="coerce").dt.total_seconds()
    if stored == "truth":
        return values.map({True: "true", False: "false"}).astype("category")
    if stored == "levels":
        return values.cat.rename_categories(list(map(str, values.cat.categories)))
    if stored == "parts":
        return values.map(_as_text, na_action="ignore").astype("str")
    return values.astype("str")


def _as_text(value: Any) -> str:
    plain = value.tolist() if isinstance(value, np.ndarray) else value
    return json.dumps(plain, default=str, ensure_ascii=False)


def code(name: str, stored: Stored) -> list[str]:
    """The lines that make the same of a column of a frame `table`."""
    value = f"table[{name!r}]"
    lines: dict[Stored, list[str]] = {
        "as it is": [f"{value} = {value}.mask({value}.abs() == float('inf'))"],
        "number": [
            f"number = pd.to_numeric({value}, errors='coerce').astype('float64')",
            f"{value} = number.mask(number.abs() == float('inf'))",
        ],
        "moment": [
            f"moment = pd.to_datetime({value}, utc=True, errors='coerce')",
            f"{value} = moment.dt.tz_localize(None).astype('datetime64[us]')",
        ],
        "period": [f"{value} = {value}.dt.to_timestamp().astype('datetime64[us]')"],
        "groups": [f"{value} = {value}.astype('str').astype('category')"],
        "seconds": [
            f"{value} = pd.to_timedelta({value}.astype('str'), errors='coerce').dt.total_seconds()"
        ],
        "truth": [f"{value} = {value}.map({{True: 'true', False: 'false'}}).astype('category')"],
        "levels": [
            f"{value} = {value}.cat.rename_categories({value}.cat.categories.astype('str'))"
        ],
        "parts": [
            "def as_text(cell):",
            "    plain = cell.tolist() if isinstance(cell, np.ndarray) else cell",
            "    return json.dumps(plain, default=str, ensure_ascii=False)",
            "",
            f"{value} = {value}.map(as_text, na_action='ignore').astype('str')",
        ],
    }
    return lines.get(stored, [f"{value} = {value}.astype('str')"])


def _said(name: str, values: pd.Series, stored: Stored) -> list[Note]:
    if stored == "names":
        words = f"{name} is read as names: its numbers count or name the rows."
        return [Note(words, column=name)]
    if stored == "groups":
        return [Note(f"{name} is read as a category. {REPEATED}", column=name)]
    if stored == "period":
        words = f"{name}: its periods were read as dates, each the date at which it begins."
        return [Note(words, column=name)]
    if stored == "parts":
        words = f"{name} is set aside: its cells hold lists or other nested values."
        return [Note(words, column=name)]
    zone = getattr(values.dtype, "tz", None)
    if stored == "moment" and zone is not None:
        return [
            Note(
                f"{name}: its times are of the zone {zone}; they were brought to UTC.", column=name
            )
        ]
    if stored == "as it is" and pd.api.types.is_float_dtype(values.dtype):
        infinite = int(np.isinf(values.to_numpy(dtype="float64", na_value=0.0)).sum())
        if infinite:
            are = "value is" if infinite == 1 else "values are"
            words = f"{name}: {infinite} infinite {are} missing."
            return [Note(words, column=name)]
    return []
