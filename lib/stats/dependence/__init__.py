"""Do they go together at all, in whatever shape?"""

from lib.stats.dependence.chatterjee import ChatterjeeXi, chatterjee_xi
from lib.stats.dependence.information import MutualInformation
from lib.stats.dependence.nonlinear import Dependences, distance_correlate, mutual_information

__all__ = [
    "ChatterjeeXi",
    "Dependences",
    "MutualInformation",
    "chatterjee_xi",
    "distance_correlate",
    "mutual_information",
]
