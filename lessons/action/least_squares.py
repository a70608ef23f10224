"""One coefficient of a regression, and how sure of it one may be."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt


class Coefficient(NamedTuple):
    value: float
    standard_error: float


def coefficient(
    design: npt.NDArray[np.float64], y: npt.NDArray[np.float64], place: int
) -> Coefficient:
    """That of the column in `place` of the design, whose constant stands among its columns."""
    weights = np.linalg.lstsq(design, y, rcond=None)[0]
    residuals = y - design @ weights
    variance = residuals @ residuals / (len(y) - design.shape[1])
    inverse = np.linalg.inv(design.T @ design)
    return Coefficient(float(weights[place]), float(np.sqrt(variance * inverse[place, place])))
