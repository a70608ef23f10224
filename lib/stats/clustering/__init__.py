"""Which columns form groups?"""

from lib.stats.clustering.distances import Distance
from lib.stats.clustering.hierarchy import Clustering, Linkage, cluster
from lib.stats.clustering.neighbours import neighbour_similarity
from lib.stats.clustering.stability import branch_stability

__all__ = [
    "Clustering",
    "Distance",
    "Linkage",
    "branch_stability",
    "cluster",
    "neighbour_similarity",
]
