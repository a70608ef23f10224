"""Polychoric correlations of all pairs beside ordinalcorr, which gives r alone."""

from typing import Any

import numpy as np
import pandas as pd
from ordinalcorr import hetcor

from benchmarks.comparison import Comparison
from lib.stats import PolychoricCorrelations, polychoric_correlate

_ROWS, _COLUMNS, _LEVELS = 1000, 20, 5


def comparisons() -> list[Comparison]:
    data = _table()
    return [
        Comparison(
            work=f"polychoric, {_ROWS} x {_COLUMNS}, {_LEVELS} levels",
            peer="ordinalcorr.hetcor: r",
            ours=lambda: polychoric_correlate(data),
            theirs=lambda: hetcor(data),
            same=_same,
            at_least=5,
        )
    ]


def _table() -> pd.DataFrame:
    """Columns with a common cause, cut into levels that all occur."""
    rng = np.random.default_rng(0)
    latent = rng.normal(size=(_ROWS, _COLUMNS)) + rng.normal(size=(_ROWS, 1)) * rng.random(_COLUMNS)
    levels = np.digitize(latent, [-1.5, -0.5, 0.5, 1.5])
    names = [f"c{column}" for column in range(_COLUMNS)]
    return pd.DataFrame(levels, columns=names).astype(pd.CategoricalDtype(ordered=True))


def _same(ours: PolychoricCorrelations, theirs: Any) -> None:
    """To the 1e-5 at which the peer stops."""
    np.testing.assert_allclose(ours.r, theirs, rtol=0, atol=2e-5)
