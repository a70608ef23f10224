"""Values on the scale on which sums of products are correlations."""

import numpy as np

from lib.stats._table import Floats, constant_columns


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
