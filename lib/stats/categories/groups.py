"""How much of the variance of numbers a grouping of the rows explains."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse, special

from lib.stats.table import Floats, Integers, bounded, centred_columns, constant_columns


@dataclass(frozen=True, eq=False)
class Explained:
    """One analysis of variance for each of q columns of values: arrays of length q.

    `explained` is the share of the sum of squares that lies between the groups, eta squared;
    `unexplained` the share within them, 1 less that without its rounding. NaN where the values
    do not vary, or are all in one group.
    """

    explained: Floats
    unexplained: Floats
    groups: Integers
    n: Integers

    @property
    def eta(self) -> Floats:
        """The correlation ratio."""
        return bounded(np.sqrt(self.explained))

    @property
    def p(self) -> Floats:
        """P-values of the F test; NaN where no group has two rows."""
        between, within = self.groups - 1, self.n - self.groups
        # F's tail, written without F, which is infinite where nothing is unexplained.
        p = special.betainc(np.where(within > 0, within / 2, np.nan), between / 2, self.unexplained)
        return np.asarray(p, dtype=np.float64)

    @property
    def rank_p(self) -> Floats:
        """P-values of the Kruskal-Wallis test, where the values are ranks."""
        p = special.chdtrc(self.groups - 1, (self.n - 1) * self.explained)
        return np.asarray(p, dtype=np.float64)


def explained_by(codes: Floats, values: Floats) -> Explained:
    """Analyse n x q values by n x 1 codes of groups, each column over the rows that have both."""
    values = np.where(np.isnan(codes), np.nan, values)
    group = np.nan_to_num(codes[:, 0]).astype(np.int64)
    present = ~np.isnan(values)
    centred = centred_columns(values, present)
    members = sparse.csr_array((np.ones(len(group)), (np.arange(len(group)), group)))
    counts = members.T @ present.astype(np.float64)
    means = members.T @ centred / np.maximum(counts, 1)
    residuals = (centred - means[group]) * present
    between = (counts * means**2).sum(axis=0)
    within = (residuals**2).sum(axis=0)
    groups = (counts > 0).sum(axis=0)
    defined = ~constant_columns(values) & (groups > 1)
    total = np.where(defined, between + within, np.nan)
    return Explained(between / total, within / total, groups, present.sum(axis=0))
