"""What of two series in order of time is association, and what is their own past?"""

from .effective_rows import effective_n, effective_n_known
from .lags import (
    autocorrelation,
    cross_correlation,
    lagged_correlations,
    partial_autocorrelation,
)
from .prewhitening import Prewhitened, prewhiten
from .remedies import deseasonalise, detrend, difference
from .two_series import SeriesMethod, SeriesTest, series_test

__all__ = [
    "Prewhitened",
    "SeriesMethod",
    "SeriesTest",
    "autocorrelation",
    "cross_correlation",
    "deseasonalise",
    "detrend",
    "difference",
    "effective_n",
    "effective_n_known",
    "lagged_correlations",
    "partial_autocorrelation",
    "prewhiten",
    "series_test",
]
