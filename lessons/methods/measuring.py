"""The measures that this lesson compares, by the names that a learner chooses, and its tables."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

import datasets
from lib.stats import CorrelationMethod, correlate

ANSCOMBE = datasets.catalogue()["anscombe"]
CHILE = datasets.catalogue()["chile"]
NOTTINGHAM = datasets.catalogue()["nottingham"]
QUAKES = datasets.catalogue()["quakes"]
TITANIC = datasets.catalogue()["titanic"]
UN = datasets.catalogue()["un"]
WINE = datasets.catalogue()["wine"]

METHODS: dict[str, CorrelationMethod] = {
    "Pearson": "pearson",
    "Spearman": "spearman",
    "Kendall": "kendall",
}
SYMBOLS = {"Pearson": "r", "Spearman": "ρ", "Kendall": "τ"}


@cache
def table(name: str) -> pd.DataFrame:
    """A bundled table; shared, so not to be changed."""
    return datasets.load(name)


def coefficient(x: "pd.Series[Any]", y: "pd.Series[Any]", method: str = "Pearson") -> float:
    """Pearson's r, Spearman's rho or Kendall's tau; NaN where one of the two does not vary."""
    both = pd.DataFrame({"x": x.to_numpy(), "y": y.to_numpy()})
    return float(correlate(both, METHODS[method], adjust="none").r.to_numpy()[0, 1])


def cloud(n: int, seed: int) -> pd.DataFrame:
    """Two columns of noise that know nothing of each other."""
    return pd.DataFrame(np.random.default_rng(seed).normal(size=(n, 2)), columns=["x", "y"])


def signed(value: float, decimals: int = 2) -> str:
    """A number for a title, with a true minus sign and no minus zero."""
    text = f"{value:.{decimals}f}"
    return text.replace("-", "" if float(text) == 0 else "−")
