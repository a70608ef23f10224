"""How strongly do ordered categories go together, and what lies under them?"""

from lib.stats.ordered.ordered_pairs import (
    OrderedAssociations,
    OrderedMeasure,
    associate_ordered,
)

__all__ = ["OrderedAssociations", "OrderedMeasure", "associate_ordered"]
