"""Some rows of a table that does not fit, as a frame."""

from typing import Any

import numpy as np
import pandas as pd

from ..table import Floats, check_whole, generator_of, said, table_of
from .ahead import read_ahead
from .sources import Partitioned, source_of


def sample(data: Any, rows: int, *, seed: int = 0) -> pd.DataFrame:
    """Draw rows of a table that is read in parts: each set of so many is equally likely.

    What needs all rows at once, such as Kendall's tau, intervals by bootstrap or distance
    correlation, can be computed on a sample, and says something of the table with the uncertainty
    of so many rows.

    Parameters
    ----------
    data
        A Parquet file or a folder of them by its path, a DuckDB relation, an Ibis table, an Arrow
        dataset or reader, a polars LazyFrame or a Spark DataFrame. One pass is made over all of
        its columns.
    rows
        How many to draw, without replacement, at least 1. All, where there are not more.
    seed
        Of the draw. The same rows in the same order give the same sample, however they are parted;
        of Spark, the same partitions do.

    Returns
    -------
    A frame of the rows drawn, in the order in which they came.

    Raises
    ------
    ValueError
        For what is no such table, fewer than 1 row and a seed that is none.

    References
    ----------
    Fan, Muller and Rezucha (1962), Journal of the American Statistical Association 57, 387-402
    (a random key for each row; those with the smallest keys).

    Examples
    --------
    >>> import pyarrow as pa
    >>> numbers = pa.table({"number": range(1000)})
    >>> drawn = sample(numbers.to_reader(), 100)
    >>> len(drawn), drawn["number"].is_unique, drawn["number"].is_monotonic_increasing
    (100, True, True)
    """
    check_whole("rows", rows, 1, "draw at least 1")
    generator = generator_of(seed)
    source = source_of(data)
    if source is None:
        raise ValueError(
            f"data is {said(data)}, which is in memory, or no table: of a frame, draw rows with "
            "data.sample(rows)."
        )
    if isinstance(source, Partitioned):
        return table_of(source.drawn(rows, int(generator.integers(2**31))))
    import pyarrow as pa

    kept, keys = source.schema.empty_table(), np.empty(0)
    for batch in read_ahead(source.batches(source.schema.names)):
        new = generator.random(batch.num_rows)
        chance = new <= (np.inf if len(keys) < rows else keys.max())
        kept = pa.concat_tables([kept, pa.table(batch.filter(pa.array(chance)))])
        keys = np.concatenate([keys, new[chance]])
        if len(keys) > 2 * rows:
            kept, keys = _smallest(kept, keys, rows)
    kept, _ = _smallest(kept, keys, rows)
    return table_of(kept)


def _smallest(table: Any, keys: Floats, rows: int) -> tuple[Any, Floats]:
    """The rows with the smallest keys, in their order."""
    if len(keys) <= rows:
        return table, keys
    chosen = np.sort(np.argpartition(keys, rows)[:rows])
    return table.take(chosen), keys[chosen]
