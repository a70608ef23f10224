"""Do they go together at all, in whatever shape?"""

from lib.stats.dependence.chatterjee import ChatterjeeXi, chatterjee_xi
from lib.stats.dependence.drawn import DRAWN_MEASURES
from lib.stats.dependence.information import MutualInformation
from lib.stats.dependence.nonlinear import Dependences, distance_correlate, mutual_information
from lib.stats.resampling import register_measures

register_measures(DRAWN_MEASURES)

__all__ = [
    "ChatterjeeXi",
    "Dependences",
    "MutualInformation",
    "chatterjee_xi",
    "distance_correlate",
    "mutual_information",
]
