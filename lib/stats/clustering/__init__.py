"""Which columns form groups?"""

from lib.stats.clustering.distances import Distance
from lib.stats.clustering.hierarchy import Clustering, Linkage, cluster
from lib.stats.clustering.neighbours import neighbour_similarity

__all__ = [
    "Clustering",
    "Distance",
    "Linkage",
    "cluster",
    "neighbour_similarity",
]
