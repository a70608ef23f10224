"""Tweaks: what can be done to a sheet, each a sentence, an effect and lines of pandas.

A tweak is frozen and plain, so that it fits into an address. What it draws it draws from its seed.
"""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

from .limits import LIMITS
from .sheet import Sheet
from .tweaked import (
    categories_with,
    check_name,
    check_new,
    generator,
    needs,
    shown,
    tweaked,
    with_columns,
)

Comparison = Literal["=", "≠", "<", "≤", ">", "≥", "contains", "is missing", "is there"]
Value = float | str | None
OPERATORS = {"=": "==", "≠": "!=", "<": "<", "≤": "<=", ">": ">", "≥": ">="}
MOST_CLASSES = 50


@dataclass(frozen=True)
class Tweak:
    """One change of a sheet. `on` is False while it is switched off."""

    on: bool = field(default=True, kw_only=True)

    def words(self) -> str:
        """What it does, in a sentence."""
        raise NotImplementedError

    def apply(self, sheet: Sheet) -> Sheet:
        """The sheet after it. Raises ValueError, in a sentence, where it cannot be done."""
        raise NotImplementedError

    def code(self) -> tuple[str, ...]:
        """The lines that do the same to a frame `table`, with numpy as np and pandas as pd."""
        raise NotImplementedError


@dataclass(frozen=True)
class EditCell(Tweak):
    """Another value in one cell; None empties it. Rows are counted from 0."""

    row: int
    column: str
    value: Value

    def words(self) -> str:
        what = "nothing" if self.value is None else shown(self.value)
        return f"Put {what} into row {self.row + 1} of {self.column}."

    def apply(self, sheet: Sheet) -> Sheet:
        kind = check_name(sheet, self.column).kind
        if not 0 <= self.row < len(sheet.frame):
            raise ValueError(f"There is no row {self.row + 1}: the table has {len(sheet.frame)}.")
        here = sheet.frame.index == self.row
        values = sheet.frame[self.column]
        if self.value is None:
            return with_columns(sheet, {self.column: values.mask(here)})
        if kind == "number":
            if isinstance(self.value, str):
                raise ValueError(f"{self.column} has numbers, and {self.value!r} is none.")
            edited = values.astype("float64").mask(here, float(self.value))
            return with_columns(sheet, {self.column: edited})
        if kind == "date":
            date = pd.to_datetime(str(self.value), errors="coerce")
            if pd.isna(date):
                raise ValueError(f"{self.column} has dates, and {self.value!r} is none.")
            return with_columns(sheet, {self.column: values.mask(here, date)})
        word = str(self.value)
        return with_columns(sheet, {self.column: categories_with(values, word).mask(here, word)})

    def code(self) -> tuple[str, ...]:
        column, here = f"table[{self.column!r}]", f"table.index == {self.row}"
        if self.value is None:
            return (f"{column} = {column}.mask({here})",)
        if not isinstance(self.value, str):
            return (
                f"if pd.api.types.is_numeric_dtype({column}):",
                f"    {column} = {column}.astype('float64').mask({here}, {float(self.value)!r})",
                *self._word_code("else:", str(self.value)),
            )
        return (
            f"if pd.api.types.is_datetime64_any_dtype({column}):",
            f"    {column} = {column}.mask({here}, pd.to_datetime({self.value!r}))",
            *self._word_code("else:", self.value),
        )

    def _word_code(self, otherwise: str, word: str) -> tuple[str, ...]:
        column = f"table[{self.column!r}]"
        return (
            otherwise,
            f"    text = {column}",
            f"    if text.dtype == 'category' and {word!r} not in text.cat.categories:",
            f"        text = text.cat.add_categories([{word!r}])",
            f"    {column} = text.mask(table.index == {self.row}, {word!r})",
        )


