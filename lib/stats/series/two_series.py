"""An honest p for two series: what r could be between unrelated ones with the same past."""

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
from scipy import fft, special

from ..correlation import ends_of_interval, ends_within
from ..resampling import sizes
from ..table import (
    Column,
    Floats,
    bounded,
    check_choice,
    check_confidence,
    check_number,
    check_whole,
    counted,
    generator_of,
    standardised,
)
from .blocks import block_length, rows_in_blocks
from .effective_rows import effective_n
from .values import gapless_pair

SeriesMethod: TypeAlias = Literal[
    "effective rows", "circular shifts", "phase surrogates", "block bootstrap"
]

_FEWEST_ROWS = 4
_ROWS_OF_A_LINE, _ROWS_OF_Z = 2, 3  # what r and Fisher's z take of the rows
_ROUNDING_OF_R = 1e-12
_ASSUMES: dict[SeriesMethod, str] = {
    "effective rows": (
        "Both series are stationary, without trend or season in common, and close to normal; "
        "p is that of two series unrelated at every lag."
    ),
    "circular shifts": (
        "One series is stationary, and its end could be followed by its beginning: no trend; "
        "p is that of two series unrelated at every lag."
    ),
    "phase surrogates": (
        "One series is stationary, linear and Gaussian, and its end could be followed by its "
        "beginning: no trend; p is that of two series unrelated at every lag."
    ),
    "block bootstrap": (
        "Both series are stationary, and rows further apart than a block tell nothing of each "
        "other. They need not be unrelated at other lags."
    ),
}


@dataclass(frozen=True, eq=False)
class SeriesTest:
    """What `series_test` found.

    Attributes
    ----------
    r
        Pearson's coefficient of the two series.
    n
        Rows.
    effective_n
        How many independent rows would have an r that varies as this method says.
    p
        Two-sided: how often |r| reaches what it is, if the series are unrelated.
    smallest_p
        The smallest p that the method could have given.
    low, high
        The interval of r; NaN where the method gives none, and for an |r| of 1.
    method, confidence
        What was asked for.
    block
        The mean length of the blocks, in rows; NaN without.
    assumes
        What must hold for p to be right, in words.
    """

    r: float
    n: int
    effective_n: float
    p: float
    smallest_p: float
    low: float
    high: float
    method: SeriesMethod
    confidence: float
    block: float
    assumes: str


