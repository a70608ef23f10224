"""The correlation of a number and the normal variable under an ordered column, by likelihood.

In two steps: mean, standard deviation and thresholds of each by itself, then the correlation
(Olsson, Drasgow and Dorans 1982).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import special

from ..table import Booleans, Floats, Integers, blocks, centred_columns, constant_columns
from .bivariate_normal import Cuts, below, cells, thresholds
from .latent import Fit, Latent, fit, p_of_likelihoods
from .maxima import angles_of_maxima

_VALUES_AT_ONCE = 200_000
_BINS = 4
_STEEPEST_START = 0.97
# The angle at which numbers tell their levels almost without error.
_NEARLY_PERFECT = np.pi / 2 - 1e-6


def polyserial(numbers: Floats, levels: Floats) -> Latent:
    """Of m pairs of columns: m x n numbers and m x n places of levels, NaN where missing."""
    most = int(np.fmax.reduce(levels, axis=None, initial=0)) + 1
    some_at_a_time = blocks(len(levels), _VALUES_AT_ONCE // (levels.shape[1] * (most + 1)))
    parts = [_polyserial(_Pairs.of(numbers[some], levels[some], most)) for some in some_at_a_time]
    return Latent.joined(parts)


@dataclass(frozen=True, eq=False)
class _Pairs:
    """m pairs of columns over the rows that they share, `present` among n.

    `z` are the numbers in standard deviations from their mean and `level` the places of levels;
    0 in other rows.
    """

    present: Booleans
    z: Floats
    level: Integers
    counts: Integers
    defined: Booleans

    @classmethod
    def of(cls, numbers: Floats, levels: Floats, most: int) -> "_Pairs":
        present = ~np.isnan(numbers + levels)
        shared = np.where(present, numbers, np.nan).T
        centred = centred_columns(shared, present.T).T
        n = present.sum(axis=1)
        varying = ~constant_columns(shared)
        squares = (centred**2).sum(axis=1) / np.maximum(n, 1)
        z = centred / np.sqrt(np.where(varying, squares, 1.0))[:, np.newaxis]
        level = np.where(present, levels, 0).astype(np.int64)
        counts = _counted(present, level, most)
        return cls(present, z, level, counts, varying & ((counts > 0).sum(axis=1) > 1))

    @property
    def n(self) -> Floats:
        return np.asarray(self.counts.sum(axis=1), dtype=np.float64)

    @cached_property
    def thresholds(self) -> Floats:
        """m x (levels + 1), the outer ones beyond every row."""
        return thresholds(below(self.counts), np.maximum(self.n, 1))

    @property
    def pearson(self) -> Floats:
        """r of the numbers and the places of the levels."""
        n = np.maximum(self.n, 1)[:, np.newaxis]
        mean = (self.level * self.present).sum(axis=1, keepdims=True) / n
        places = self.present * (self.level - mean)
        lengths = np.sqrt(n[:, 0] * (places**2).sum(axis=1))
        return np.asarray((places * self.z).sum(axis=1) / np.where(self.defined, lengths, np.nan))

    @property
    def perfect(self) -> Floats:
        """1 or -1 where the likelihood rises up to there: each number lies within its level."""
        lower, upper = self._edges(np.arange(len(self.z)))
        signs = np.zeros(len(self.z))
        for sign in (1.0, -1.0):
            within = (lower <= sign * self.z) & (sign * self.z <= upper)
            signs[(within | ~self.present).all(axis=1) & self.defined] = sign
        return signs

    def log_likelihood(self, angle: Floats) -> Floats:
        """Of the levels, given the numbers."""
        _, _, logarithm = self._between_edges(angle, np.arange(len(angle)))
        return np.asarray(logarithm.sum(axis=1, where=self.present))

    def derivatives(self, angle: Floats, some: Integers) -> tuple[Floats, Floats]:
        """Of the logarithm of the likelihood, of some pairs."""
        lower, upper, logarithm = self._between_edges(angle, some)
        with np.errstate(over="ignore", invalid="ignore"):  # where an end lies too far out
            below, above = lower.share(logarithm), upper.share(logarithm)
            slope = above * upper.slope - below * lower.slope
            curvature = above * upper.bend - below * lower.bend - slope**2
        present = self.present[some]
        return slope.sum(axis=1, where=present), curvature.sum(axis=1, where=present)

    def _between_edges(self, angle: Floats, some: Integers) -> "tuple[_Edge, _Edge, Floats]":
        """The edges of the rows' levels, and the logarithms of the probabilities between them."""
        edges = self._edges(some)
        lower, upper = (_Edge.of(edge, self.z[some], angle[:, np.newaxis]) for edge in edges)
        return lower, upper, _log_between(lower.deviate, upper.deviate)

    def _edges(self, some: Integers) -> list[Floats]:
        """Of the rows' levels, the lower and the upper ones."""
        level, cuts = self.level[some], self.thresholds[some]
        return [np.take_along_axis(cuts, level + side, axis=1) for side in (0, 1)]


