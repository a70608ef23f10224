"""One pass over a source, whatever is summed on the way."""

from collections.abc import Iterator, Sequence

import numpy as np

from ..table import Floats, Missing
from .ahead import read_ahead
from .moments import Moments
from .numbers import Numbers
from .sources import Source


def blocks_of(
    source: Source, columns: Sequence[str], missing: Missing
) -> Iterator[tuple[Floats, tuple[int, ...]]]:
    """The numbers of some columns, k x m values at a time, with what was taken off each column.

    With missing="complete", of the rows without a missing value alone.

    Raises
    ------
    ValueError
        For columns that are not numbers.
    """
    numbers = Numbers(source.schema.field(name) for name in columns)
    for batch in read_ahead(source.batches(columns)):
        for block in numbers.blocks(batch):
            yield (block if missing == "pairwise" else complete(block)), numbers.bases


def complete(block: Floats) -> Floats:
    """The rows of a k x m block without a missing value."""
    present = ~np.isnan(block).any(axis=0)
    return block if present.all() else np.ascontiguousarray(block[:, present])


def moments_of(source: Source, columns: Sequence[str], missing: Missing = "pairwise") -> Moments:
    """The Moments of some columns of a source, or of a partition: one pass, block by block.

    Raises
    ------
    ValueError
        As `blocks_of`.
    """
    found = Moments.none(len(columns))
    for block, bases in blocks_of(source, columns, missing):
        found = found.merge(Moments.of(block, bases))
    return found
