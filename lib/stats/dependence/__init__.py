"""Do they go together at all, in whatever shape?"""

from ..resampling import register_measures
from .chatterjee import ChatterjeeXi, chatterjee_xi
from .drawn import DRAWN_MEASURES
from .information import MutualInformation
from .nonlinear import Dependences, distance_correlate, mutual_information

register_measures(DRAWN_MEASURES)

__all__ = [
    "ChatterjeeXi",
    "Dependences",
    "MutualInformation",
    "chatterjee_xi",
    "distance_correlate",
    "mutual_information",
]
