"""Rows drawn again in runs, so that neighbours in time stay together."""

from collections.abc import Iterator

import numpy as np

from ..resampling import sizes
from ..table import Floats, Integers, generator_of
from .echoes import echoes

_FEWEST_LAGS_OF_NOISE = 5


def block_length(z: Floats) -> float:
    """The mean length of blocks that estimates the variance of the series' mean best.

    z is standardised; the result is 1 to 3 sqrt(n), and no more than a third of the rows.

    References
    ----------
    Politis and White (2004), Econometric Reviews 23, 53-70, with the correction of Patton, Politis
    and White (2009), Econometric Reviews 28, 372-375: for the stationary bootstrap.
    """
    n = len(z)
    noise_lags = max(_FEWEST_LAGS_OF_NOISE, int(np.log10(n)))
    most = min(int(np.ceil(np.sqrt(n))) + noise_lags, n - 1)
    echo = echoes(z[:, np.newaxis], most)[:, 0]
    lag = np.arange(1, min(2 * _first_lag_of_noise(echo, noise_lags, n), most) + 1)
    # A window with a flat top: 1 up to half of the lags, then falling to 0.
    weights = np.minimum(1.0, 2 * (1 - lag / lag[-1])) * echo[lag]
    long_run = 1 + 2 * weights.sum()
    slope = 2 * (lag * weights).sum()
    longest = np.ceil(min(3 * np.sqrt(n), n / 3))
    with np.errstate(divide="ignore"):
        return float(np.clip(np.cbrt(n * (slope / long_run) ** 2), 1, longest))


def _first_lag_of_noise(echo: Floats, noise_lags: int, n: int) -> int:
    """The first lag of so many in a row that chance could have given; else the largest there is."""
    small = np.abs(echo) < 2 * np.sqrt(np.log10(n) / n)
    runs = np.convolve(small[1:], np.ones(noise_lags), mode="valid") == noise_lags
    return 1 + int(runs.argmax()) if runs.any() else len(echo) - 1


def rows_in_blocks(rows: int, length: float, draws: int, seed: int) -> Iterator[Integers]:
    """As many rows as there are, in blocks of random lengths with this mean: `draws` times.

    Each array has a draw a row. After the last row comes the first.

    References
    ----------
    Politis and Romano (1994), Journal of the American Statistical Association 89, 1303-1313.
    """
    generator = generator_of(seed)
    places = np.arange(rows)
    for size in sizes(draws, rows):
        begins = generator.random((size, rows)) < 1 / length
        begins[:, 0] = True
        begun = np.maximum.accumulate(np.where(begins, places, 0), axis=1)
        first = np.take_along_axis(generator.integers(rows, size=(size, rows)), begun, axis=1)
        yield (first + places - begun) % rows
