"""Odds ratios within strata and pooled over them: does an association outlive a third column?"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from ..table import (
    Column,
    Floats,
    Integers,
    check_confidence,
    cross_counted,
    listed,
    side_by_side,
)


@dataclass(frozen=True, eq=False)
class StratifiedOddsRatio:
    """What `stratified_odds_ratio` found.

    Attributes
    ----------
    crude
        The odds ratio of all rows together, strata ignored.
    pooled
        The Mantel-Haenszel odds ratio: one ratio for all strata, each compared within itself.
    low, high
        Ends of its confidence interval (Robins, Breslow and Greenland's variance). NaN where
        pooled is 0 or infinite.
    p
        The Mantel-Haenszel test of a ratio of 1 in every stratum, without continuity correction.
    homogeneity_p
        The Breslow-Day test, with Tarone's correction, of one ratio in all strata. If it is small,
        the pooled ratio averages what differs: look at `strata`. NaN for a single stratum, and
        where pooled is 0 or infinite.
    n
        Rows that have x, y and stratum.
    strata
        One row a stratum, in order of levels: odds_ratio, phi (Pearson's r of x and y as 0 and 1:
        signed Cramér's V, positive where the odds ratio exceeds 1), p (chi-square, without Yates'
        correction) and n. A stratum in which x or y does not vary has NaN for all but n.
    x_levels, y_levels
        The two levels of x and of y, in the order in which they are compared.
    confidence
        What was asked for.
    """

    crude: float
    pooled: float
    low: float
    high: float
    p: float
    homogeneity_p: float
    n: int
    strata: pd.DataFrame
    x_levels: tuple[Any, Any]
    y_levels: tuple[Any, Any]
    confidence: float

    @property
    def comparison(self) -> str:
        """In words, what an odds ratio above 1 says is larger: for "Women" or "Men", say."""
        (x, other_x), (y, other_y) = self.x_levels, self.y_levels
        return f"odds of {y!s} against {other_y!s}, for {x!s} relative to {other_x!s}"


def stratified_odds_ratio(
    x: Column, y: Column, strata: Column, *, confidence: float = 0.95
) -> StratifiedOddsRatio:
    """Compare two groups' odds of an outcome within strata, and pool the comparison over them.

    A crude odds ratio mixes the groups' difference with where they are: more women applied to the
    departments that refuse most. Within strata, like is compared with like.

    Parameters
    ----------
    x
        n values with two levels: the groups. The odds of the first level, in a categorical's own
        order or sorted, are divided by those of the second, the reference.
    y
        n values with two levels: the outcome. The odds are those of its first level against its
        second.
    strata
        n values, the levels within which to compare. The three columns are paired by position;
        rows in which one is missing are left out. Of a table with a column of counts, write out
        each row so often first: ``rows = table.loc[table.index.repeat(table["count"])]``.
    confidence
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    StratifiedOddsRatio
        A stratum in which x or y does not vary compares nothing: it counts in n and in the crude
        ratio, not in the pooled one and its tests, which are NaN if no stratum is left.

    Raises
    ------
    ValueError
        For an x or y without exactly two levels, columns of different lengths, Series with
        different row labels, values such as lists, and confidence outside (0, 1).

    References
    ----------
    Mantel and Haenszel (1959), Journal of the National Cancer Institute 22, 719-748. Robins,
    Breslow and Greenland (1986), Biometrics 42, 311-323. Breslow and Day (1980), Statistical
    Methods in Cancer Research 1, 142. Tarone (1985), Biometrika 72, 91-95.

    Examples
    --------
    >>> counts = {
    ...     ("women", "admitted", "A"): 16,
    ...     ("women", "rejected", "A"): 4,
    ...     ("men", "admitted", "A"): 48,
    ...     ("men", "rejected", "A"): 16,
    ...     ("women", "admitted", "B"): 15,
    ...     ("women", "rejected", "B"): 60,
    ...     ("men", "admitted", "B"): 4,
    ...     ("men", "rejected", "B"): 16,
    ... }
    >>> gender, outcome, department = zip(*(row for row in counts for _ in range(counts[row])))
    >>> found = stratified_odds_ratio(gender, outcome, department)
    >>> found.comparison
    'odds of admitted against rejected, for men relative to women'
    >>> round(found.crude, 2), round(found.pooled, 2)
    (3.35, 0.86)
    >>> found.strata.round(2)
       odds_ratio   phi    p   n
    A        0.75 -0.05 0.65  84
    B        1.00  0.00 1.00  95
    """
    check_confidence(confidence)
    counts, (x_levels, y_levels, names) = cross_counted(side_by_side(x=x, y=y, strata=strata))
    for column, levels in (("x", x_levels), ("y", y_levels)):
        _check_two(column, levels)
    informative = counts[:, :, np.all(np.array(_margins(counts)) > 0, axis=0)]
    pooled, low, high, p = _pooled(informative, confidence)
    return StratifiedOddsRatio(
        crude=float(_odds_ratios(counts.sum(axis=2))),
        pooled=pooled,
        low=low,
        high=high,
        p=p,
        homogeneity_p=_homogeneity_p(informative, pooled),
        n=int(counts.sum()),
        strata=_by_stratum(counts, names.rename(getattr(strata, "name", None))),
        x_levels=tuple(x_levels),
        y_levels=tuple(y_levels),
        confidence=confidence,
    )


def _check_two(column: str, levels: "pd.Index[Any]") -> None:
    if len(levels) != 2:
        some = listed(levels[:3]) + ", ..." * (len(levels) > 3)
        there = f"{len(levels)} ({some})" if some else "none"
        raise ValueError(
            f"An odds ratio compares two levels of {column}, and the complete rows have {there}: "
            "keep the rows of two levels, or merge levels."
        )


def _margins(counts: Integers) -> tuple[Integers, Integers, Integers, Integers]:
    """Totals of 2 x 2 (x strata) counts: first x, second x, first y, second y."""
    return (*counts.sum(axis=1), *counts.sum(axis=0))


def _odds_ratios(counts: Integers) -> Floats:
    """NaN where x or y does not vary."""
    (a, b), (c, d) = counts.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(a * d / (b * c))


def _pooled(counts: Integers, confidence: float) -> tuple[float, float, float, float]:
    """The pooled odds ratio, the ends of its interval, and p of a ratio of 1."""
    from statsmodels.stats.contingency_tables import StratifiedTable  # 2 s to import

    table = StratifiedTable(counts)
    with np.errstate(all="ignore"):
        pooled = float(table.oddsratio_pooled)
        low, high = table.oddsratio_pooled_confint(alpha=1 - confidence)
        statistic = table.test_null_odds().statistic
    if not 0 < pooled < np.inf:
        low = high = np.nan
    # statsmodels' own p, 1 - cdf, has no digits below 1e-16.
    return pooled, float(low), float(high), float(special.chdtrc(1, statistic))


def _homogeneity_p(counts: Integers, pooled: float) -> float:
    """Breslow and Day's test with Tarone's correction.

    Not statsmodels', which divides by zero at an odds ratio of 1.
    """
    strata = counts.shape[2]
    if strata < 2 or not 0 < pooled < np.inf:
        return np.nan
    x, other_x, y, _ = _margins(counts)
    # The count of first levels at which a stratum with these margins has the pooled odds ratio.
    linear = pooled * (x + y) + other_x - y
    root = np.sqrt(linear**2 + 4 * (1 - pooled) * pooled * x * y)
    expected = 2 * pooled * x * y / (linear + root)
    variance = 1 / (
        1 / expected + 1 / (x - expected) + 1 / (y - expected) + 1 / (other_x - y + expected)
    )
    deviation = counts[0, 0] - expected
    statistic = (deviation**2 / variance).sum() - deviation.sum() ** 2 / variance.sum()
    return float(special.chdtrc(strata - 1, max(statistic, 0)))


def _by_stratum(counts: Integers, names: "pd.Index[Any]") -> pd.DataFrame:
    (a, b), (c, d) = counts
    n = counts.sum(axis=(0, 1))
    margins = np.prod(np.array(_margins(counts), dtype=np.float64), axis=0)
    phi = (a * d - b * c) / np.sqrt(np.where(margins > 0, margins, np.nan))
    columns = {
        "odds_ratio": _odds_ratios(counts),
        "phi": phi,
        "p": special.chdtrc(1, n * phi**2),
        "n": n,
    }
    return pd.DataFrame(columns, index=names)
