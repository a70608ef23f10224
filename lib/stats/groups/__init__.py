"""What do correlations say within groups, between groups, and of one group beside another?"""

from .comparison import Comparison, compare
from .several import GroupCorrelations, correlate_between, correlate_per_group
from .within import WithinCorrelations, correlate_within

__all__ = [
    "Comparison",
    "GroupCorrelations",
    "WithinCorrelations",
    "compare",
    "correlate_between",
    "correlate_per_group",
    "correlate_within",
]
