"""Bootstrap intervals and a max-T permutation test, beside pandas in a loop over the same draws."""

from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from benchmarks.comparison import Comparison
from lib.stats import Bootstrap, MaxT, bootstrap, max_t

_DRAWS = 2000
_ROWS = 500


def comparisons() -> list[Comparison]:
    """Both sides are given the same draws, and must agree to 1e-10."""
    measured = _table(columns=12)
    drawn = np.random.default_rng(0).integers(_ROWS, size=(_DRAWS, _ROWS))
    candidates = _table(columns=20)
    unmoved = np.tile(np.arange(_ROWS), (_DRAWS, 1))
    shuffled = np.random.default_rng(0).permuted(unmoved, axis=1)
    return [
        Comparison(
            work="bootstrap intervals, 12 x 12, 2000 resamples",
            peer="pandas, iloc and corr in a loop",
            ours=partial(bootstrap, measured, resamples=_DRAWS, seed=0),
            theirs=partial(_resample_in_a_loop, measured, drawn),
            same=_same_ends,
            at_least=25,
        ),
        Comparison(
            work="max-T, one target and 19 columns, 2000 orders",
            peer="pandas, corrwith in a loop",
            ours=partial(max_t, candidates, "c0", permutations=_DRAWS, seed=0),
            theirs=partial(_shuffle_in_a_loop, candidates, shuffled),
            same=_same_p,
            at_least=35,
        ),
    ]


def _table(columns: int) -> pd.DataFrame:
    generator = np.random.default_rng(columns)
    values = generator.normal(size=(_ROWS, columns)) + 0.2 * generator.normal(size=(_ROWS, 1))
    return pd.DataFrame(values, columns=[f"c{column}" for column in range(columns)])


def _resample_in_a_loop(data: pd.DataFrame, drawn: NDArray[np.int64]) -> NDArray[np.float64]:
    replicates = np.array([data.iloc[rows].corr().to_numpy() for rows in drawn])
    t = special.stdtrit(len(data) - 1, 0.025)
    tail = special.ndtr(t * np.sqrt(len(data) / (len(data) - 1)))
    return np.quantile(replicates, [tail, 1 - tail], axis=0, method="weibull")


def _same_ends(ours: Bootstrap, theirs: NDArray[np.float64]) -> None:
    off_diagonal = ~np.eye(len(ours.r), dtype=bool)
    for found, expected in zip((ours.low, ours.high), theirs, strict=True):
        np.testing.assert_allclose(
            found.to_numpy()[off_diagonal], expected[off_diagonal], rtol=0, atol=1e-10
        )


def _shuffle_in_a_loop(
    data: pd.DataFrame, shuffled: NDArray[np.int64]
) -> tuple[NDArray[np.float64], float]:
    """The largest |r| of each order, and the adjusted p of the largest observed."""
    others, target = data.drop(columns="c0"), data["c0"].to_numpy()
    largest = np.array(
        [others.corrwith(pd.Series(target[order])).abs().max() for order in shuffled]
    )
    observed = others.corrwith(data["c0"]).abs().max()
    return largest, (1 + np.sum(largest >= observed)) / (1 + len(shuffled))


def _same_p(ours: "MaxT[pd.Series[float]]", theirs: tuple[NDArray[np.float64], float]) -> None:
    largest, p = theirs
    np.testing.assert_allclose(ours.largest, largest, rtol=0, atol=1e-10)
    assert abs(ours.p_adjusted.min() - p) <= 1e-10