@dataclass(frozen=True)
class FilterRows(Tweak):
    """Only the rows in which a column compares with a value as stated."""

    column: str
    comparison: Comparison
    value: Value = None

    def words(self) -> str:
        what = "" if self.comparison in ("is missing", "is there") else f" {shown(self.value)}"
        return f"Keep the rows in which {self.column} {self.comparison}{what}."

    def apply(self, sheet: Sheet) -> Sheet:
        column = check_name(sheet, self.column)
        if self.comparison in ("<", "≤", ">", "≥") and column.kind in ("category", "identifier"):
            raise ValueError(f"The words of {self.column} have no order: set it to ordered first.")
        compared = column.kind == "ordered" and self.comparison in OPERATORS
        if compared and str(self.value) not in column.levels:
            raise ValueError(f"{self.column} has no level {self.value!r}.")
        kept = self._kept(sheet.frame[self.column])
        if not kept.any():
            raise ValueError(f"No row is left: {self.words()[:-1]} fits none.")
        return tweaked(sheet, sheet.frame[kept].reset_index(drop=True))

    def _kept(self, values: pd.Series) -> "pd.Series[bool]":
        if self.comparison == "is missing":
            return values.isna()
        if self.comparison == "is there":
            return values.notna()
        if self.comparison == "contains":
            return values.astype("str").str.contains(str(self.value), regex=False).fillna(False)
        value = self._of_type(values)
        compare = {
            "=": values.__eq__,
            "≠": lambda other: (values != other) & values.notna(),
            "<": values.__lt__,
            "≤": values.__le__,
            ">": values.__gt__,
            "≥": values.__ge__,
        }[self.comparison]
        kept: pd.Series[bool] = compare(value).fillna(False).astype("bool")
        return kept

    def _of_type(self, values: pd.Series) -> object:
        if pd.api.types.is_datetime64_any_dtype(values.dtype):
            date = pd.to_datetime(str(self.value), errors="coerce")
            if pd.isna(date):
                raise ValueError(f"{self.column} has dates, and {self.value!r} is none.")
            return date
        if pd.api.types.is_numeric_dtype(values.dtype):
            try:
                return float(self.value)  # type: ignore[arg-type]
            except (TypeError, ValueError) as error:
                raise ValueError(
                    f"{self.column} has numbers, and {self.value!r} is none."
                ) from error
        return str(self.value)

    def code(self) -> tuple[str, ...]:
        column = f"table[{self.column!r}]"
        if self.comparison in ("is missing", "is there"):
            test = f"{column}.{'isna' if self.comparison == 'is missing' else 'notna'}()"
            return (f"table = table[{test}].reset_index(drop=True)",)
        if self.comparison == "contains":
            test = f"{column}.astype('str').str.contains({str(self.value)!r}, regex=False)"
            return (f"table = table[{test}.fillna(False)].reset_index(drop=True)",)
        test = f"({column} {OPERATORS[self.comparison]} value) & {column}.notna()"
        return (
            f"value = {self.value!r}",
            f"if pd.api.types.is_datetime64_any_dtype({column}):",
            "    value = pd.to_datetime(str(value))",
            f"elif not pd.api.types.is_numeric_dtype({column}):",
            "    value = str(value)",
            "else:",
            "    value = float(value)",
            f"table = table[{test}].reset_index(drop=True)",
        )


@dataclass(frozen=True)
class DropRows(Tweak):
    """Without these rows, counted from 0."""

    rows: tuple[int, ...]

    def words(self) -> str:
        listed = ", ".join(str(row + 1) for row in self.rows[:5])
        more = f" and {len(self.rows) - 5} more" if len(self.rows) > 5 else ""
        return f"Leave out row{'' if len(self.rows) == 1 else 's'} {listed}{more}."

    def apply(self, sheet: Sheet) -> Sheet:
        beyond = [row for row in self.rows if not 0 <= row < len(sheet.frame)]
        if beyond:
            raise ValueError(f"There is no row {beyond[0] + 1}.")
        if len(set(self.rows)) >= len(sheet.frame):
            raise ValueError("No row would be left.")
        return tweaked(sheet, sheet.frame.drop(index=list(self.rows)).reset_index(drop=True))

    def code(self) -> tuple[str, ...]:
        return (f"table = table.drop(index={list(self.rows)!r}).reset_index(drop=True)",)


@dataclass(frozen=True)
class RepeatRows(Tweak):
    """A table of counts written out: each row as often as a column says, which then goes."""

    column: str

    def words(self) -> str:
        return f"Write out each row as often as {self.column} says, without {self.column}."

    def apply(self, sheet: Sheet) -> Sheet:
        times = needs(sheet, self.column, "number").astype("float64").fillna(0.0)
        if (times < 0).any() or (times % 1 != 0).any():
            raise ValueError(
                f"{self.column} does not count rows: counts are whole numbers from 0 upwards."
            )
        if not 0 < times.sum() <= LIMITS.rows:
            raise ValueError(
                f"{self.column} adds up to {times.sum():,.0f} rows, and a table has 1 to"
                f" {LIMITS.rows:,}."
            )
        if sheet.frame.shape[1] < 2:
            raise ValueError("No column would be left.")
        rows = sheet.frame.loc[sheet.frame.index.repeat(times.astype(int))]
        return tweaked(sheet, rows.drop(columns=self.column).reset_index(drop=True))

    def code(self) -> tuple[str, ...]:
        return (
            f"times = table[{self.column!r}].astype('float64').fillna(0).astype(int)",
            "table = table.loc[table.index.repeat(times)]",
            f"table = table.drop(columns={self.column!r}).reset_index(drop=True)",
        )


