"""Products of series with themselves and each other, some rows later: for all lags at once."""

import numpy as np
from scipy import fft

from ..table import Floats, Integers, blocks, bounded

# Up to so many, a product a lag is quicker than transforms.
_FEW_LAGS = 64
_NUMBERS_AT_A_TIME = 2**20


def echoes(z: Floats, lags: int) -> Floats:
    """The autocorrelations of standardised columns: a row a lag, 0 to `lags`."""
    spectra = _spectra(z, lags)
    return bounded(_at_lags(spectra * spectra.conj(), z, lags))


def cross_echoes(z: Floats, lags: int, first: Integers, second: Integers) -> Floats:
    """The correlations of pairs of standardised columns: a row a pair, -`lags` to `lags`.

    At a positive lag, the second of the pair follows the first.
    """
    if lags <= _FEW_LAGS:
        return _by_products(z, lags, first, second)
    values = np.empty((len(first), 2 * lags + 1))
    spectra = _spectra(z, lags)
    for some in blocks(len(first), _NUMBERS_AT_A_TIME // len(spectra)):
        x, y = spectra[:, first[some]], spectra[:, second[some]]
        values[some, lags:] = _at_lags(x.conj() * y, z, lags).T
        values[some, lags::-1] = _at_lags(x * y.conj(), z, lags).T
    return bounded(values)


def _by_products(z: Floats, lags: int, first: Integers, second: Integers) -> Floats:
    values = np.empty((len(first), 2 * lags + 1))
    for lag in range(lags + 1):
        products = bounded(z[: len(z) - lag].T @ z[lag:])  # [i, j]: column j follows column i
        values[:, lags + lag] = products[first, second]
        values[:, lags - lag] = products[second, first]
    return values


def _length(z: Floats, lags: int) -> int:
    """So long that no row meets one from the other end."""
    return int(fft.next_fast_len(len(z) + lags, real=True))


def _spectra(z: Floats, lags: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.complex128]]":
    return np.asarray(fft.rfft(z, _length(z, lags), axis=0))


def _at_lags(
    spectra: "np.ndarray[tuple[int, ...], np.dtype[np.complex128]]", z: Floats, lags: int
) -> Floats:
    return np.asarray(fft.irfft(spectra, _length(z, lags), axis=0)[: lags + 1])
