"""Could it be chance? P-values of many tests, and what one needs to be significant."""

from lib.stats.significance.adjustment import (
    Adjustment,
    adjust_p_values,
    adjusted,
    check_adjustment,
)
from lib.stats.significance.critical_values import critical_r, n_for_significance
from lib.stats.significance.dependent import DependentTest, compare_dependent

__all__ = [
    "Adjustment",
    "DependentTest",
    "adjust_p_values",
    "adjusted",
    "check_adjustment",
    "compare_dependent",
    "critical_r",
    "n_for_significance",
]