@dataclass(frozen=True)
class DropColumns(Tweak):
    """Without these columns."""

    columns: tuple[str, ...]

    def words(self) -> str:
        return f"Leave out {', '.join(self.columns)}."

    def apply(self, sheet: Sheet) -> Sheet:
        for name in self.columns:
            check_name(sheet, name)
        if len(set(self.columns)) >= sheet.frame.shape[1]:
            raise ValueError("No column would be left.")
        return tweaked(sheet, sheet.frame.drop(columns=list(self.columns)))

    def code(self) -> tuple[str, ...]:
        return (f"table = table.drop(columns={list(self.columns)!r})",)


@dataclass(frozen=True)
class Log(Tweak):
    """The natural logarithm of a column; what is not above 0 becomes missing."""

    column: str

    def words(self) -> str:
        return f"Take the logarithm of {self.column}; what is not above 0 becomes missing."

    def apply(self, sheet: Sheet) -> Sheet:
        values = needs(sheet, self.column, "number").astype("float64")
        logs = pd.Series(np.log(values.where(values > 0)))
        return with_columns(sheet, {self.column: logs})

    def code(self) -> tuple[str, ...]:
        column = f"table[{self.column!r}]"
        return (f"{column} = np.log({column}.astype('float64').where({column} > 0))",)


@dataclass(frozen=True)
class Rank(Tweak):
    """The ranks of a column, from 1; equal values share theirs."""

    column: str

    def words(self) -> str:
        return f"Replace {self.column} by its ranks."

    def apply(self, sheet: Sheet) -> Sheet:
        ranks = needs(sheet, self.column, "number", "date", "ordered").rank()
        return with_columns(sheet, {self.column: ranks}, {self.column: "number"})

    def code(self) -> tuple[str, ...]:
        return (f"table[{self.column!r}] = table[{self.column!r}].rank()",)


@dataclass(frozen=True)
class Standardise(Tweak):
    """A column minus its mean, in standard deviations."""

    column: str

    def words(self) -> str:
        return f"Standardise {self.column}: mean 0, standard deviation 1."

    def apply(self, sheet: Sheet) -> Sheet:
        values = needs(sheet, self.column, "number").astype("float64")
        if not values.std() > 0:
            raise ValueError(f"{self.column} has one value only: there is nothing to divide by.")
        return with_columns(sheet, {self.column: (values - values.mean()) / values.std()})

    def code(self) -> tuple[str, ...]:
        column = f"table[{self.column!r}]"
        return (
            f"values = {column}.astype('float64')",
            f"{column} = (values - values.mean()) / values.std()",
        )


@dataclass(frozen=True)
class Difference(Tweak):
    """Each value minus the one `lag` rows before; the first ones become missing."""

    column: str
    lag: int = 1

    def words(self) -> str:
        rows = "row" if self.lag == 1 else f"{self.lag} rows"
        return f"Replace {self.column} by its changes from the {rows} before."

    def apply(self, sheet: Sheet) -> Sheet:
        values = needs(sheet, self.column, "number").astype("float64")
        if not 1 <= self.lag < len(values):
            raise ValueError(f"There are no rows {self.lag} before: choose fewer.")
        return with_columns(sheet, {self.column: values.diff(self.lag)})

    def code(self) -> tuple[str, ...]:
        column = f"table[{self.column!r}]"
        return (f"{column} = {column}.astype('float64').diff({self.lag})",)


@dataclass(frozen=True)
class SeasonOut(Tweak):
    """Each value minus the mean of those at its place in the period."""

    column: str
    period: int

    def words(self) -> str:
        return f"Take the season of {self.period} rows out of {self.column}."

    def apply(self, sheet: Sheet) -> Sheet:
        values = needs(sheet, self.column, "number").astype("float64")
        if not 2 <= self.period <= len(values) // 2:
            raise ValueError(f"A season of {self.period} rows does not come twice: choose another.")
        places = np.arange(len(values)) % self.period
        return with_columns(sheet, {self.column: values - values.groupby(places).transform("mean")})

    def code(self) -> tuple[str, ...]:
        column = f"table[{self.column!r}]"
        return (
            f"places = np.arange(len(table)) % {self.period}",
            f"values = {column}.astype('float64')",
            f"{column} = values - values.groupby(places).transform('mean')",
        )


