"""Independent standard normal numbers, which all simulators start from."""

import numpy as np

from lib.stats.table import Floats


def normal(replicates: int, n: int, seed: int) -> Floats:
    """Replicates x n."""
    draws: Floats = np.random.default_rng(seed).normal(size=(replicates, n))
    return draws
