"""Could it be chance? P-values of many tests, and what one needs to be significant."""

from .adjustment import (
    Adjustment,
    adjust_p_values,
    adjusted,
    check_adjustment,
)
from .critical_values import critical_r, n_for_significance
from .dependent import DependentTest, compare_dependent

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
