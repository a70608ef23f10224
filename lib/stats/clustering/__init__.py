"""Which columns form groups?"""

from .distances import Distance
from .hierarchy import Clustering, Linkage, cluster
from .neighbours import neighbour_similarity
from .stability import branch_stability

__all__ = [
    "Clustering",
    "Distance",
    "Linkage",
    "branch_stability",
    "cluster",
    "neighbour_similarity",
]
