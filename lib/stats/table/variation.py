"""Which columns vary by more than rounding."""

import numpy as np

from .arrays import Booleans, Floats

_ROUNDING = 4 * np.finfo(np.float64).eps
_FIRST_ROWS = 64


def constant_columns(values: Floats) -> Booleans:
    """Which columns do not vary by more than float64 rounds (all-missing ones included).

    0.3 and 0.1 + 0.2 differ in their last bit: a correlation with that difference is noise.
    """
    # Most columns vary in their first rows. Beyond twice the tolerance they do so whatever comes
    # after: where a later value is large enough to raise the tolerance, it varies all the more.
    first = values[:_FIRST_ROWS]
    evident = vary(np.fmin.reduce(first), np.fmax.reduce(first), 2 * _ROUNDING)
    return ~evident if evident.all() else ~vary(np.fmin.reduce(values), np.fmax.reduce(values))


def varying_in_shared_rows(values: Floats, others: Floats | None = None) -> Booleans:
    """[i, j]: whether column i varies in the rows that it shares with j, as `constant_columns`.

    j is a column of the others, or of the same table.
    """
    columns = np.ascontiguousarray(values.T)
    present = ~np.isnan(columns)
    beside = present if others is None else ~np.isnan(np.ascontiguousarray(others.T))
    if present.all() and beside.all():
        return np.repeat(~constant_columns(values)[:, np.newaxis], len(beside), axis=1)
    varying = np.zeros((len(columns), len(beside)), dtype=np.bool_)
    for number in np.flatnonzero(present.any(axis=1)):
        rows = columns[number].argsort()[: np.count_nonzero(present[number])]
        shared = beside.take(rows, axis=1, mode="clip")  # in ascending order of the values
        lowest = rows[shared.argmax(axis=1)]
        highest = rows[-1 - shared[:, ::-1].argmax(axis=1)]
        varying[number] = vary(columns[number, lowest], columns[number, highest])
    return varying


def vary(lowest: Floats, highest: Floats, rounding: float = _ROUNDING) -> Booleans:
    """Whether values between these vary by more than rounding; not where there are none."""
    size = np.fmax(np.abs(lowest), np.abs(highest))
    with np.errstate(over="ignore"):
        spread = highest - lowest
    varying: Booleans = spread > rounding * size
    return varying
