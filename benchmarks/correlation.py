"""correlate beside the double loop that tutorials have, pingouin, pandas and a bare product.

Ours gives coefficients, shared rows, p-values, adjusted p-values and intervals, from a frame to
frames. What a peer gives of that stands beside its name.
"""

from typing import Any

import numpy as np
import pandas as pd
import pingouin
from numpy.typing import NDArray
from pingouin.correlation import bicor
from scipy.stats import pearsonr

from benchmarks.comparison import Comparison
from lib.stats import CorrelationMethod, Correlations, correlate, robust_correlate

_DECIMALS = 14


def comparisons() -> list[Comparison]:
    table, large = _table(2000, 50), _table(10_000, 200)
    gaps = table.mask(np.random.default_rng(1).random(table.shape) < 0.05)
    return [
        _beside_loop(table, "complete", at_least=500),
        _beside_loop(gaps, "5 % missing", at_least=500),
        _beside_loop_of_arrays(gaps, at_least=150),
        _beside_pingouin(table, at_least=15),
        _beside_product(table, table, "complete", at_least=1 / 5),
        _beside_product(gaps, table, "5 % missing", at_least=1 / 10),
        _beside_pandas(large, "pearson", "complete", at_least=20),
        _beside_pandas(gaps, "spearman", "5 % missing", at_least=3),
        _beside_pandas(table, "kendall", "complete", at_least=2),
        _weighted_beside_loop(gaps, at_least=10),
        _biweight_beside_pingouin(table, at_least=40),
    ]


def _table(rows: int, columns: int) -> pd.DataFrame:
    """Columns that share some of their noise, so that p-values of all sizes occur."""
    rng = np.random.default_rng(0)
    values = rng.normal(size=(rows, columns)) + rng.normal(size=(rows, 1)) * rng.random(columns) / 2
    return pd.DataFrame(values, columns=[f"c{column}" for column in range(columns)])


def _work(method: CorrelationMethod, table: pd.DataFrame, values: str) -> str:
    return f"{method}, {len(table)} x {len(table.columns)}, {values}"


def _beside_loop(table: pd.DataFrame, values: str, at_least: float) -> Comparison:
    """Each pair once, as the tutorial does it: columns of the frame, scipy.stats.pearsonr.

    Where values are missing, each pair has its shared rows picked by .notna(). Much of that loop's
    time is pandas': `_beside_loop_of_arrays` has none of it.
    """
    gaps = bool(table.isna().any(axis=None))

    def loop() -> NDArray[np.float64]:
        columns = len(table.columns)
        found = np.full((3, columns, columns), np.nan)
        for i in range(columns):
            for j in range(i + 1, columns):
                x, y = table.iloc[:, i], table.iloc[:, j]
                if gaps:
                    shared = x.notna() & y.notna()
                    x, y = x[shared], y[shared]
                r, p = pearsonr(x, y)
                found[:, i, j] = found[:, j, i] = r, len(x), p
        return found

    return Comparison(
        work=_work("pearson", table, values),
        peer="double loop of pearsonr: r, n, p",
        ours=lambda: correlate(table),
        theirs=loop,
        same=lambda ours, theirs: _assert_same(ours, r=theirs[0], n=theirs[1], p=theirs[2]),
        at_least=at_least,
    )


def _beside_loop_of_arrays(table: pd.DataFrame, at_least: float) -> Comparison:
    """Each pair's shared rows, picked from plain arrays, to scipy.stats.pearsonr."""
    columns = np.ascontiguousarray(table.to_numpy().T)

    def loop() -> NDArray[np.float64]:
        found = np.full((3, len(columns), len(columns)), np.nan)
        for i, x in enumerate(columns):
            for j, y in enumerate(columns[:i]):
                shared = ~(np.isnan(x) | np.isnan(y))
                r, p = pearsonr(x[shared], y[shared])
                found[:, i, j] = found[:, j, i] = r, shared.sum(), p
        return found

    return Comparison(
        work=_work("pearson", table, "5 % missing"),
        peer="the same loop over arrays: r, n, p",
        ours=lambda: correlate(table),
        theirs=loop,
        same=lambda ours, theirs: _assert_same(ours, r=theirs[0], n=theirs[1], p=theirs[2]),
        at_least=at_least,
    )


