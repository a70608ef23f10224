"""Whether a matrix of correlations could be that of one complete table."""

import numpy as np

from .arrays import Floats

_EIGENVALUE_TOLERANCE = 1e-12


def is_positive_semidefinite(r: Floats) -> bool:
    """Whether no eigenvalue of a symmetric k x k matrix is below 0 by more than rounding.

    Columns with NaN on the diagonal are left out; another NaN makes the answer False.
    """
    defined = ~np.isnan(np.diagonal(r))
    r = r[np.ix_(defined, defined)]
    if np.isnan(r).any():
        return False
    return bool((np.linalg.eigvalsh(r) >= -_EIGENVALUE_TOLERANCE * len(r)).all())
