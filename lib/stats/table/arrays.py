"""What columns and tables of numbers are called in signatures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

if TYPE_CHECKING:
    from narwhals.typing import IntoSeries

LARGEST_EXACT_INTEGER = 2**53  # in float64: beyond, whole numbers are rounded

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
Booleans: TypeAlias = NDArray[np.bool_]
Column: TypeAlias = "pd.Series[Any] | Sequence[Any] | NDArray[Any] | IntoSeries"


def unmasked(array: NDArray[Any]) -> NDArray[Any]:
    """The array, missing where it is masked.

    Whole numbers and booleans stay what they are, as objects: among floats, identifiers above
    2^53 would be rounded.
    """
    if not isinstance(array, np.ma.MaskedArray):
        return array
    values, mask = np.asarray(array.data), np.ma.getmaskarray(array)
    if not mask.any():
        return values
    if values.dtype.kind in "fc":
        return np.where(mask, np.nan, values)
    if values.dtype.kind in "mM":
        return np.where(mask, np.array("NaT", values.dtype), values)
    return np.where(mask, np.array(None), values.astype(object))
