"""What does a model say over two features, and which of them interact in it?"""

from .accumulated import accumulated_effects
from .dependence import individual_curves, partial_dependence
from .interactions import Strengths, interaction_strengths
from .slices import slice_grid
from .support import Support
from .surface import Surface

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
