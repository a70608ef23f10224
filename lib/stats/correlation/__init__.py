"""How strongly do numbers go together?"""

from lib.stats.correlation.complete import complete_r
from lib.stats.correlation.correlations import CorrelationMethod, Correlations, correlate
from lib.stats.correlation.partial import partial_correlate
from lib.stats.correlation.pearson import p_of_r
from lib.stats.correlation.ranks import rank_deviations
from lib.stats.correlation.weights import (
    WeightKind,
    Weights,
    rows_of_pairs,
    weighted_rows,
    without_weights,
)

__all__ = [
    "CorrelationMethod",
    "Correlations",
    "WeightKind",
    "Weights",
    "complete_r",
    "correlate",
    "p_of_r",
    "partial_correlate",
    "rank_deviations",
    "rows_of_pairs",
    "weighted_rows",
    "without_weights",
]
