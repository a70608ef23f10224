"""The measures that this lesson compares, by the names that a learner chooses."""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from lib.stats import CorrelationMethod, correlate

METHODS: dict[str, CorrelationMethod] = {
    "Pearson": "pearson",
    "Spearman": "spearman",
    "Kendall": "kendall",
}
SYMBOLS = {"Pearson": "r", "Spearman": "ρ", "Kendall": "τ"}

_Column: TypeAlias = "pd.Series[Any] | npt.NDArray[np.float64]"


def coefficient(x: _Column, y: _Column, method: str = "Pearson") -> float:
    """Pearson's r, Spearman's rho or Kendall's tau; NaN where one of the two does not vary."""
    both = pd.DataFrame(np.column_stack([x, y]))
    return float(correlate(both, METHODS[method], adjust="none").r.to_numpy()[0, 1])


def cloud(n: int, seed: int) -> pd.DataFrame:
    """Two columns of noise that know nothing of each other."""
    return pd.DataFrame(np.random.default_rng(seed).normal(size=(n, 2)), columns=["x", "y"])
