"""Tables that do not fit into memory: read in parts, each summed, the sums merged."""

from .moments import INFINITE, Moments
from .numbers import Numbers
from .sampling import sample
from .sources import Source, names_in, source_of
from .spool import Spool
from .sums import blocks_of, complete, moments_of
from .triangle import Triangle, triangle_of

__all__ = [
    "INFINITE",
    "Moments",
    "Numbers",
    "Source",
    "Spool",
    "Triangle",
    "blocks_of",
    "complete",
    "moments_of",
    "names_in",
    "sample",
    "source_of",
    "triangle_of",
]
