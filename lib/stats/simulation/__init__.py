"""Samples whose truth is known, thousands at a time: rows are replicates of one experiment.

Every simulator gives float64 arrays with one replicate a row, 8 bytes a value: 10 000 series of
100 values take 8 MB. The same seed gives the same numbers; two independent groups of series are
two seeds, or two halves of one call, never twice the same seed.
"""

from .pairs import correlated_pairs, heteroscedastic_pairs, noise_tables
from .replicates import correlate_rows, correlate_tables
from .series import (
    Distribution,
    autoregressions,
    noise,
    random_walks,
    seasons,
    trends,
)

__all__ = [
    "Distribution",
    "autoregressions",
    "correlate_rows",
    "correlate_tables",
    "correlated_pairs",
    "heteroscedastic_pairs",
    "noise",
    "noise_tables",
    "random_walks",
    "seasons",
    "trends",
]
