"""Which columns say the same, as each other or as the target?"""

from .leakage import leakage_suspects
from .pruning import Pruning, prune
from .variance_inflation import generalised_vif, vif

__all__ = [
    "Pruning",
    "generalised_vif",
    "leakage_suspects",
    "prune",
    "vif",
]