def series_test(
    x: Column,
    y: Column,
    *,
    method: SeriesMethod = "effective rows",
    draws: int = 1999,
    block: float | None = None,
    confidence: float = 0.95,
    seed: int = 0,
) -> SeriesTest:
    """Test the correlation of two series, each of which repeats itself.

    A series that resembles its own past has fewer rows to tell than it has rows, and the p of
    `correlate`, which counts them all, is far too small. Here p compares r with what two unrelated
    series of the same past would give. Of 1000 pairs of normal first-order autoregressions with
    100 rows, the share rejected at 5 % was

    =================  ====  ====  ====  ====  ====
    coefficient        0     .5    .9    .5    .9
    true correlation   0     0     0     .4    .4
    =================  ====  ====  ====  ====  ====
    `correlate`        .048  .116  .505  .967  .805
    effective rows     .044  .048  .043  .926  .344
    circular shifts    .048  .043  .054  .915  .405
    phase surrogates   .051  .050  .051  .922  .387
    block bootstrap    .060  .080  .148  .915  .495
    =================  ====  ====  ====  ====  ====

    and the share of 95 % intervals that held the true correlation

    =================  ====  ====  ====  ====  ====
    effective rows     .956  .951  .957  .958  .944
    block bootstrap    .940  .920  .852  .915  .832
    =================  ====  ====  ====  ====  ====

    The closer the coefficient is to 1, the fewer the effective rows, and the more often shifts and
    surrogates reject. Of 3000 unrelated pairs with 100 rows and 1500 with 400, the share was

    =================  ====  ====  ====  ====
    coefficient        .95   .98   .95   .98
    rows               100   100   400   400
    =================  ====  ====  ====  ====
    effective rows     .039  .040  .045  .045
    circular shifts    .074  .134  .057  .079
    phase surrogates   .074  .125  .061  .077
    =================  ====  ====  ====  ====

    The effective rows are the default: they keep their level here too, need no draws, and give an
    interval. Circular shifts and phase surrogates ask no normal distribution of r; take them where
    values are far from normal and the series are long beside their memory. The block bootstrap
    rejects too often unless rows are
    many (of 500 pairs with coefficient .9 and 400 rows, .124): it is there for series that
    are related at other lags, since it alone does not take them for unrelated.

    None of them helps two series that both have a trend, or the same season: take these out first
    with `detrend`, `difference` or `deseasonalise`. Two random walks have no true correlation to
    estimate.

    Parameters
    ----------
    x, y
        n numbers each in order of time, the same time apart and none missing; n at least 4.
    method
        - "effective rows": `effective_n` with all lags, whose sum is never negative, and a t test
          with 2 fewer degrees of freedom; the interval by Fisher's z. Of up to 2 effective rows
          p is 1, of up to 3 the interval is all that r can be.
        - "circular shifts": y is shifted by every number of rows, 0 to n - 1; what falls off the
          end comes in at the beginning. p is the share of the n shifts that bring |r| at least as
          far from 0, so that it is never below 1 / n.
        - "phase surrogates": of y all frequencies keep their strength and get phases at random:
          series with the same autocorrelations, otherwise without order. p = (1 + b) / (1 + draws).
          Which of the two series is changed makes no difference.
        - "block bootstrap": both series are drawn again in the same blocks of random lengths. The
          standard error of Fisher's z over the draws, and a t with one degree of freedom fewer
          than blocks in n rows, give the interval and the p that belongs to it.
    draws
        Surrogates or resamples, at least 1.
    block
        Mean length of the blocks, 1 to n / 2. By default that of Politis and White for the series
        that needs the longer one. For the block bootstrap only.
    confidence
        Coverage of the interval, between 0 and 1.
    seed
        Of the draws.

    Returns
    -------
    SeriesTest
        Without an interval for shifts and surrogates, which say what r is between unrelated series
        alone. An |r| that falls short by no more than rounding (1e-12) counts as equal.

    Raises
    ------
    ValueError
        For fewer than 4 rows, a constant series, missing or infinite values, dates or years
        that are not the same time apart, different lengths or row labels, and what is not numeric
        or boolean; for an unknown method, fewer than 1 draw, and a block of another length or for
        another method.

    References
    ----------
    Effective rows: Bartlett (1935), Journal of the Royal Statistical Society 98, 536-543; Pyper
    and Peterman (1998), Canadian Journal of Fisheries and Aquatic Sciences 55, 2127-2140. Phase
    surrogates: Theiler, Eubank, Longtin, Galdrikian and Farmer (1992), Physica D 58, 77-94. The
    stationary bootstrap: Politis and Romano (1994), Journal of the American Statistical
    Association 89, 1303-1313; its blocks: Politis and White (2004), Econometric Reviews 23, 53-70,
    as corrected by Patton, Politis and White (2009), Econometric Reviews 28, 372-375. Effective
    rows from the variance of r: Clifford, Richardson and Hémon (1989), Biometrics 45, 123-134.

    Examples
    --------
    >>> from .. import autoregressions
    >>> x, y = autoregressions(2, 100, phi=0.9, seed=19)
    >>> found = series_test(x, y)
    >>> round(found.r, 2), found.n, round(found.effective_n), round(found.p, 2)
    (0.41, 100, 16, 0.11)
    >>> shifted = series_test(x, y, method="circular shifts")
    >>> round(shifted.p, 2), shifted.smallest_p
    (0.15, 0.01)
    """
    check_choice("method", method, get_args(SeriesMethod))
    check_confidence(confidence)
    check_whole("draws", draws, 1, "draw at least 1")
    z = _varying(x, y)
    n = len(z)
    _check_block(block, method, n)
    r = float(bounded(np.asarray(z[:, 0] @ z[:, 1])))
    if method == "effective rows":
        found = _by_effective_rows(z, r, confidence)
    elif method == "circular shifts":
        shifted = _at_every_shift(z)
        found = _among(shifted, _reached(shifted, r) / n, 1 / n)
    elif method == "phase surrogates":
        surrogates = _of_surrogates(z, draws, seed)
        found = _among(surrogates, (1 + _reached(surrogates, r)) / (1 + draws), 1 / (1 + draws))
    else:
        length = max(block_length(series) for series in z.T) if block is None else float(block)
        found = _by_blocks(z, r, length, draws, seed, confidence)
    return SeriesTest(
        r=r,
        n=n,
        method=method,
        confidence=confidence,
        assumes=_ASSUMES[method],
        **vars(found),
    )


@dataclass(frozen=True)
class _Found:
    effective_n: float
    p: float
    smallest_p: float = 0.0
    low: float = np.nan
    high: float = np.nan
    block: float = np.nan


