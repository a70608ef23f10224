"""How strongly do numbers go together?"""

from lib.stats.correlation.correlations import CorrelationMethod, Correlations, correlate
from lib.stats.correlation.fisher import end_of_interval, error_of_z
from lib.stats.correlation.kendall import tau_of_tables
from lib.stats.correlation.partial import partial_correlate
from lib.stats.correlation.pearson import complete_r, p_of_r

__all__ = [
    "CorrelationMethod",
    "Correlations",
    "complete_r",
    "correlate",
    "end_of_interval",
    "error_of_z",
    "p_of_r",
    "partial_correlate",
    "tau_of_tables",
]
