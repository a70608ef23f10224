"""How strongly do ordered categories go together, and what lies under them?"""

from lib.stats.ordered.latent_pairs import (
    LatentMeasure,
    PolychoricCorrelations,
    polychoric_correlate,
)
from lib.stats.ordered.ordered_pairs import (
    OrderedAssociations,
    OrderedMeasure,
    associate_ordered,
)

__all__ = [
    "LatentMeasure",
    "OrderedAssociations",
    "OrderedMeasure",
    "PolychoricCorrelations",
    "associate_ordered",
    "polychoric_correlate",
]