@dataclass(frozen=True, eq=False)
class _Edge:
    """A level's edge in standard deviations of what the number leaves open, and its derivatives.

    `slope` is that of the deviate by the angle; `bend` the second derivative of the probability
    below the edge, divided by the density at it.
    """

    deviate: Floats
    slope: Floats
    bend: Floats

    @classmethod
    def of(cls, edge: Floats, z: Floats, angle: Floats) -> "_Edge":
        sine, cosine = np.sin(angle), np.cos(angle)
        deviate = (edge - sine * z) / cosine
        slope = (edge * sine - z) / cosine**2
        curvature = edge / cosine + 2 * sine * slope / cosine
        return cls(deviate, slope, curvature - deviate * slope**2)

    def share(self, logarithm: Floats) -> Floats:
        """The density at the edge, as a share of a probability given by its logarithm."""
        return np.asarray(np.exp(-(self.deviate**2) / 2 - logarithm) / np.sqrt(2 * np.pi))


def _polyserial(pairs: _Pairs) -> Latent:
    sign = pairs.perfect
    start = np.arcsin(np.clip(pairs.pearson, -_STEEPEST_START, _STEEPEST_START))
    angle = angles_of_maxima(pairs.derivatives, np.where(sign == 0, start, np.nan))
    at = np.where(sign == 0, np.nan_to_num(angle), sign * _NEARLY_PERFECT)
    return Latent.of(
        np.where(sign == 0, np.sin(angle), sign),
        standard_error=_standard_error(pairs, at),
        p=p_of_likelihoods(pairs.log_likelihood(at), pairs.log_likelihood(np.zeros(len(at)))),
        fit=_fit(pairs, at),
    )


@dataclass(frozen=True, eq=False)
class _Chances:
    """What the numbers leave open of the levels, m x n x levels: 0 in rows that are not shared.

    `density` is that at the edges, m x n x (levels + 1). `slope` is that of the probability's
    logarithm by the angle, `shift` that of the probability by the number.
    """

    probability: Floats
    density: Floats
    slope: Floats
    shift: Floats

    @classmethod
    def of(cls, pairs: _Pairs, angle: Floats) -> "_Chances":
        angle = angle[:, np.newaxis, np.newaxis]
        edges = pairs.thresholds[:, np.newaxis, :]
        edge = _Edge.of(edges, pairs.z[:, :, np.newaxis], angle)
        present = pairs.present[:, :, np.newaxis]
        probability = np.diff(special.ndtr(edge.deviate)) * present
        density = _normal_density(edge.deviate) * present
        possible = np.where(probability > 0, probability, np.inf)
        return cls(
            probability=probability,
            density=density,
            slope=np.diff(density * edge.slope) / possible,
            shift=-np.diff(density) * np.tan(angle),
        )