@dataclass(frozen=True)
class Cut(Tweak):
    """Classes of a column, equally wide or equally large, in their order."""

    column: str
    classes: int = 4
    by: Literal["width", "rows"] = "rows"

    def words(self) -> str:
        how = "equally wide" if self.by == "width" else "equally large"
        return f"Cut {self.column} into {self.classes} {how} classes."

    def apply(self, sheet: Sheet) -> Sheet:
        values = needs(sheet, self.column, "number").astype("float64")
        if not 2 <= self.classes <= MOST_CLASSES:
            raise ValueError(f"Choose 2 to {MOST_CLASSES} classes.")
        if values.nunique() < 2:
            raise ValueError(f"{self.column} has one value only: there is nothing to cut.")
        cut = _cut(values, self.classes, self.by)
        return with_columns(sheet, {self.column: cut}, {self.column: "ordered"})

    def code(self) -> tuple[str, ...]:
        column = f"table[{self.column!r}]"
        cut = (
            f"pd.cut({column}.astype('float64'), {self.classes})"
            if self.by == "width"
            else f"pd.qcut({column}.astype('float64'), {self.classes}, duplicates='drop')"
        )
        return (
            f"classes = {cut}",
            f"{column} = classes.cat.rename_categories(classes.cat.categories.astype('str'))",
        )


def _cut(values: pd.Series, classes: int, by: str) -> pd.Series:
    cut = pd.cut(values, classes) if by == "width" else pd.qcut(values, classes, duplicates="drop")
    return cut.cat.rename_categories(list(map(str, cut.cat.categories)))


@dataclass(frozen=True)
class MergeRare(Tweak):
    """Levels that fewer than `fewer` rows have become one."""

    column: str
    fewer: int = 5
    name: str = "other"

    def words(self) -> str:
        return (
            f"Put the levels of {self.column} that fewer than {self.fewer} rows have together as"
            f" {self.name}."
        )

    def apply(self, sheet: Sheet) -> Sheet:
        needs(sheet, self.column, "category", "ordered", "identifier")
        words = sheet.frame[self.column].astype("str")
        counts = words.value_counts()
        rare = counts.index[counts < self.fewer]
        merged = words.mask(words.isin(rare), self.name).astype("category")
        return with_columns(sheet, {self.column: merged}, {self.column: "category"})

    def code(self) -> tuple[str, ...]:
        column = f"table[{self.column!r}]"
        return (
            f"words = {column}.astype('str')",
            "counts = words.value_counts()",
            f"rare = counts.index[counts < {self.fewer}]",
            f"{column} = words.mask(words.isin(rare), {self.name!r}).astype('category')",
        )


@dataclass(frozen=True)
class AddOutlier(Tweak):
    """One row more, `size` standard deviations from the mean in these columns."""

    columns: tuple[str, ...]
    size: float = 10.0

    def words(self) -> str:
        where = " and ".join(self.columns)
        return f"Add a row that lies {self.size:g} standard deviations from the mean in {where}."

    def apply(self, sheet: Sheet) -> Sheet:
        if not self.columns or not np.isfinite(self.size):
            raise ValueError("An outlier needs a column, and a size that is a number.")
        frame = sheet.frame
        for name in self.columns:
            values = needs(sheet, name, "number")
            if not values.std() > 0:
                raise ValueError(f"{name} has one value only, so no row lies far from it.")
            frame = frame.assign(**{name: values.astype("float64")})
        frame = frame.reindex(range(len(frame) + 1))
        for name in self.columns:
            values = frame[name]
            with np.errstate(over="ignore"):
                far = values.mean() + self.size * values.std()
            if not np.isfinite(far):
                raise ValueError(f"{name} would have a number that is too large to compute with.")
            frame[name] = values.fillna(far).where(frame.index == len(frame) - 1, values)
        return tweaked(sheet, frame)

    def code(self) -> tuple[str, ...]:
        return (
            "table = table.reindex(range(len(table) + 1))",
            f"for name in {list(self.columns)!r}:",
            "    values = table[name].astype('float64')",
            f"    far = values.mean() + {float(self.size)!r} * values.std()",
            "    last = table.index == len(table) - 1",
            "    table[name] = values.fillna(far).where(last, values)",
        )


