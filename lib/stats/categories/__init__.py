"""How strongly do categories go together, with each other and with numbers?"""

from lib.stats.categories.category_pairs import CategoricalAssociations, associate_categories
from lib.stats.categories.drawn import DRAWN_MEASURES
from lib.stats.categories.encoding import target_encode
from lib.stats.categories.mixed_pairs import Associations, Measure, associate
from lib.stats.categories.odds_ratio import StratifiedOddsRatio, stratified_odds_ratio
from lib.stats.categories.two_columns import (
    adjusted_residuals,
    correlation_ratio,
    cramers_v,
    theils_u,
)
from lib.stats.resampling import register_measures

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
