"""Another kind for a column of a sheet: what is converted, and what is lost by it."""

from dataclasses import replace

import pandas as pd

from . import dates, numbers
from .columns import column_of
from .literal import literal
from .reading import Change, Kind
from .scales import order_of
from .sheet import Note, Sheet


def changed(sheet: Sheet, name: str, kind: Kind, levels: tuple[str, ...] = ()) -> Sheet:
    """The sheet with a column of another kind."""
    column = sheet.column(name)
    if kind == "ordered":
        levels = _levels(sheet.frame[name], name, levels)
    before = sheet.frame[name]
    change = Change(name, kind, levels)
    change = replace(change, lines=tuple(code(before, change)))
    after = converted(before, change)
    lost = int(after.isna().sum()) - column.missing
    notes = list(sheet.notes)
    if lost:
        one = "value that is no" if lost == 1 else "values that are no"
        words = f"{name} is read as {kind}, as you asked: {lost} {one} {kind} became missing."
        notes.append(Note(words, column=name))
    frame = sheet.frame.assign(**{name: after})
    replaced = column_of(name, kind, "You said so.", after, levels)
    columns = tuple(replaced if each.name == name else each for each in sheet.columns)
    reading = replace(sheet.reading, changes=(*sheet.reading.changes, change))
    asked = replace(sheet.asked, changes=(*sheet.asked.changes, change))
    return Sheet(sheet.name, frame, columns, tuple(notes), reading, asked)


def _levels(values: pd.Series, name: str, levels: tuple[str, ...]) -> tuple[str, ...]:
    present = [str(level) for level in as_text(values).dropna().unique()]
    if not levels:
        return order_of(present) or tuple(sorted(present, key=_by_number))
    if missing := sorted(set(present) - set(levels)):
        raise ValueError(f"The order of {name!r} lacks {', '.join(missing[:3])}.")
    return tuple(dict.fromkeys(levels))


def _by_number(level: str) -> tuple[float, str]:
    try:
        return float(level), level
    except ValueError:
        return float("inf"), level


def converted(values: pd.Series, change: Change) -> pd.Series:
    """The values as another kind; what cannot be converted becomes missing."""
    if change.kind == "ignored":
        return values
    if change.kind == "number":
        if pd.api.types.is_numeric_dtype(values.dtype):
            return values
        text = as_text(values)
        for pattern, instead in _replacing(text):
            text = text.str.replace(pattern, instead, regex=True)
        number = pd.to_numeric(text, errors="coerce").astype("float64")
        return number.mask(number.abs() == float("inf"))
    if change.kind == "date":
        if pd.api.types.is_datetime64_any_dtype(values.dtype):
            return values
        text = as_text(values)
        return pd.to_datetime(text, format=_format(text), errors="coerce").astype("datetime64[us]")
    if change.kind == "category":
        return as_text(values).astype("category")
    if change.kind == "ordered":
        return as_text(values).astype(pd.CategoricalDtype(list(change.levels), ordered=True))
    return as_text(values)


def _replacing(texts: pd.Series) -> tuple[tuple[str, str], ...]:
    """What leaves plain numbers of texts like 3,45; nothing where that is not clear.

    Letters beside a number stay, since 12a may be a house and no unit of 12.
    """
    found = numbers.find(map(str.strip, texts.dropna().unique()[:1_000]))
    if not found.numbers or not found.styles or found.two_ways:
        return ()
    bare = replace(found, before=frozenset(), after=frozenset(), remarks=False)
    return numbers.replacing(bare, found.styles[0])


def _format(texts: pd.Series) -> str:
    found = dates.find(texts.dropna().unique()[:1_000])
    return found.formats[0] if found.formats else "ISO8601"


def as_text(values: pd.Series) -> "pd.Series[str]":
    """The values as texts: 3.0 is 3, as it would be written."""
    if values.dtype == "float64":
        whole = values.dropna()
        if len(whole) and bool((whole % 1 == 0).all()) and bool((whole.abs() < 2**53).all()):
            return values.astype("Int64").astype("str")
    return values.astype("str")


def code(values: pd.Series, change: Change) -> list[str]:
    """The lines that convert a column of a frame `table`, whose `values` it has before."""
    column = f"table[{change.column!r}]"
    text = f"{column}.astype('str')"
    if values.dtype == "float64" and not values.astype("str").equals(as_text(values)):
        text = f"{column}.astype('Int64').astype('str')"
    if change.kind == "ignored":
        return []
    if change.kind == "number":
        if pd.api.types.is_numeric_dtype(values.dtype):
            return []
        replaced = [
            f"text = text.str.replace({literal(pattern)}, {literal(instead)}, regex=True)"
            for pattern, instead in _replacing(as_text(values))
        ]
        return [
            f"text = {text}",
            *replaced,
            "number = pd.to_numeric(text, errors='coerce').astype('float64')",
            f"{column} = number.mask(number.abs() == float('inf'))",
        ]
    if change.kind == "date":
        if pd.api.types.is_datetime64_any_dtype(values.dtype):
            return []
        form = _format(as_text(values))
        return [
            f"{column} = pd.to_datetime({text}, format={form!r}, errors='coerce')",
            f"{column} = {column}.astype('datetime64[us]')",
        ]
    if change.kind == "category":
        return [f"{column} = {text}.astype('category')"]
    if change.kind == "ordered":
        dtype = f"pd.CategoricalDtype({list(change.levels)!r}, ordered=True)"
        return [f"{column} = {text}.astype({dtype})"]
    return [f"{column} = {text}"]