def _standard_error(pairs: _Pairs, angle: Floats) -> Floats:
    """Of the correlation, when mean, standard deviation and thresholds are estimated first.

    What a row adds to the estimate is the slope of the logarithm of its level's probability, less
    what it adds by moving the thresholds, the mean and the deviation. Expected for the numbers that
    there are: over all levels that a row might have.
    """
    n = np.maximum(pairs.n, 1)
    chances = _Chances.of(pairs, angle)
    influence = chances.slope - _through_thresholds(pairs, chances, angle)[:, np.newaxis, :]
    influence += _through_moments(pairs, chances)[:, :, np.newaxis]
    information = (chances.probability * chances.slope**2).sum(axis=(1, 2)) / n
    variance = (chances.probability * influence**2).sum(axis=(1, 2)) / n**2
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.cos(angle) * np.sqrt(variance) / information)


def _through_thresholds(pairs: _Pairs, chances: _Chances, angle: Floats) -> Floats:
    """What each level adds by moving the thresholds: m x levels, 0 in the mean."""
    n = np.maximum(pairs.n, 1)[:, np.newaxis]
    moved = chances.density[:, :, 1:-1] * (chances.slope[:, :, :-1] - chances.slope[:, :, 1:])
    change = moved.sum(axis=1) / (n * np.cos(angle)[:, np.newaxis])
    height = _normal_density(pairs.thresholds[:, 1:-1])
    change /= np.where(height > 0, height, np.inf)
    above = np.pad(change[:, ::-1].cumsum(axis=1)[:, ::-1], ((0, 0), (0, 1)))
    mean = (above * pairs.counts).sum(axis=1, keepdims=True) / n
    return np.asarray(above - mean)


def _through_moments(pairs: _Pairs, chances: _Chances) -> Floats:
    """What each number adds by moving the mean and the deviation: m x n."""
    n = np.maximum(pairs.n, 1)[:, np.newaxis]
    both = (chances.slope * chances.shift).sum(axis=2)
    mean = both.sum(axis=1, keepdims=True) / n
    deviation = (both * pairs.z).sum(axis=1, keepdims=True) / n
    return np.asarray(mean * pairs.z + deviation * (pairs.z**2 - 1) / 2)


def _fit(pairs: _Pairs, angle: Floats) -> Fit:
    """Of the table of the levels and the four quarters of the normal distribution."""
    quarter = special.ndtri(np.arange(1, _BINS) / _BINS).searchsorted(pairs.z)
    levels = pairs.counts.shape[1]
    both = _counted(pairs.present, quarter * levels + pairs.level, _BINS * levels)
    edges = np.arange(_BINS + 1) / _BINS
    n = np.maximum(pairs.n, 1)
    cuts = Cuts(n[:, np.newaxis] * edges, below(pairs.counts), n)
    counts = both.reshape(len(both), _BINS, levels).astype(np.float64)
    return fit(counts, cells(angle, cuts).probability, cuts, given_rows=True)


def _counted(present: Booleans, places: Integers, most: int) -> Integers:
    """How many of each row's present entries have each place, m x most."""
    pairs = np.arange(len(places))[:, np.newaxis] * most
    counts = np.bincount((pairs + places)[present], minlength=most * len(places))
    return counts.reshape(len(places), most)


def _normal_density(deviate: Floats) -> Floats:
    return np.asarray(np.exp(-(deviate**2) / 2) / np.sqrt(2 * np.pi))


def _log_between(lower: Floats, upper: Floats) -> Floats:
    """The logarithm of the normal probability between two deviates, far out as well."""
    far = lower > 0  # there the upper tail keeps the digits
    low, high = np.where(far, -upper, lower), np.where(far, -lower, upper)
    top = special.log_ndtr(high)
    with np.errstate(divide="ignore"):
        return np.asarray(top + np.log1p(-np.exp(special.log_ndtr(low) - top)))
