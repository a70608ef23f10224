"""Measures of association for whole tables: frames in, frames out."""

from lib.stats.correlation import CorrelationMethod, Correlations, correlate
from lib.stats.significance import Adjustment, adjust_p_values

__all__ = ["Adjustment", "CorrelationMethod", "Correlations", "adjust_p_values", "correlate"]
