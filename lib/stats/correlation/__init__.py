"""How strongly do numbers go together?"""

from lib.stats.correlation.complete import complete_r
from lib.stats.correlation.correlations import (
    CorrelationMethod,
    Correlations,
    PartialMethod,
    RobustMethod,
    correlate,
)
from lib.stats.correlation.fisher import (
    ends_by_error,
    ends_of_interval,
    ends_within,
    error_of_z,
)
from lib.stats.correlation.kendall import tau_of_tables
from lib.stats.correlation.partial import partial_correlate
from lib.stats.correlation.pearson import p_of_r
from lib.stats.correlation.ranks import rank_deviations
from lib.stats.correlation.robust import robust_correlate
from lib.stats.correlation.some_rows import rows_of_r
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
    "PartialMethod",
    "RobustMethod",
    "WeightKind",
    "Weights",
    "complete_r",
    "correlate",
    "ends_by_error",
    "ends_of_interval",
    "ends_within",
    "error_of_z",
    "p_of_r",
    "partial_correlate",
    "rank_deviations",
    "robust_correlate",
    "rows_of_pairs",
    "rows_of_r",
    "tau_of_tables",
    "weighted_rows",
    "without_weights",
]
