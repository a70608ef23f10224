"""A Parquet file: its footer says how large it is before anything is read."""

from dataclasses import replace
from typing import Any

import pandas as pd

from .limits import Limits, Refused, check_columns, check_rows
from .reading import Reading

UNPACKED_AT_MOST = 2_000_000_000


def frame_of(data: bytes, asked: Reading, limits: Limits) -> tuple[pd.DataFrame, Reading]:
    """The frame of a Parquet file, types as they are stored."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(pa.BufferReader(data))
        columns = len(file.schema_arrow)
        check_columns(columns, limits)
        groups = range(file.metadata.num_row_groups)
        unpacked = sum(file.metadata.row_group(group).total_byte_size for group in groups)
        check_rows(file.metadata.num_rows, limits, asked)
        if not file.metadata.num_rows:
            raise Refused("The table has no rows: choose a file that has some.")
        if unpacked > UNPACKED_AT_MOST:
            raise Refused(
                f"The file would unpack to {unpacked / 1e9:.1f} GB: save fewer rows or columns."
            )
        frame = plain_frame(file.read())
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(
            "This is no Parquet file that can be read: save the table again, or as CSV."
        ) from error
    return frame, replace(asked, form="parquet")


def plain_frame(table: Any) -> pd.DataFrame:
    """A frame that takes over the memory of the table instead of copying it."""
    frame: pd.DataFrame = table.to_pandas(
        split_blocks=True,
        self_destruct=True,
        ignore_metadata=True,
        integer_object_nulls=True,
        date_as_object=False,
    )
    return frame
