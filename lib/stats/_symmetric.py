"""k x k matrices that hold one value a pair."""

import numpy as np
import pandas as pd

from lib.stats._table import Floats, Integers
from lib.stats._triangle import matrix_of, pairs_of
from lib.stats.significance import Adjustment, adjust_p_values


def framed(matrix: Floats | Integers, columns: "pd.Index[str]") -> pd.DataFrame:
    """The matrix with the table's columns as its index and columns."""
    return pd.DataFrame(matrix, index=columns, columns=columns, copy=False)


def adjusted(p: Floats, adjust: Adjustment) -> Floats:
    """p adjusted for the number of pairs: each is one test; NaN on the diagonal."""
    return matrix_of(adjust_p_values(pairs_of(p), adjust), np.nan)
