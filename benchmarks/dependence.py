"""chatterjee_xi beside scipy's chatterjeexi in a loop."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import chatterjeexi

from benchmarks.comparison import Comparison
from lib.stats import ChatterjeeXi, chatterjee_xi


def comparisons() -> list[Comparison]:
    rng = np.random.default_rng(0)
    values = rng.normal(size=(2000, 50)) + rng.normal(size=(2000, 1)) * rng.random(50)
    return [_beside_loop(pd.DataFrame(values), at_least=30)]


def _beside_loop(table: pd.DataFrame, at_least: float) -> Comparison:
    def loop() -> NDArray[np.float64]:
        columns = len(table.columns)
        found = np.full((2, columns, columns), np.nan)
        for y in range(columns):
            for x in range(columns):
                if x != y:
                    found[:, y, x] = chatterjeexi(table[x], table[y], y_continuous=True)
        return found

    def same(ours: ChatterjeeXi, theirs: NDArray[np.float64]) -> None:
        """xi to 1e-12, p to 1e-10 of itself; off the diagonal."""
        off_diagonal = ~np.eye(len(table.columns), dtype=np.bool_)
        xi, p = (frame.to_numpy()[off_diagonal] for frame in (ours.value, ours.p))
        np.testing.assert_allclose(xi, theirs[0][off_diagonal], rtol=0, atol=1e-12)
        np.testing.assert_allclose(p, theirs[1][off_diagonal], rtol=1e-10, atol=1e-300)

    return Comparison(
        work=f"chatterjee_xi, {len(table)} x {len(table.columns)}, complete",
        peer="double loop of chatterjeexi: xi, p",
        ours=lambda: chatterjee_xi(table),
        theirs=loop,
        same=same,
        at_least=at_least,
    )
