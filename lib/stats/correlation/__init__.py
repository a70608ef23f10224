"""How strongly do numbers go together?"""

from .complete import complete_r
from .correlations import (
    CorrelationMethod,
    Correlations,
    PartialMethod,
    RobustMethod,
    correlate,
    correlations_of,
)
from .fisher import (
    ends_by_error,
    ends_of_interval,
    ends_within,
    error_of_z,
)
from .kendall import tau_of_tables
from .partial import partial_correlate
from .pearson import p_of_r
from .ranks import rank_deviations
from .robust import robust_correlate
from .some_rows import rows_of_r
from .weights import (
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
    "correlations_of",
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
