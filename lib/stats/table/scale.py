"""The scale on which sums of products are correlations, and what rounding does there."""

import numpy as np

from .arrays import Booleans, Floats
from .variation import constant_columns

_ROUNDING_OF_R = 1e-14


def standardised(values: Floats, axis: int) -> Floats:
    """Values whose mean along the axis is 0 and whose sum of squares is 1.

    NaN along the whole axis where they do not vary by more than rounding, and where one of them
    is missing.
    """
    first = np.moveaxis(values, axis, 0)
    extremes = np.stack([first.min(axis=0), first.max(axis=0)]).astype(np.float64)
    _, exponent = np.frexp(np.abs(extremes).max(axis=0))
    power_of_two = np.ldexp(1.0, np.minimum(-exponent, 1023))  # changes no digit
    deviations: Floats = first * power_of_two  # at most 1, so that no square overflows
    for _ in range(2):  # a mean near 1e8 is itself rounded; the second pass removes what is left
        deviations -= deviations.mean(axis=0)
    squares = np.einsum("i...,i...->...", deviations, deviations)
    defined = ~constant_columns(extremes) & (squares > 0)
    deviations /= np.sqrt(np.where(defined, squares, np.nan))
    return np.moveaxis(deviations, 0, axis)


def bounded(r: Floats) -> Floats:
    """r within [-1, 1]; what differs from 1 by rounding only is 1, so that a line has p = 0.

    With three rows, r = 1 - 1e-16 would have p = 1e-8.
    """
    found = np.array(r)
    beyond = np.abs(r) > 1 - _ROUNDING_OF_R
    found[beyond] = np.sign(r[beyond])
    return found


def scaled_columns(values: Floats) -> Floats:
    """Columns of at most 1 in size: by a power of two, so no digit changes and no square overflows.

    NaN stays where a value is missing.
    """
    size = np.fmax.reduce(np.abs(values))
    _, exponent = np.frexp(np.where(size > 0, size, 1.0))
    return np.asarray(np.ldexp(values, -exponent))


def centred_columns(values: Floats, present: Booleans) -> Floats:
    """`scaled_columns`, centred, with 0 where a value is missing."""
    columns = scaled_columns(np.where(present, values, 0.0))
    count = np.maximum(present.sum(axis=0), 1)
    for _ in range(2):  # a mean near 1e8 is itself rounded; the second pass removes what is left
        columns -= columns.sum(axis=0) / count
        columns *= present
    return columns
