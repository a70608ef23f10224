"""Do they go together at all, in whatever shape?"""

from lib.stats.dependence.information import MutualInformation
from lib.stats.dependence.nonlinear import Dependences, distance_correlate, mutual_information

__all__ = [
    "Dependences",
    "MutualInformation",
    "distance_correlate",
    "mutual_information",
]
