"""What of two series in order of time is association, and what is their own past?"""

from lib.stats.series.effective_rows import effective_n, effective_n_known
from lib.stats.series.lags import (
    autocorrelation,
    cross_correlation,
    lagged_correlations,
    partial_autocorrelation,
)
from lib.stats.series.prewhitening import Prewhitened, prewhiten
from lib.stats.series.remedies import deseasonalise, detrend, difference
from lib.stats.series.two_series import SeriesMethod, SeriesTest, series_test

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
