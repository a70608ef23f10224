"""What is known of correlations of variables that are not seen themselves."""

from dataclasses import dataclass, fields

import numpy as np
from scipy import special

from ..table import Floats, Integers
from .bivariate_normal import Cuts

_LEAST_PROBABILITY = 1e-300


@dataclass(frozen=True, eq=False)
class Fit:
    """How well m x r x c probabilities fit tables of counts: arrays of length m.

    g_square compares the tables with the fitted ones; it has `freedom` degrees, 0 where there is
    nothing to compare. smallest_fitted is the smallest count of the fitted table.
    """

    g_square: Floats
    freedom: Integers
    smallest_fitted: Floats


@dataclass(frozen=True, eq=False)
class Latent:
    """m latent correlations: arrays of length m, NaN where undefined.

    p is the likelihood ratio's, against 0.
    """

    r: Floats
    standard_error: Floats
    p: Floats
    g_square: Floats
    freedom: Integers
    smallest_fitted: Floats

    @classmethod
    def of(cls, r: Floats, *, standard_error: Floats, p: Floats, fit: Fit) -> "Latent":
        """Without what makes no sense: at r = 1 or -1 there is p alone, without r nothing."""
        inside = np.abs(r) < 1
        return cls(
            r=r + 0.0,  # 0, not -0
            standard_error=np.where(inside, standard_error, np.nan),
            p=np.where(np.isnan(r), np.nan, p),
            g_square=np.where(inside, fit.g_square, np.nan),
            freedom=np.where(inside, fit.freedom, 0),
            smallest_fitted=np.where(inside, fit.smallest_fitted, np.nan),
        )

    @classmethod
    def joined(cls, parts: "list[Latent]") -> "Latent":
        """Parts one after another."""
        names = [field.name for field in fields(cls)]
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def fit(counts: Floats, probability: Floats, cuts: Cuts, *, given_rows: bool = False) -> Fit:
    """Compare counts with the probabilities of cuts, whose thresholds and correlation were fitted.

    With given_rows, the thresholds of the rows were not.
    """
    n = cuts.n[:, np.newaxis, np.newaxis]
    floor = np.maximum(probability, _LEAST_PROBABILITY)
    terms = special.xlogy(counts, counts / (n * floor)).sum(axis=(1, 2))
    occurring = cuts.occurring
    rows, columns = occurring.any(axis=2).sum(axis=1), occurring.any(axis=1).sum(axis=1)
    fitted = 1 + (columns - 1) + (0 if given_rows else rows - 1)
    smallest = np.where(occurring, probability, np.inf).min(axis=(1, 2)) * cuts.n
    return Fit(np.maximum(2 * terms, 0.0), rows * columns - 1 - fitted, smallest)


def p_of_likelihoods(logarithm: Floats, without: Floats) -> Floats:
    """p of likelihoods' logarithms against those of a correlation of 0: chi-square, one degree."""
    return np.asarray(special.chdtrc(1, np.maximum(2 * (logarithm - without), 0.0)))


def log_likelihood(counts: Floats, probability: Floats) -> Floats:
    """Of m x r x c counts, when the cells have these probabilities."""
    floor = np.maximum(probability, _LEAST_PROBABILITY)
    return np.asarray(special.xlogy(counts, floor).sum(axis=(1, 2)))
