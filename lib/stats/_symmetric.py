"""k x k matrices that hold one value a pair."""

import numpy as np
import pandas as pd

from lib.stats._table import Floats, Integers
from lib.stats.significance import Adjustment, adjust_p_values


def framed(matrix: Floats | Integers, columns: "pd.Index[str]") -> pd.DataFrame:
    """The matrix with the table's columns as its index and columns."""
    return pd.DataFrame(matrix, index=columns, columns=columns)


def adjusted(p: Floats, adjust: Adjustment) -> Floats:
    """p adjusted for the number of pairs: each is one test; NaN on the diagonal."""
    pairs = np.triu_indices_from(p, 1)
    matrix = np.full_like(p, np.nan)
    matrix[pairs] = matrix.T[pairs] = adjust_p_values(p[pairs], adjust)
    return matrix
