"""How strongly do categories go together, with each other and with numbers?"""

from ..resampling import register_measures
from .category_pairs import CategoricalAssociations, associate_categories
from .drawn import DRAWN_MEASURES
from .encoding import target_encode
from .mixed_pairs import Associations, Measure, associate
from .odds_ratio import StratifiedOddsRatio, stratified_odds_ratio
from .two_columns import (
    adjusted_residuals,
    correlation_ratio,
    cramers_v,
    theils_u,
)

register_measures(DRAWN_MEASURES)

__all__ = [
    "Associations",
    "CategoricalAssociations",
    "Measure",
    "StratifiedOddsRatio",
    "adjusted_residuals",
    "associate",
    "associate_categories",
    "correlation_ratio",
    "cramers_v",
    "stratified_odds_ratio",
    "target_encode",
    "theils_u",
]
