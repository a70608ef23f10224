"""Numbers within the levels of a column of categories, of a table that is read in parts."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from ..table import Booleans, Floats, Integers, vary
from .levels import Coded, Levels, united
from .moments import apart


@dataclass(frozen=True, eq=False)
class Grouped:
    """Counts, means and squares of q columns of numbers within each level: merged as `Moments`.

    Attributes
    ----------
    levels
        Of the column of categories.
    n, means, squares
        Levels x q: of the rows that have the level and the number. Means are counted from the
        origins, squares are sums about the mean of the level.
    lowest, highest, bases
        As of `Moments`, of the rows that have a level.
    origins
        In the midst of each column's values, counted from its base.
    """

    levels: Levels
    n: Floats
    means: Floats
    squares: Floats
    lowest: Floats
    highest: Floats
    origins: Floats
    bases: Floats

    @classmethod
    def of(cls, groups: Coded, values: Floats, bases: Floats) -> "Grouped":
        """Those of one block: the codes of m rows, and q x m values, NaN where missing."""
        has_level = groups.codes >= 0
        codes, values = groups.codes[has_level], values[:, has_level]
        rows, levels = len(codes), len(groups.levels)
        members = sparse.csr_array((np.ones(rows), (codes, np.arange(rows))), shape=(levels, rows))
        present = np.isfinite(values).astype(np.float64)  # infinite ones are refused in the end
        filled = np.where(present > 0, values, 0.0)
        origins = filled.sum(axis=1) / np.maximum(present.sum(axis=1), 1)
        deviations = (filled - origins[:, np.newaxis]) * present
        n = np.asarray(members @ present.T)
        means = np.asarray(members @ deviations.T) / np.maximum(n, 1)
        within = (deviations - means.T[:, codes]) * present
        return cls(
            levels=groups.levels,
            n=n,
            means=means,
            squares=np.asarray(members @ np.square(within).T),
            lowest=np.fmin.reduce(values, axis=1, initial=np.nan),
            highest=np.fmax.reduce(values, axis=1, initial=np.nan),
            origins=origins,
            bases=bases,
        )

    def merge(self, other: "Grouped") -> "Grouped":
        """Those of both sets of rows."""
        levels, places = united(self.levels, other.levels)
        own_n, own_means, own_squares = self._at(np.arange(len(self.levels)), len(levels))
        their_n, their_means, their_squares = other._at(places, len(levels))
        new = self.n.sum(axis=0) == 0
        shift = np.where(new, 0.0, apart(self.bases, other.bases))
        between_origins = np.where(new, 0.0, other.origins - self.origins + shift)
        n = own_n + their_n
        share = their_n / np.maximum(n, 1)
        distances = between_origins + their_means - own_means
        return Grouped(
            levels=levels,
            n=n,
            means=own_means + distances * share,
            squares=own_squares + their_squares + own_n * share * distances**2,
            lowest=np.fmin(self.lowest, other.lowest + shift),
            highest=np.fmax(self.highest, other.highest + shift),
            origins=np.where(new, other.origins, self.origins),
            bases=np.where(new, other.bases, self.bases),
        )

    @property
    def between(self) -> Floats:
        """Sums of squares of the levels' means about the mean of all, one a column."""
        total = np.maximum(self.n.sum(axis=0), 1)
        means = self.means - (self.n * self.means).sum(axis=0) / total
        means -= (self.n * means).sum(axis=0) / total
        return np.asarray((self.n * means**2).sum(axis=0))

    @property
    def varying(self) -> Booleans:
        """Which columns vary by more than rounding in the rows that have a level."""
        return vary(self.lowest, self.highest)

    def _at(self, places: Integers, levels: int) -> Floats:
        """n, means and squares where the levels stand among more; 0 for the rest."""
        found = np.zeros((3, levels, self.n.shape[1]))
        found[:, places] = self.n, self.means, self.squares
        return found
