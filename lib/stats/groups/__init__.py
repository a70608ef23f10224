"""What do correlations say within groups, between groups, and of one group beside another?"""

from lib.stats.groups.comparison import Comparison, compare
from lib.stats.groups.several import GroupCorrelations, correlate_between, correlate_per_group
from lib.stats.groups.within import WithinCorrelations, correlate_within

__all__ = [
    "Comparison",
    "GroupCorrelations",
    "WithinCorrelations",
    "compare",
    "correlate_between",
    "correlate_per_group",
    "correlate_within",
]
