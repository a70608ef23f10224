"""What does a model say over two features, and which of them interact in it?"""

from lib.stats.models.accumulated import accumulated_effects
from lib.stats.models.dependence import individual_curves, partial_dependence
from lib.stats.models.interactions import Strengths, interaction_strengths
from lib.stats.models.slices import slice_grid
from lib.stats.models.support import Support
from lib.stats.models.surface import Surface

__all__ = [
    "Strengths",
    "Support",
    "Surface",
    "accumulated_effects",
    "individual_curves",
    "interaction_strengths",
    "partial_dependence",
    "slice_grid",
]
