"""Series whose truth is known: noise, walks, trends and seasons."""

from typing import Literal, TypeAlias, get_args

import numpy as np

from ..table import Floats, check_choice, check_number, generator_of
from .normal import check_finite, check_spread, checked_sizes, normal

Distribution: TypeAlias = Literal[
    "normal", "uniform", "exponential", "lognormal", "t3", "binary", "cauchy"
]


def noise(replicates: int, n: int, *, distribution: Distribution = "normal", seed: int) -> Floats:
    """Independent draws from one distribution.

    Parameters
    ----------
    replicates, n
        Rows and columns of the result.
    distribution
        - "normal": mean 0, variance 1.
        - "uniform": from 0 to 1.
        - "exponential": mean 1.
        - "lognormal": the exponential function of a standard normal.
        - "t3": Student's t with 3 degrees of freedom.
        - "binary": 1 with probability 0.3, else 0.
        - "cauchy": without mean or variance.
    seed
        For np.random.default_rng.

    Returns
    -------
    Array of shape (replicates, n).

    Raises
    ------
    ValueError
        For an unknown distribution, replicates or n that are no whole numbers, 0 or more, and a
        seed that numpy does not take.

    Examples
    --------
    >>> noise(2, 3, distribution="binary", seed=4)
    array([[0., 0., 0.],
           [1., 0., 0.]])
    """
    check_choice("distribution", distribution, get_args(Distribution))
    rng = generator_of(seed)
    size = checked_sizes(replicates=replicates, n=n)
    match distribution:
        case "normal":
            return rng.normal(size=size)
        case "uniform":
            return rng.uniform(size=size)
        case "exponential":
            return rng.exponential(size=size)
        case "lognormal":
            return rng.lognormal(size=size)
        case "t3":
            return rng.standard_t(3, size=size)
        case "binary":
            return (rng.uniform(size=size) < 0.3).astype(np.float64)
        case "cauchy":
            return rng.standard_cauchy(size=size)


def random_walks(replicates: int, n: int, *, seed: int) -> Floats:
    """Sums of independent standard normal steps: x[t] = x[t - 1] + e[t], from x[0] = e[0].

    Parameters
    ----------
    replicates, n
        Rows and columns of the result.
    seed
        For np.random.default_rng.

    Returns
    -------
    Array of shape (replicates, n). The variance of column t, from 0, is t + 1.

    Raises
    ------
    ValueError
        For replicates or n that are no whole numbers, 0 or more, and a seed that numpy does not
        take.

    References
    ----------
    Yule (1926), Journal of the Royal Statistical Society 89, 1-63: why they correlate.

    Examples
    --------
    Unrelated, and most of them "significantly" correlated:

    >>> from .. import correlate_rows
    >>> x, y = np.split(random_walks(10_000, 100, seed=1), 2)
    >>> r, p = correlate_rows(x, y)
    >>> f"{np.mean(p < 0.05):.0%}"
    '77%'
    """
    return np.cumsum(normal(replicates, n, seed), axis=1)


def autoregressions(replicates: int, n: int, *, phi: float, seed: int) -> Floats:
    """First-order autoregressions: x[t] = phi x[t - 1] + e[t], e standard normal.

    Stationary from the first value on, whose variance 1 / (1 - phi²) is that of all others.

    Parameters
    ----------
    replicates, n
        Rows and columns of the result.
    phi
        Autocorrelation at lag 1, between -1 and 1.
    seed
        For np.random.default_rng.

    Returns
    -------
    Array of shape (replicates, n).

    Raises
    ------
    ValueError
        For |phi| of 1 or more, replicates or n that are no whole numbers, 0 or more, and a seed
        that numpy does not take.

    References
    ----------
    Yule (1927), Philosophical Transactions of the Royal Society A 226, 267-298.

    Examples
    --------
    >>> x = autoregressions(1, 5000, phi=0.9, seed=1)[0]
    >>> f"{np.corrcoef(x[:-1], x[1:])[0, 1]:.1f}"
    '0.9'
    """
    advice = "choose between -1 and 1, or random_walks for what phi = 1 gives"
    check_number("phi", phi, advice)
    if not -1 < phi < 1:
        raise ValueError(f"phi is {phi}: {advice}.")
    values = normal(replicates, n, seed)
    values[:, :1] /= np.sqrt((1 - phi) * (1 + phi))
    for t in range(1, n):
        values[:, t] += phi * values[:, t - 1]
    return values


def trends(replicates: int, n: int, *, slope: float, noise: float = 1.0, seed: int) -> Floats:
    """Noise about a straight line: x[t] = slope t + noise e[t], t from 0, e standard normal.

    Parameters
    ----------
    replicates, n
        Rows and columns of the result.
    slope
        Rise from one value to the next.
    noise
        Standard deviation about the line.
    seed
        For np.random.default_rng.

    Returns
    -------
    Array of shape (replicates, n).

    Raises
    ------
    ValueError
        For a slope or noise that is not finite, negative noise, replicates or n that are no whole
        numbers, 0 or more, and a seed that numpy does not take.

    Examples
    --------
    >>> trends(1, 4, slope=0.5, noise=0, seed=1)
    array([[0. , 0.5, 1. , 1.5]])
    """
    check_finite(slope=slope)
    check_spread(noise)
    checked_sizes(replicates=replicates, n=n)
    line = slope * np.arange(n, dtype=np.float64)
    return line + noise * normal(replicates, n, seed)


def seasons(
    replicates: int,
    n: int,
    *,
    period: int,
    amplitude: float,
    noise: float = 1.0,
    seed: int,
) -> Floats:
    """Noise about a season: x[t] = amplitude cos(2 pi t / period) + noise e[t], e as in `trends`.

    Parameters
    ----------
    replicates, n
        Rows and columns of the result.
    period
        Values until the season begins again, at least 2.
    amplitude
        Height of its top above its mean.
    noise
        Standard deviation about the season.
    seed
        For np.random.default_rng.

    Returns
    -------
    Array of shape (replicates, n). The season is highest in column 0.

    Raises
    ------
    ValueError
        For a period below 2, a period, amplitude or noise that is not finite, negative noise,
        replicates or n that are no whole numbers, 0 or more, and a seed that numpy does not take.

    Examples
    --------
    >>> seasons(1, 6, period=4, amplitude=2, noise=0, seed=1).round(3) + 0
    array([[ 2.,  0., -2.,  0.,  2.,  0.]])
    """
    check_number("period", period, "a season takes at least 2 rows")
    if not period >= 2:
        raise ValueError(f"period is {period}: a season takes at least 2 rows.")
    check_finite(period=period, amplitude=amplitude)
    check_spread(noise)
    checked_sizes(replicates=replicates, n=n)
    position = np.arange(n, dtype=np.float64) % float(period)
    season = np.cos(2 * np.pi * position / float(period))  # the same to the last bit
    return amplitude * season + noise * normal(replicates, n, seed)
