"""V and U of all pairs of categories beside dython, which gives neither chi-square nor p.

And the intervals of V and eta beside loops of scipy's, one pair and one end at a time.
"""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from dython.nominal import associations
from numpy.typing import NDArray
from scipy import stats
from scipy.optimize import brentq

from benchmarks.comparison import Comparison
from lib.stats import Associations, CategoricalAssociations, associate, associate_categories

_ROWS, _COLUMNS = 2000, 12
_CONFIDENCE = 0.95


def comparisons() -> list[Comparison]:
    data = _table()

    def dython() -> tuple[Any, Any]:
        # Each measure is a run of its own. Complete data leave nan_strategy nothing to do.
        v = associations(data, nom_nom_assoc="cramer", compute_only=True)["corr"]
        u = associations(data, nom_nom_assoc="theil", compute_only=True)["corr"]
        return v, u

    numbers = _numbers_in_groups()
    return [
        Comparison(
            work=f"V, U, chi-square and p, {_COLUMNS} categorical columns, {_ROWS} rows",
            peer="dython.nominal.associations, V and U",
            ours=lambda: associate_categories(data),
            theirs=dython,
            same=_same,
            at_least=80,
        ),
        Comparison(
            work=f"V and its intervals, {_COLUMNS} categorical columns, {_ROWS} rows",
            peer="scipy.stats: crosstab, chi2_contingency, ncx2 by brentq",
            ours=lambda: _with_intervals(associate_categories(data)),
            theirs=lambda: _intervals_of_v(data),
            same=_same_intervals_of_v,
            at_least=10,
        ),
        Comparison(
            work=f"eta and its intervals, {numbers.shape[1] - 1} numbers in groups, {_ROWS} rows",
            peer="scipy.stats: f_oneway, ncf by brentq",
            ours=lambda: _with_intervals(associate(numbers, y="group")),
            theirs=lambda: _intervals_of_eta(numbers),
            same=_same_intervals_of_eta,
            at_least=4,
        ),
    ]


def _table() -> pd.DataFrame:
    """Columns with a common cause, of 3 to 9 levels: of two, dython's V has Yates' correction."""
    rng = np.random.default_rng(0)
    cause = rng.normal(size=_ROWS)
    return pd.DataFrame(
        {
            f"c{column}": pd.cut(
                cause * rng.random() + rng.normal(size=_ROWS), 3 + column % 7, labels=False
            ).astype(str)
            for column in range(_COLUMNS)
        }
    )


def _same(ours: CategoricalAssociations, theirs: tuple[Any, Any]) -> None:
    v, u = theirs
    np.testing.assert_allclose(ours.v, v.astype(float), rtol=0, atol=1e-12)
    np.testing.assert_allclose(ours.u, u.astype(float), rtol=0, atol=1e-12)


def _numbers_in_groups() -> pd.DataFrame:
    rng = np.random.default_rng(0)
    group = rng.integers(5, size=_ROWS)
    values = rng.normal(size=(_ROWS, 60)) + np.outer(group, rng.uniform(0, 0.5, size=60))
    return pd.DataFrame(values).rename(columns=str).assign(group=group.astype(str))


def _with_intervals(found: Any) -> Any:
    """The same result: intervals are computed when they are first asked for."""
    _ = found.low if isinstance(found, Associations) else found.v_low
    return found


def _ends(share_below: Callable[[float], float]) -> list[float]:
    """Both noncentralities; 0 where even that has too little below it."""
    shares = (1 + _CONFIDENCE) / 2, (1 - _CONFIDENCE) / 2
    return [
        # NaN is what ncf has for a share that vanishes.
        brentq(lambda at, share=share: np.nan_to_num(share_below(at)) - share, 0, 1e6)
        if share_below(0) > share
        else 0.0
        for share in shares
    ]


def _intervals_of_v(data: pd.DataFrame) -> NDArray[np.float64]:
    """Low and high, one row a pair."""
    found = []
    for x, y in combinations(data, 2):
        counts = pd.crosstab(data[x], data[y]).to_numpy()
        test = stats.chi2_contingency(counts, correction=False)
        ends = _ends(lambda at, test=test: stats.ncx2.cdf(test.statistic, test.dof, at))
        found.append(np.sqrt(np.array(ends) / counts.sum() / (min(counts.shape) - 1)))
    return np.minimum(found, 1)


def _same_intervals_of_v(ours: CategoricalAssociations, theirs: NDArray[np.float64]) -> None:
    above = np.triu_indices(_COLUMNS, 1)
    ends = [end.to_numpy()[above] for end in (ours.v_low, ours.v_high)]
    np.testing.assert_allclose(np.transpose(ends), theirs, rtol=0, atol=1e-9)


def _intervals_of_eta(data: pd.DataFrame) -> NDArray[np.float64]:
    """Low and high, one row a column of numbers."""
    found = []
    rows = list(data.groupby("group").indices.values())
    degrees = len(rows) - 1, len(data) - len(rows)
    for name in data.columns.drop("group"):
        values = data[name].to_numpy()
        f = stats.f_oneway(*(values[some] for some in rows)).statistic
        ends = np.array(_ends(lambda at, f=f: stats.ncf.cdf(f, *degrees, at)))
        found.append(np.sqrt(ends / (ends + len(data))))
    return np.array(found)


def _same_intervals_of_eta(ours: Associations, theirs: NDArray[np.float64]) -> None:
    ends = [end.to_numpy()[:, 0] for end in (ours.low, ours.high)]
    np.testing.assert_allclose(np.transpose(ends), theirs, rtol=0, atol=1e-8)
