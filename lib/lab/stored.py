"""What the Lab reads of a table that does not fit: a sample of its rows, and maps of all of them.

Each pass tells how far it is, and ends early where nobody waits for it any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from ..stats import associate, correlate, sample, vif
from ..tables import Refused, from_frame
from .instrument import table_of

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from ..stats import Associations, Correlations
    from ..tables import Sheet, Stored

SAMPLE_ROWS, SEED = 20_000, 1
MOST_COLUMNS = 300
_MOST_CELLS = 4_000_000

_NO_NEIGHBOURS = (
    "They were drawn by lot. Rows that follow each other here have others between them in the "
    "table, so steps, changes from row to row, lags and runs are not those of the table."
)

Measured = TypeVar("Measured")

Told = Callable[[int], None]
"""Is told how many rows were read; raises to end the reading."""


class Unread(Exception):  # noqa: N818 (nothing went wrong)
    """A reading that nobody waits for was ended."""


def _silent(rows: int) -> None:
    """Nobody is told."""


@dataclass(frozen=True, eq=False)
class Part:
    """Some columns of a stored table, as a source that tells of the rows that it gives."""

    source: Any
    columns: tuple[str, ...]
    told: Told

    @property
    def schema(self) -> pa.Schema:
        import pyarrow as pa

        return pa.schema([self.source.schema.field(name) for name in self.columns])

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        from ..stats.streams import source_of

        inner = source_of(self.source)
        assert inner is not None
        rows = 0
        for batch in inner.batches(columns):
            rows += batch.num_rows
            self.told(rows)
            yield batch


def part_of(table: Stored, columns: Sequence[str], told: Told = _silent) -> Part:
    """These columns of it.

    Raises
    ------
    Refused
        Where it cannot be opened.
    """
    return Part(table.opened(), tuple(columns), told)


@dataclass(frozen=True, eq=False)
class Sampled:
    """Rows that were drawn from a stored table, as a sheet, and what was left out of it."""

    sheet: Sheet
    table: Stored
    kinds: Mapping[str, str]
    """Of each column: numeric, nominal or ordinal, as it is stored. No other has one."""

    @property
    def measurable(self) -> tuple[str, ...]:
        """What can be measured over all rows; no identifier is among it."""
        return tuple(str(name) for name in table_of(self.sheet) if name in self.kinds)

    @property
    def is_whole(self) -> bool:
        """Whether the sheet has every row."""
        return len(self.sheet.frame) == self.table.rows

    def words(self, *, in_order: bool = False) -> str:
        """What the numbers on the screen are of; `in_order` where rows are taken for neighbours."""
        rows, all_rows = len(self.sheet.frame), self.table.rows
        if self.is_whole:
            return f"All {all_rows:,} rows."
        text = f"All numbers here are those of the sample: {rows:,} of {all_rows:,} rows."
        return f"{text} {_NO_NEIGHBOURS}" if in_order else text

    def held(self) -> str:
        """What of the table is in memory."""
        rows = len(self.sheet.frame)
        some = f"a sample of {rows:,} rows, drawn with seed {SEED}"
        held = "all rows" if self.is_whole else some
        columns = ""
        if self.table.columns > MOST_COLUMNS:
            columns = f", of the first {MOST_COLUMNS} columns alone"
        return f"In memory: {held}{columns}."


def sampled(table: Stored, told: Told = _silent) -> Sampled:
    """Draw rows of it, each set of so many equally likely; all, where there are not more.

    Raises
    ------
    Refused
        Where it cannot be read, has no rows or none of the columns that the Lab takes.
    """
    from ..stats.streams import kind_of_type, without_index

    if table.trouble:
        raise Refused(table.trouble)
    if not table.rows:
        raise Refused(f"{table.name} has no rows: there is nothing to look at.")
    schema = without_index(table.opened().schema)
    names = _told_apart(schema.names, table.name)[:MOST_COLUMNS]
    if not names:
        raise Refused(f"{table.name} has no columns: there is nothing to look at.")
    rows = min(SAMPLE_ROWS, _MOST_CELLS // len(names))
    with _refusing(table):
        frame = sample(part_of(table, names, told), rows, seed=SEED)
        drawn = f", a sample of {len(frame):,} of {table.rows:,} rows, seed {SEED}"
        sheet = from_frame(frame, table.name + (drawn if len(frame) < table.rows else ""))
    kinds = {name: kind_of_type(schema.field(name).type) for name in names}
    return Sampled(sheet, table, {name: kind for name, kind in kinds.items() if kind is not None})


def _told_apart(names: list[str], table: str) -> list[str]:
    if len(set(names)) < len(names):
        raise Refused(f"{table} has two columns of one name: rename one of them.")
    return names


@contextmanager
def _refusing(table: Stored) -> Iterator[None]:
    """Say what stops a reading. What Arrow says names folders of the server, and is left out."""
    import pyarrow as pa

    try:
        yield
    except Refused:
        raise
    except (OSError, pa.ArrowException) as error:
        raise Refused(
            f"{table.name} cannot be read to its end: it is damaged, or has changed meanwhile, or "
            "is not there any more."
        ) from error
    except (ValueError, TypeError) as error:
        raise Refused(str(error)) from error


def correlated(
    table: Stored, columns: Sequence[str], method: Any, adjust: Any, told: Told = _silent
) -> Correlations:
    """The correlations of these columns over all rows, read in parts.

    Raises
    ------
    Refused
        As `correlate`, in its words.
    """
    return _measured(correlate, table, columns, told, method=method, adjust=adjust)


def associated(
    table: Stored, columns: Sequence[str], adjust: Any, told: Told = _silent
) -> Associations:
    """Each pair of these columns by the measure that fits it, over all rows.

    Raises
    ------
    Refused
        As `associate`, in its words.
    """
    return _measured(associate, table, columns, told, adjust=adjust, corrected=True)


class Inflation(NamedTuple):
    """The variance inflation factors of columns, and how many rows are complete and were used."""

    factors: pd.Series[float]
    rows: int


@dataclass(frozen=True, eq=False)
class _Counted(Part):
    """A part that counts the rows that have a value in each of its columns."""

    complete: list[int] = field(default_factory=list)

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        from pyarrow import compute

        for batch in super().batches(columns):
            missing = np.zeros(batch.num_rows, dtype=np.bool_)
            for column in batch.columns:
                gaps = compute.is_null(column, nan_is_null=True)
                missing |= gaps.to_numpy(zero_copy_only=False)
            self.complete.append(int((~missing).sum()))
            yield batch


def inflated(table: Stored, columns: Sequence[str], told: Told = _silent) -> Inflation:
    """The variance inflation factors of these columns over all rows that are complete.

    Raises
    ------
    Refused
        As `vif`, in its words.
    """
    with _refusing(table):
        part = _Counted(table.opened(), tuple(columns), told)
        return Inflation(vif(part), sum(part.complete))


def _measured(
    measure: Callable[..., Measured],
    table: Stored,
    columns: Sequence[str],
    told: Told,
    **settings: Any,
) -> Measured:
    with _refusing(table):
        return measure(part_of(table, columns, told), **settings)
