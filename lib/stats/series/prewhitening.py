"""Series without what they repeat of themselves."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..table import Column, Floats, check_whole, constant_columns, standardised
from .values import gapless_pair

_ROUNDING = 1e-10


@dataclass(frozen=True, eq=False)
class Prewhitened:
    """What `prewhiten` made of two series.

    Attributes
    ----------
    x, y
        The filtered series, which begin `order` rows after those given and keep the labels of x,
        or of y where x has none.
    coefficients
        Those of the autoregression of x, indexed by lag from 1 to `order`.
    """

    x: "pd.Series[float]"
    y: "pd.Series[float]"
    coefficients: "pd.Series[float]"

    @property
    def order(self) -> int:
        """How many past values of x the autoregression uses."""
        return len(self.coefficients)


def prewhiten(x: Column, y: Column, *, order: int | None = None) -> Prewhitened:
    """Fit an autoregression to x, and take from both series what it predicts from their past.

    What remains of x is its news: close to white noise, so that cross-correlations with it stray
    no further from 0 than n says, whatever y repeats of itself. Both series pass through the same
    filter, so that a lag by which y follows x is still there.

    Parameters
    ----------
    x, y
        n numbers each in order of time, the same time apart and none missing.
    order
        Number of past values of x in the autoregression, 0 for none. By default the one with the
        smallest Akaike criterion, from 0 to 10 log10(n), but no more than n / 4. Fewer are used
        where they already predict x without error.

    Returns
    -------
    Prewhitened
        Filtered series are deviations from the mean. Where an autoregression predicts a series
        without error, as it does a line or an exact season, what remains is 0 throughout.

    Raises
    ------
    ValueError
        For an order below 0 or above n / 4, missing or infinite values, dates or
        years that are not the same time apart, different lengths or row labels, and what is not
        numeric or boolean.

    References
    ----------
    Box, Jenkins and Reinsel (1994), Time Series Analysis, 3rd edition, chapter 11. Coefficients
    by least squares: statsmodels.tsa.ar_model.AutoReg with a constant.

    Examples
    --------
    >>> from .. import autoregressions
    >>> x, y = autoregressions(2, 200, phi=0.9, seed=0)
    >>> found = prewhiten(x, y)
    >>> found.coefficients.round(2)
    lag
    1    0.9
    dtype: float64
    >>> found.x.index
    RangeIndex(start=1, stop=200, step=1)
    """
    values = gapless_pair(x, y)
    n = len(values)
    if order is not None:
        advice = f"choose 0 to {n // 4}, a quarter of the {n} rows"
        check_whole("order", order, 0, advice)
        if order > n // 4:
            raise ValueError(f"order is {order}: {advice}.")
    coefficients = _autoregression(values[:, 0], order)
    labels, *_ = [s.index for s in (x, y) if isinstance(s, pd.Series)] or [pd.RangeIndex(n)]

    def filtered(series: Column, values: Floats) -> "pd.Series[float]":
        name = series.name if isinstance(series, pd.Series) else None
        return pd.Series(_news(values, coefficients), labels[len(coefficients) :], name=name)

    return Prewhitened(
        x=filtered(x, values[:, 0]),
        y=filtered(y, values[:, 1]),
        coefficients=pd.Series(
            coefficients, pd.RangeIndex(1, len(coefficients) + 1, name="lag"), np.float64
        ),
    )


def _autoregression(x: Floats, order: int | None) -> Floats:
    """Coefficients by lag from 1 on; of the order given or of the best one."""
    from statsmodels.tsa.ar_model import AutoReg  # slow to import

    n = len(x)
    z = standardised(x, axis=0)
    bound = min(int(10 * np.log10(n)), n // 4) if order is None else order
    chosen = 0 if np.isnan(z).any() else _largest_order(z, bound)  # NaN where constant
    if order is None and chosen:
        chosen = _best_order(z, chosen)
    if not chosen:
        return np.empty(0)
    return np.asarray(AutoReg(z, chosen, trend="c").fit().params[1:], dtype=np.float64)


def _largest_order(z: Floats, bound: int) -> int:
    """The largest order up to the bound whose past values do not determine each other."""
    triangle = _triangle(z, bound)
    for order in range(bound, 0, -1):
        past = triangle[: order + 1, : order + 1]
        size = np.linalg.norm(past, ord=2)
        tolerance = size * len(z) * np.finfo(np.float64).eps
        if np.linalg.matrix_rank(past, tol=tolerance) == order + 1:
            return order
    return 0


def _best_order(z: Floats, largest: int) -> int:
    """The order with the smallest Akaike criterion, all judged by the rows that the largest has."""
    unexplained = np.cumsum(_triangle(z, largest)[::-1, -1] ** 2)[::-1][1:]
    with np.errstate(divide="ignore"):  # an exact fit has an infinite likelihood
        criterion = (len(z) - largest) * np.log(unexplained)
    return int(np.argmin(criterion + 2 * np.arange(largest + 1)))


def _triangle(z: Floats, order: int) -> Floats:
    """R of the decomposition QR of a constant, the lags 1 to `order` and the series itself.

    Its first columns are those of all smaller orders. Of its last column, the numbers from place
    k + 1 on are what order k leaves of the series.
    """
    runs = np.lib.stride_tricks.sliding_window_view(z, order + 1)
    columns = np.column_stack([np.ones(len(runs)), runs[:, -2::-1], runs[:, -1]])
    return np.asarray(np.linalg.qr(columns, mode="r"))


def _news(values: Floats, coefficients: Floats) -> Floats:
    deviations = np.where(constant_columns(values), 0.0, values - values.mean())
    rest = np.convolve(deviations, np.append(1.0, -coefficients), mode="valid")
    rest -= rest.mean()
    return np.where(np.abs(rest).max() > _ROUNDING * np.abs(deviations).max(), rest, 0.0)
