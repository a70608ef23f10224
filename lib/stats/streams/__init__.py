"""Tables that do not fit into memory: read in parts, each summed, the sums merged."""

from .grouped import Grouped
from .levels import Coded, Counts, coded_column, is_discrete_type, kind_of_type
from .moments import INFINITE, Moments
from .numbers import Numbers
from .sampling import sample
from .sources import Partitioned, Source, Stored, opened, source_of, without_index
from .spool import Spool
from .sums import blocks_of, complete, moments_of, total
from .triangle import Triangle, triangle_of

__all__ = [
    "INFINITE",
    "Coded",
    "Counts",
    "Grouped",
    "Moments",
    "Numbers",
    "Partitioned",
    "Source",
    "Spool",
    "Stored",
    "Triangle",
    "blocks_of",
    "coded_column",
    "complete",
    "is_discrete_type",
    "kind_of_type",
    "moments_of",
    "opened",
    "sample",
    "source_of",
    "total",
    "triangle_of",
    "without_index",
]
