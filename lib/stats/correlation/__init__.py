"""How strongly do numbers go together?"""

from lib.stats.correlation.correlations import CorrelationMethod, Correlations, correlate
from lib.stats.correlation.partial import partial_correlate
from lib.stats.correlation.pearson import complete_r, p_of_r

__all__ = [
    "CorrelationMethod",
    "Correlations",
    "complete_r",
    "correlate",
    "p_of_r",
    "partial_correlate",
]
