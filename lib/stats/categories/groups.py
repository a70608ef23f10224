"""How much of the variance of numbers a grouping of the rows explains."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse, special

from ..correlation import Weights
from ..table import Floats, Integers, bounded, centred_columns, constant_columns
from .noncentral import of_f


@dataclass(frozen=True, eq=False)
class Explained:
    """One analysis of variance for each of q columns of values: arrays of length q.

    `explained` is the share of the sum of squares that lies between the groups, eta squared;
    `unexplained` the share within them, 1 less that without its rounding. NaN where the values
    do not vary, or are all in one group. `n` are the rows that count: those that a frequency
    stands for, and with survey weights the effective ones.
    """

    explained: Floats
    unexplained: Floats
    groups: Integers
    n: Integers | Floats

    @property
    def eta(self) -> Floats:
        """The correlation ratio."""
        return bounded(np.sqrt(self.explained))

    @property
    def corrected_eta(self) -> Floats:
        """Epsilon, without what chance adds to eta (Kelley 1935); 0 where no group has two rows."""
        within = self.n - self.groups
        share = self.unexplained * (self.n - 1) / np.where(within > 0, within, np.nan)
        corrected = np.sqrt(np.maximum(0, 1 - share))
        return np.where((within > 0) | np.isnan(self.explained), corrected, 0.0)

    @property
    def p(self) -> Floats:
        """P-values of the F test; NaN where no group has two rows."""
        between, within = self._freedom
        # F's tail, written without F, which is infinite where nothing is unexplained.
        p = special.betainc(within / 2, between / 2, self.unexplained)
        return np.asarray(p, dtype=np.float64)

    @property
    def rank_p(self) -> Floats:
        """P-values of the Kruskal-Wallis test, where the values are ranks."""
        p = special.chdtrc(self.groups - 1, (self.n - 1) * self.explained)
        return np.asarray(p, dtype=np.float64)

    def interval(self, confidence: float) -> tuple[Floats, Floats]:
        """Both ends for eta of the population, from noncentral F (Steiger 2004).

        Its noncentrality is n eta² / (1 - eta²). NaN where the groups leave nothing unexplained,
        which says nothing of how much other rows would, and where F has no rows within groups.
        """
        between, within = self._freedom
        varies = self.unexplained > 0
        odds = self.explained / np.where(varies, self.unexplained, np.nan)
        ends = of_f(odds * within / between, between, within, confidence)
        low, high = (np.sqrt(end / (end + self.n)) for end in ends)
        return low, high

    @property
    def _freedom(self) -> tuple[Floats, Floats]:
        between, within = self.groups.astype(np.float64) - 1, self.n - self.groups
        return between, np.where(within > 0, within, np.nan)


def explained_by(
    codes: Floats, values: Floats, n: Integers | Floats, weights: Weights | None
) -> Explained:
    """Analyse n x q values by n x 1 codes of groups, each column over the rows that have both.

    So many of which count as n says.
    """
    values = np.where(np.isnan(codes), np.nan, values)
    group = np.nan_to_num(codes[:, 0]).astype(np.int64)
    present = ~np.isnan(values)
    centred, each = centred_columns(values, present), present.astype(np.float64)
    if weights is not None:
        each *= (weights.of_rows / weights.of_rows.max())[:, np.newaxis]
        total = each.sum(axis=0)
        centred -= (each * centred).sum(axis=0) / np.where(total > 0, total, 1)
    members = sparse.csr_array((np.ones(len(group)), (np.arange(len(group)), group)))
    sizes = np.asarray(members.T @ each)
    means = np.asarray(members.T @ (each * centred)) / np.where(sizes > 0, sizes, 1)
    between = (sizes * means**2).sum(axis=0)
    within = (each * (centred - means[group]) ** 2).sum(axis=0)
    groups = (sizes > 0).sum(axis=0)
    defined = ~constant_columns(values) & (groups > 1)
    total = np.where(defined, between + within, np.nan)
    return Explained(between / total, within / total, groups, n)