@dataclass(frozen=True)
class Shuffle(Tweak):
    """The values of a column in another order, drawn at random."""

    column: str
    seed: int = 0

    def words(self) -> str:
        return f"Shuffle {self.column} (draw {self.seed})."

    def apply(self, sheet: Sheet) -> Sheet:
        check_name(sheet, self.column)
        order = generator(self.seed).permutation(len(sheet.frame))
        shuffled = sheet.frame[self.column].iloc[order].reset_index(drop=True)
        return with_columns(sheet, {self.column: shuffled})

    def code(self) -> tuple[str, ...]:
        column = f"table[{self.column!r}]"
        return (
            f"order = np.random.default_rng({self.seed}).permutation(len(table))",
            f"{column} = {column}.iloc[order].reset_index(drop=True)",
        )


@dataclass(frozen=True)
class AddNoise(Tweak):
    """A column more, of normal noise that knows nothing of the others."""

    name: str = "noise"
    seed: int = 0

    def words(self) -> str:
        return f"Add a column of noise as {self.name} (draw {self.seed})."

    def apply(self, sheet: Sheet) -> Sheet:
        check_new(sheet, self.name)
        noise = pd.Series(generator(self.seed).normal(size=len(sheet.frame)))
        return with_columns(sheet, {self.name: noise}, {self.name: "number"})

    def code(self) -> tuple[str, ...]:
        random = f"np.random.default_rng({self.seed})"
        return (f"table[{self.name!r}] = {random}.normal(size=len(table))",)


@dataclass(frozen=True)
class PlantDuplicate(Tweak):
    """A column once more, by another name."""

    column: str
    name: str

    def words(self) -> str:
        return f"Add {self.column} once more as {self.name}."

    def apply(self, sheet: Sheet) -> Sheet:
        kind = check_name(sheet, self.column).kind
        check_new(sheet, self.name)
        return with_columns(sheet, {self.name: sheet.frame[self.column]}, {self.name: kind})

    def code(self) -> tuple[str, ...]:
        return (f"table[{self.name!r}] = table[{self.column!r}]",)


@dataclass(frozen=True)
class PlantLeak(Tweak):
    """A column that knows the target: the target plus noise, in its standard deviations."""

    target: str
    name: str = "leak"
    noise: float = 0.1
    seed: int = 0

    def words(self) -> str:
        return (
            f"Add {self.name}: {self.target} plus noise of {self.noise:g} of its standard deviation"
            f" (draw {self.seed})."
        )

    def apply(self, sheet: Sheet) -> Sheet:
        values = needs(sheet, self.target, "number").astype("float64")
        check_new(sheet, self.name)
        if not 0 <= self.noise < np.inf:
            raise ValueError("The noise is a share of the standard deviation: 0 or more.")
        noise = generator(self.seed).normal(size=len(values))
        with np.errstate(over="ignore"):
            leak = values + self.noise * values.std() * noise
        return with_columns(sheet, {self.name: leak}, {self.name: "number"})

    def code(self) -> tuple[str, ...]:
        return (
            f"values = table[{self.target!r}].astype('float64')",
            f"noise = np.random.default_rng({self.seed}).normal(size=len(table))",
            f"table[{self.name!r}] = values + {float(self.noise)!r} * values.std() * noise",
        )


@dataclass(frozen=True)
class RemoveValues(Tweak):
    """A share of the cells of a column emptied at random."""

    column: str
    share: float = 0.1
    seed: int = 0

    def words(self) -> str:
        return f"Empty {100 * self.share:.0f} % of {self.column} at random (draw {self.seed})."

    def apply(self, sheet: Sheet) -> Sheet:
        check_name(sheet, self.column)
        if not 0 < self.share < 1:
            raise ValueError("The share of cells is more than 0 and less than 1.")
        gone = generator(self.seed).random(len(sheet.frame)) < self.share
        return with_columns(sheet, {self.column: sheet.frame[self.column].mask(gone)})

    def code(self) -> tuple[str, ...]:
        column = f"table[{self.column!r}]"
        return (
            f"gone = np.random.default_rng({self.seed}).random(len(table)) < {float(self.share)!r}",
            f"{column} = {column}.mask(gone)",
        )