def _beside_pingouin(table: pd.DataFrame, at_least: float) -> Comparison:
    def rcorr() -> Any:
        return pingouin.rcorr(table, stars=False, decimals=_DECIMALS)

    def same(ours: Correlations, theirs: Any) -> None:
        """r below the diagonal, p above, both as text."""
        numbers = theirs.replace("-", np.nan).astype(np.float64).to_numpy()
        r = np.tril(numbers, -1)
        p = np.triu(numbers, 1)
        _assert_same(ours, r=r + r.T, p=p + p.T)

    return Comparison(
        work=_work("pearson", table, "complete"),
        peer="pingouin.rcorr: r, p",
        ours=lambda: correlate(table),
        theirs=rcorr,
        same=same,
        at_least=at_least,
    )


def _beside_product(
    table: pd.DataFrame, complete: pd.DataFrame, values: str, at_least: float
) -> Comparison:
    """X'X of as many values, all there, which no correlation can do without."""
    numbers = complete.to_numpy()

    def same(ours: Correlations, _: NDArray[np.float64]) -> None:
        """The product is of the values as they are; pandas' r is that of centred ones."""
        _assert_same(ours, r=table.corr().to_numpy())

    return Comparison(
        work=_work("pearson", table, values),
        peer="X.T @ X",
        ours=lambda: correlate(table),
        theirs=lambda: numbers.T @ numbers,
        same=same,
        at_least=at_least,
    )


def _beside_pandas(
    table: pd.DataFrame, method: CorrelationMethod, values: str, at_least: float
) -> Comparison:
    return Comparison(
        work=_work(method, table, values),
        peer=f"pandas .corr({method!r}): r",
        ours=lambda: correlate(table, method),
        theirs=lambda: table.corr(method),
        same=lambda ours, theirs: _assert_same(ours, r=theirs.to_numpy()),
        at_least=at_least,
    )


def _weighted_beside_loop(table: pd.DataFrame, at_least: float) -> Comparison:
    """Each pair's shared rows to numpy's weighted covariances, on plain arrays."""
    columns = np.ascontiguousarray(table.to_numpy().T)
    weights = np.random.default_rng(2).gamma(2, size=len(table))

    def loop() -> NDArray[np.float64]:
        found = np.full((len(columns), len(columns)), np.nan)
        for i, x in enumerate(columns):
            for j, y in enumerate(columns[:i]):
                shared = ~(np.isnan(x) | np.isnan(y))
                covariance = np.cov(x[shared], y[shared], aweights=weights[shared])
                r = covariance[0, 1] / np.sqrt(covariance[0, 0] * covariance[1, 1])
                found[i, j] = found[j, i] = r
        return found

    return Comparison(
        work=_work("pearson", table, "survey weights, 5 % missing"),
        peer="loop of numpy.cov with aweights: r",
        ours=lambda: correlate(table, weights=weights, weights_are="survey"),
        theirs=loop,
        same=lambda ours, theirs: _assert_same(ours, r=theirs),
        at_least=at_least,
    )


def _biweight_beside_pingouin(table: pd.DataFrame, at_least: float) -> Comparison:
    columns = np.ascontiguousarray(table.to_numpy().T)

    def loop() -> NDArray[np.float64]:
        found = np.full((2, len(columns), len(columns)), np.nan)
        for i, x in enumerate(columns):
            for j, y in enumerate(columns[:i]):
                found[:, i, j] = found[:, j, i] = bicor(x, y)
        return found

    return Comparison(
        work=f"biweight, {len(table)} x {len(table.columns)}, complete",
        peer="double loop of pingouin's bicor: r, p",
        ours=lambda: robust_correlate(table),
        theirs=loop,
        same=lambda ours, theirs: _assert_same(ours, r=theirs[0], p=theirs[1]),
        at_least=at_least,
    )


def _assert_same(ours: Correlations, **expected: NDArray[np.float64]) -> None:
    """r to 1e-12, p to 1e-10 of itself, n exactly; off the diagonal."""
    off_diagonal = ~np.eye(len(ours.r), dtype=np.bool_)
    tolerances = {"r": (0.0, 1e-12), "p": (1e-10, 1e-13), "n": (0.0, 0.0)}
    for name, values in expected.items():
        relative, absolute = tolerances[name]
        np.testing.assert_allclose(
            getattr(ours, name).to_numpy()[off_diagonal],
            values[off_diagonal],
            rtol=relative,
            atol=absolute,
        )
