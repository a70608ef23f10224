"""How strongly do ordered categories go together, and what lies under them?"""

from .latent_pairs import (
    LatentMeasure,
    PolychoricCorrelations,
    polychoric_correlate,
)
from .ordered_pairs import (
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
