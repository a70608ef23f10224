"""Which columns say the same, as each other or as the target?"""

from lib.stats.redundancy.leakage import leakage_suspects
from lib.stats.redundancy.pruning import Pruning, prune
from lib.stats.redundancy.variance_inflation import generalised_vif, vif

__all__ = [
    "Pruning",
    "generalised_vif",
    "leakage_suspects",
    "prune",
    "vif",
]
