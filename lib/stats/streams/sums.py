"""One pass over a source, whatever is summed on the way."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial, reduce
from typing import Any

import numpy as np

from ..table import Floats, Missing
from .ahead import in_order, read_ahead
from .moments import Moments
from .numbers import Numbers
from .sources import Partitioned, Source, Summary, gathered

_THREADS = min(os.cpu_count() or 1, 4)


def blocks_of(
    source: Source, columns: Sequence[str], missing: Missing
) -> Iterator[tuple[Floats, Floats]]:
    """The numbers of some columns, k x m values at a time, with what was taken off each column.

    With missing="complete", of the rows without a missing value alone.

    Raises
    ------
    ValueError
        For columns that are not numbers.
    """
    numbers = Numbers(source.schema.field(name) for name in columns)
    for batch in read_ahead(gathered(source.batches(columns))):
        for block in numbers.blocks(batch):
            yield (block if missing == "pairwise" else complete(block)), numbers.bases


def complete(block: Floats) -> Floats:
    """The rows of a k x m block without a missing value."""
    present = ~np.isnan(block).any(axis=0)
    return block if present.all() else np.ascontiguousarray(block[:, present])


def total(
    source: Source,
    columns: Sequence[str],
    of_batch: Callable[[Any], Summary],
    nothing: Summary,
) -> Summary:
    """The sums of all rows: those of each batch, merged with `nothing`, those of no rows.

    Of a partitioned source, the machines that have the rows sum them; otherwise threads do.
    """
    from threadpoolctl import threadpool_limits

    if isinstance(source, Partitioned):
        return reduce(_both, source.parts(columns, of_batch), nothing)
    # The threads sum a batch each: BLAS with threads of its own would have them wait.
    with threadpool_limits(1, "blas"), ThreadPoolExecutor(_THREADS) as threads:
        batches = gathered(source.batches(columns))
        return reduce(_both, in_order(threads, of_batch, batches), nothing)


def moments_of(source: Source, columns: Sequence[str], missing: Missing = "pairwise") -> Moments:
    """The Moments of some columns of a source: one pass, block by block.

    Raises
    ------
    ValueError
        As `blocks_of`.
    """
    fields = [source.schema.field(name) for name in columns]
    Numbers(fields)  # refuses what is no number before anything is read
    of_batch = partial(_moments_of_batch, fields, missing)
    return total(source, columns, of_batch, Moments.none(len(columns)))


def _both(sums: Summary, others: Summary) -> Summary:
    return sums.merge(others)


def _moments_of_batch(fields: Sequence[Any], missing: Missing, batch: Any) -> Moments:
    numbers, found = Numbers(fields), Moments.none(len(fields))
    for block in numbers.blocks(batch):
        used = block if missing == "pairwise" else complete(block)
        found = found.merge(Moments.of(used, numbers.bases))
    return found
