"""From batches of Arrow to blocks of numbers, as a table in memory would have them."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from ..table import LARGE, Floats, less, middle_of, refuse

if TYPE_CHECKING:
    import pyarrow as pa

_VALUES_IN_A_BLOCK = 2**17
_FEWEST_ROWS_IN_A_BLOCK = 512


class Numbers:
    """Turns batches of one schema into blocks of float64, k x m, NaN where missing.

    Booleans become 0 and 1, decimals floats. Of dates, durations and whole numbers beyond 2^52, of
    which float64 would lose digits, a value in the midst of the column's is taken off: no
    correlation notices, and `bases` says how much it was. Each partition of a table has bases of
    its own; `Moments.merge` accounts for the difference.

    Raises
    ------
    ValueError
        For columns that are not numbers, booleans, dates or durations. The message names them.
    """

    def __init__(self, schema: "Iterable[pa.Field]") -> None:
        fields = list(schema)
        refuse(
            [field.name for field in fields if not is_number(field.type)],
            "not numeric: convert it where the table is made or leave it out there, for example "
            "with polars.scan_parquet(path).drop(names)",
        )
        self._bases: list[int | None] = [None] * len(fields)

    @property
    def bases(self) -> Floats:
        """What was taken off each column so far: 0 where it has had no value yet.

        2 x k: a whole number of any size is the sum of two floats.
        """
        whole = [base or 0 for base in self._bases]
        rounded = np.array(whole, dtype=np.float64)
        left = [base - int(near) for base, near in zip(whole, rounded, strict=True)]
        return np.stack([rounded, np.array(left, dtype=np.float64)])

    def blocks(self, batch: "pa.RecordBatch") -> Iterator[Floats]:
        """The values of a batch, so many rows at a time as a processor's cache holds.

        Each block is written over by the next.
        """
        columns = [self._values(place, column) for place, column in enumerate(batch.columns)]
        size = max(_VALUES_IN_A_BLOCK // max(len(columns), 1), _FEWEST_ROWS_IN_A_BLOCK)
        room = np.empty(len(columns) * min(size, batch.num_rows))
        for start in range(0, batch.num_rows, size):
            rows = min(size, batch.num_rows - start)
            block = room[: len(columns) * rows].reshape(len(columns), rows)
            for place, column in enumerate(columns):
                block[place] = column[start : start + rows]
            yield block

    def _values(self, place: int, column: Any) -> Floats:
        import pyarrow as pa

        kind = column.type
        if pa.types.is_float64(kind):
            return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)
        if _is_time(kind) or pa.types.is_int64(kind) or pa.types.is_uint64(kind):
            return self._from_base(place, column)
        if pa.types.is_boolean(kind):
            column = column.cast(pa.uint8())
        floats = column.cast(pa.float64(), safe=False)
        return np.asarray(floats.to_numpy(zero_copy_only=False), dtype=np.float64)

    def _from_base(self, place: int, column: Any) -> Floats:
        import pyarrow as pa

        whole = column if pa.types.is_integer(column.type) else _ticks(column)
        missing = np.asarray(whole.is_null())
        if missing.all():
            return np.full(len(missing), np.nan)
        values = whole.fill_null(0).to_numpy(zero_copy_only=False)
        if self._bases[place] is None:
            middle = middle_of(values[~missing])
            keeps = not _is_time(column.type) and abs(middle) < LARGE
            self._bases[place] = 0 if keeps else middle
        floats = less(values, self._bases[place] or 0)
        floats[missing] = np.nan
        return floats


def is_number(kind: Any) -> bool:
    """Whether values of this Arrow type are read as numbers; what is all missing is."""
    import pyarrow as pa

    types = pa.types
    return bool(
        types.is_integer(kind)
        or types.is_floating(kind)
        or types.is_decimal(kind)
        or types.is_boolean(kind)
        or types.is_null(kind)
        or _is_time(kind)
    )


def _is_time(kind: Any) -> bool:
    import pyarrow as pa

    types = pa.types
    return bool(types.is_timestamp(kind) or types.is_date(kind) or types.is_duration(kind))


def _ticks(column: Any) -> Any:
    import pyarrow as pa

    return column.view(pa.int32() if column.type.bit_width == 32 else pa.int64())
