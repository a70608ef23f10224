"""Pearson's r of all pairs, some rows of the map at a time: for maps that would fill the memory."""

from collections.abc import Iterator

import numpy as np

from ..table import Floats, blocks, shared_rows
from .complete import complete_r, complete_r_between
from .pairwise import pairwise_r

_CELLS_AT_ONCE = 2**20


def rows_of_r(values: Floats, min_n: int) -> Iterator[tuple[slice, Floats]]:
    """Which columns of an n x k table, and their r with all k; NaN below `min_n` shared rows."""
    columns = values.shape[1]
    complete = not np.isnan(values).any()
    for some in blocks(columns, _CELLS_AT_ONCE // columns):
        x = values if some.stop - some.start == columns else values[:, some]
        n = shared_rows(x, values)
        if not complete:
            r = pairwise_r(x, values, n)
        else:
            r = complete_r(x) if x is values else complete_r_between(x, values)
        yield some, np.where(n >= min_n, r, np.nan)
