"""One call, one honest map: what a notebook asks for.

Each function measures by `lib.stats`, draws by `lib.charts`, and says what it chose.
"""

from .clustermap import clustermap
from .comparison import compare
from .drawn import Backend, Drawn
from .heatmap import heatmap
from .interactions import interactions

__all__ = ["Backend", "Drawn", "clustermap", "compare", "heatmap", "interactions"]
