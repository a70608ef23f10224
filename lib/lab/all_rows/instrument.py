"""What instruments over all rows of a stored table share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

from ...charts import axis_names
from ...course import Exhibit, Fact, Script, Value, one_call
from ...course.script import read_script
from ..columns import listed
from ..instrument import Instrument
from ..stored import Sampled

if TYPE_CHECKING:
    from ...tables import Sheet

Measure = Callable[..., Any]
"""`correlated`, `associated` or `inflated`, without its table."""
Read = Callable[..., Any]
"""Given what measures, columns and settings: what it measures over all rows."""


_LONGEST_NAME = 32
_READS = 'pd.read_csv("table.csv")'


def read_now(table: Sampled) -> Read:
    """Read it where it is asked for, and wait."""

    def read(measure: Measure, *asked: Any) -> Any:
        return measure(table.table, *asked)

    return read


class OfAllRows(Instrument):
    """An instrument that looks at all rows of a stored table; the sheet is a sample of it.

    `read` gives what was measured, as `read_now` does.
    """

    of: ClassVar[str] = ""
    """The instrument that it stands for."""

    def __init__(self, table: Sampled, read: Read | None = None) -> None:
        self.table = table
        self.read = read_now(table) if read is None else read

    def words(self) -> str:
        """What the numbers are of."""
        return (
            f"All numbers here are those of all {self.table.table.rows:,} rows, as they are "
            "stored: each pair of columns over the rows that have both."
        )

    def named_rows(self) -> str:
        """Of which table a picture is, for who meets it elsewhere."""
        stored = self.table.table
        return f"{axis_names([stored.name], _LONGEST_NAME)[0]}, all {stored.rows:,} rows"

    def _script(self, sheet: Sheet, setting: Mapping[str, Value]) -> Script:
        scripts = Path(__file__).parents[1] / "scripts"
        path = scripts / f"{self.script_name(sheet, **setting)}.py"
        script = read_script(path, {**setting, **self.givens(sheet, **setting)})
        reads = f"pd.read_parquet({self.table.table.name!r}, columns=columns)"
        return Script(script.recipe.replace(_READS, reads), script.numbers)

    def numeric(self, columns: Sequence[str]) -> tuple[str, ...]:
        """Those of these columns that are numbers, as they are stored."""
        taken = self.table.measurable
        return tuple(
            name for name in columns if name in taken and self.table.kinds[name] == "numeric"
        )

    def call(self, function: str, columns: Sequence[str], **settings: object) -> str:
        """The library's call that reads the file in parts; "" where it would read other columns."""
        if len(columns) < self.table.table.columns:
            return ""
        return one_call(f"stats.{function}", f'"{self.table.table.name}"', **settings)


def stopped(facts: dict[str, Fact], columns: Sequence[str], reason: str) -> Exhibit:
    """An exhibit without a figure, and why there is none."""
    return Exhibit(
        facts=facts,
        table=pd.DataFrame({"column": list(columns)}),
        description=f"There is no figure here: {listed(columns)} cannot be measured. {reason}",
        stopped=reason,
    )
