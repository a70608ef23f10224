"""The cells that thresholds cut out of bivariate normal distributions, many tables at once.

The correlation is the sine of an angle: along the angle, the probability that both variables lie
below their thresholds grows by exp(-(h² - 2hk sin + k²) / (2 cos²)) / 2 pi (Plackett 1954,
Biometrika 41, 351-360). From the distribution that a correlation of 1 or -1 has, which is known
exactly, that is integrated back. A cell that only noise can reach is then a sum of positive terms:
it keeps its digits at 1e-20, where a difference of four distribution functions has none.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

from ..table import Booleans, Floats, Integers

_BEYOND_EVERY_ROW = 40.0  # a threshold that no float64 lies above: its density is 0
_POINTS = 16
# In the logarithm of the angle that is left to 90 degrees: where thresholds nearly agree, all
# happens near its end; in cells far from the diagonal, near its beginning.
_EDGES = np.array([0, 0.01, 0.1, 0.5, 2, 4, 6, 8, 11, 15, 20, 33])


@dataclass(frozen=True, eq=False)
class Cuts:
    """m tables of r x c cells, by the n rows that lie below the edges of their levels.

    rows_below is m x (r + 1), columns_below m x (c + 1), each from 0 to n, and n has length m: 1
    where there are no rows. A level without rows has equal edges.
    """

    rows_below: Floats
    columns_below: Floats
    n: Floats

    @classmethod
    def of(cls, tables: Integers) -> "Cuts":
        """Those that give the m x r x c tables of counts their own margins."""
        rows, columns = tables.sum(axis=2), tables.sum(axis=1)
        return cls(below(rows), below(columns), np.maximum(rows.sum(axis=1), 1.0))

    def of_tables(self, some: Integers) -> "Cuts":
        return Cuts(self.rows_below[some], self.columns_below[some], self.n[some])

    @property
    def row_thresholds(self) -> Floats:
        return thresholds(self.rows_below, self.n)

    @property
    def column_thresholds(self) -> Floats:
        return thresholds(self.columns_below, self.n)

    @property
    def occurring(self) -> Booleans:
        """Which cells lie in levels that have rows, m x r x c."""
        rows, columns = np.diff(self.rows_below) > 0, np.diff(self.columns_below) > 0
        return np.asarray(rows[:, :, np.newaxis] & columns[:, np.newaxis, :])

    @property
    def independent(self) -> Floats:
        """The probabilities of the cells without a correlation."""
        rows, columns = np.diff(self.rows_below), np.diff(self.columns_below)
        squares = self.n[:, np.newaxis, np.newaxis] ** 2
        return np.asarray(rows[:, :, np.newaxis] * columns[:, np.newaxis, :] / squares)

    def perfect(self, sign: Floats) -> Floats:
        """The probabilities of the cells at a correlation of 1 or -1, m signs."""
        turned = (self.n[:, np.newaxis] - self.columns_below)[:, ::-1]
        falling = (sign < 0)[:, np.newaxis]
        columns = np.where(falling, turned, self.columns_below)[:, np.newaxis, :]
        rows = self.rows_below[:, :, np.newaxis]
        upper = np.minimum(rows[:, 1:], columns[:, :, 1:])
        lower = np.maximum(rows[:, :-1], columns[:, :, :-1])
        shares = np.maximum(upper - lower, 0) / self.n[:, np.newaxis, np.newaxis]
        return np.asarray(np.where(falling[:, :, np.newaxis], shares[:, :, ::-1], shares))


@dataclass(frozen=True, eq=False)
class Cells:
    """m x r x c probabilities, and how they change with the angle: first and second derivatives."""

    probability: Floats
    slope: Floats
    curvature: Floats


def below(counts: Integers) -> Floats:
    """Of m x r counts of levels, how many rows lie below the levels' edges, m x (r + 1)."""
    return np.pad(np.cumsum(counts, axis=1), ((0, 0), (1, 0))).astype(np.float64)


def thresholds(below: Floats, n: Floats) -> Floats:
    """Normal deviates with these shares of n rows below them; finite beyond all rows."""
    deviates = special.ndtri(below / n[:, np.newaxis])
    return np.clip(deviates, -_BEYOND_EVERY_ROW, _BEYOND_EVERY_ROW)


def cells(angle: Floats, cuts: Cuts) -> Cells:
    """The cells of m tables at m correlations, the sines of angles within (-pi / 2, pi / 2)."""
    sign = np.where(angle < 0, -1.0, 1.0)
    left = (np.pi / 2 - np.abs(angle))[:, np.newaxis]
    h = cuts.row_thresholds[:, 1:-1, np.newaxis]
    k = sign[:, np.newaxis, np.newaxis] * cuts.column_thresholds[:, np.newaxis, 1:-1]
    apart, together = (h - k) ** 2 / 2, h * k
    on_the_way = _density(apart, together, left * _SHARES)
    back = left[:, :, np.newaxis] * (on_the_way @ _WEIGHTS)
    density = _density(apart, together, left)[..., 0]
    sine, cosine = np.sin(left)[:, :, np.newaxis], np.cos(left)[:, :, np.newaxis]
    growth = together * sine / (1 + cosine) ** 2 - 2 * apart * cosine / sine**3
    sign = sign[:, np.newaxis, np.newaxis]
    return Cells(
        probability=np.maximum(cuts.perfect(sign[:, 0, 0]) - sign * _mixed_difference(back), 0.0),
        slope=_mixed_difference(density),
        curvature=sign * _mixed_difference(growth * density),
    )


def _density(apart: Floats, together: Floats, left: Floats) -> Floats:
    """What an angle adds, m x r x c x points, where m x points angles are left to 90 degrees."""
    corners = np.stack([apart, together], axis=-1).reshape(len(left), apart[0].size, 2)
    angles = np.stack([1 / np.sin(left) ** 2, 1 / (1 + np.cos(left))], axis=1)
    density = corners @ -angles
    np.exp(density, out=density)
    density /= 2 * np.pi
    return density.reshape(*apart.shape, left.shape[1])


def _mixed_difference(corners: Floats) -> Floats:
    """From values at the inner corners of cells to the cells; at the outer corners they are 0."""
    padded = np.pad(corners, ((0, 0), (1, 1), (1, 1)))
    return np.diff(np.diff(padded, axis=1), axis=2)


def _quadrature() -> tuple[Floats, Floats]:
    """Shares of an interval that ends at 0, and their weights: Gauss and Legendre's, by pieces."""
    points, weights = np.polynomial.legendre.leggauss(_POINTS)
    widths = np.diff(_EDGES)[:, np.newaxis]
    logarithms = _EDGES[:-1, np.newaxis] + widths * (points + 1) / 2
    shares = np.exp(-logarithms)
    return shares.ravel(), (shares * widths * weights / 2).ravel()


_SHARES, _WEIGHTS = _quadrature()
