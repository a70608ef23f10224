"""From the texts of a column to its values, and the lines of pandas that do the same."""

from typing import Literal

import pandas as pd

from .literal import literal
from .reading import ColumnReading

DURATION, MINUTES, CLOCK_OF_DAY = "duration", "minutes", "clock of day"
SERIAL, SECONDS, MILLISECONDS = "serial", "seconds", "milliseconds"
UNITS: dict[str, Literal["s", "ms"]] = {SECONDS: "s", MILLISECONDS: "ms"}
EPOCH_OF_SPREADSHEETS = "1899-12-30"


def converted(texts: "pd.Series[str]", how: ColumnReading) -> pd.Series:
    """The values of texts that have no blanks around them."""
    texts = texts.mask(texts.isin(["", *(how.missing or ())]))
    for pattern, instead in how.replacing:
        texts = texts.str.replace(pattern, instead, regex=True)
    if how.kind == "number":
        return _number(texts, how)
    if how.kind == "date":
        return _date(texts, how)
    if how.kind == "category":
        return texts.astype("category")
    if how.kind == "ordered":
        return texts.astype(pd.CategoricalDtype(list(how.levels), ordered=True))
    return texts


def _number(texts: pd.Series, how: ColumnReading) -> pd.Series:
    if DURATION in how.formats:
        return pd.to_timedelta(texts, errors="coerce").dt.total_seconds()
    if CLOCK_OF_DAY in how.formats:
        moment = pd.to_datetime(texts, format=how.formats[1], errors="coerce")
        return (moment - moment.dt.normalize()).dt.total_seconds()
    numbers = pd.to_numeric(texts, errors="coerce").astype("float64")
    return numbers.mask(numbers.abs() == float("inf"))


def _date(texts: pd.Series, how: ColumnReading) -> pd.Series:
    first, *others = [_dates_of(texts, form, how.in_zones) for form in how.formats]
    for other in others:
        first = first.fillna(other)
    return first


def _dates_of(texts: pd.Series, form: str, in_zones: bool) -> pd.Series:
    if form in UNITS:
        numbers = pd.to_numeric(texts, errors="coerce")
        return pd.to_datetime(numbers, unit=UNITS[form], errors="coerce")
    if form == SERIAL:
        numbers = pd.to_numeric(texts, errors="coerce")
        return pd.to_datetime(numbers, unit="D", origin=EPOCH_OF_SPREADSHEETS, errors="coerce")
    if in_zones:
        found = pd.to_datetime(texts, format=form, utc=True, errors="coerce")
        return found.dt.tz_localize(None).astype("datetime64[us]")
    found = pd.to_datetime(texts, format=form, errors="coerce")
    return found.astype("datetime64[us]")


def code(names: list[str], how: ColumnReading) -> list[str]:
    """The lines that convert the columns of these names in a frame `table` of texts."""
    lines = [
        "text = table[name].str.strip()",
        f"text = text.mask(text.isin({literal(['', *(how.missing or ())])}))",
    ]
    lines += [
        f"text = text.str.replace({literal(pattern)}, {literal(instead)}, regex=True)"
        for pattern, instead in how.replacing
    ]
    lines += _value_code(how)
    return [f"for name in {literal(names)}:", *(f"    {line}" for line in lines)]


def _value_code(how: ColumnReading) -> list[str]:
    if how.kind == "number" and DURATION in how.formats:
        return ['table[name] = pd.to_timedelta(text, errors="coerce").dt.total_seconds()']
    if how.kind == "number" and CLOCK_OF_DAY in how.formats:
        return [
            f'moment = pd.to_datetime(text, format={literal(how.formats[1])}, errors="coerce")',
            "table[name] = (moment - moment.dt.normalize()).dt.total_seconds()",
        ]
    if how.kind == "number":
        return [
            'number = pd.to_numeric(text, errors="coerce").astype("float64")',
            'table[name] = number.mask(number.abs() == float("inf"))',
        ]
    if how.kind == "date":
        first, *others = [_date_code(form, how.in_zones) for form in how.formats]
        filled = [f"date = date.fillna({other})" for other in others]
        return [f"date = {first}", *filled, "table[name] = date"]
    if how.kind == "category":
        return ['table[name] = text.astype("category")']
    if how.kind == "ordered":
        dtype = f"pd.CategoricalDtype({literal(list(how.levels))}, ordered=True)"
        return [f"table[name] = text.astype({dtype})"]
    return ["table[name] = text"]


def _date_code(form: str, in_zones: bool) -> str:
    number = 'pd.to_numeric(text, errors="coerce")'
    if form in UNITS:
        return f'pd.to_datetime({number}, unit={literal(UNITS[form])}, errors="coerce")'
    if form == SERIAL:
        origin = EPOCH_OF_SPREADSHEETS
        return f'pd.to_datetime({number}, unit="D", origin={literal(origin)}, errors="coerce")'
    zone = "utc=True, " if in_zones else ""
    local = ".dt.tz_localize(None)" if in_zones else ""
    date = f'pd.to_datetime(text, format={literal(form)}, {zone}errors="coerce"){local}'
    return f'{date}.astype("datetime64[us]")'