def _varying(x: Column, y: Column) -> Floats:
    """Both series, standardised."""
    values = gapless_pair(x, y)
    if len(values) < _FEWEST_ROWS:
        raise ValueError(
            f"x and y have {counted(len(values), 'row')}: at least {_FEWEST_ROWS} are needed."
        )
    z = standardised(values, axis=0)
    for name, column in zip("xy", z.T, strict=True):
        if np.isnan(column).any():
            raise ValueError(f"{name} is constant: it has no correlation.")
    return z


def _check_block(block: float | None, method: SeriesMethod, n: int) -> None:
    if block is None:
        return
    if method != "block bootstrap":
        raise ValueError(f"block is {block}: leave it out, or choose method='block bootstrap'.")
    advice = f"choose 1 to {n / 2:g}, half of the {n} rows"
    check_number("block", block, advice)
    if not 1 <= block <= n / 2:
        raise ValueError(f"block is {block}: {advice}.")


def _by_effective_rows(z: Floats, r: float, confidence: float) -> _Found:
    rows = effective_n(z[:, 0], z[:, 1], lags=len(z) - 1)
    if abs(r) == 1:
        return _Found(rows, p=0.0)
    # Where degrees of freedom go to 0, p goes to 1, and the interval to all that r can be.
    freedom = rows - _ROWS_OF_A_LINE
    t = abs(r) * np.sqrt(max(freedom, 0.0) / ((1 - r) * (1 + r)))
    p = 1.0 if freedom <= 0 else float(2 * special.stdtr(freedom, -t))
    error = np.inf if rows <= _ROWS_OF_Z else 1 / np.sqrt(rows - _ROWS_OF_Z)
    low, high = map(float, ends_of_interval(np.asarray(r), np.asarray(error), confidence))
    return _Found(rows, p, 0.0, low, high)


def _at_every_shift(z: Floats) -> Floats:
    """r with the second series moved on by 0 to n - 1 rows, round and round."""
    spectra = fft.rfft(z, axis=0)
    return np.asarray(fft.irfft(spectra[:, 0].conj() * spectra[:, 1], len(z)))


def _of_surrogates(z: Floats, draws: int, seed: int) -> Floats:
    """r with series of the same strength at each frequency, at phases drawn at random.

    r is the sum over frequencies of the product of both strengths and the cosine of the phase
    between the two; so the surrogates themselves need not be made.
    """
    strengths = np.abs(fft.rfft(z, axis=0)[1:]).prod(axis=1) * 2 / len(z)
    two_phases = len(z) % 2 == 0  # those of the fastest wave, which has two rows
    if two_phases:
        strengths[-1] /= 2
    generator = generator_of(seed)
    found = []
    for size in sizes(draws, len(strengths)):
        cosines = np.cos(generator.uniform(0, 2 * np.pi, (size, len(strengths))))
        if two_phases:
            cosines[:, -1] = np.sign(cosines[:, -1])
        found.append(cosines @ strengths)
    return np.concatenate(found)


def _reached(null: Floats, r: float) -> int:
    return int((np.abs(null) >= abs(r) - _ROUNDING_OF_R).sum())


def _among(null: Floats, p: float, smallest_p: float) -> _Found:
    variance = np.mean(null**2)
    return _Found(float(1 + 1 / variance) if variance > 0 else np.nan, p, smallest_p)


def _by_blocks(
    z: Floats, r: float, length: float, draws: int, seed: int, confidence: float
) -> _Found:
    drawn = [_correlations(z[rows]) for rows in rows_in_blocks(len(z), length, draws, seed)]
    replicates = np.concatenate(drawn)
    replicates = replicates[np.abs(replicates) < 1]  # NaN where a draw is constant
    if abs(r) == 1:
        return _Found(np.nan, 0.0, block=length)
    error = float(np.std(np.arctanh(replicates), ddof=1)) if len(replicates) > 1 else np.nan
    freedom = max(len(z) / length - 1, 1.0)
    p = float(2 * special.stdtr(freedom, -abs(np.arctanh(r)) / error))
    reach = error * special.stdtrit(freedom, (1 + confidence) / 2)
    low, high = map(float, ends_within(np.asarray(r), np.asarray(reach)))
    return _Found(_ROWS_OF_Z + 1 / error**2, p, 0.0, low, high, length)


def _correlations(pairs: Floats) -> Floats:
    """r of draws x rows x the two series."""
    z = standardised(pairs, axis=1)
    return bounded((z[..., 0] * z[..., 1]).sum(axis=1))
