"""Tables that do not fit into memory: read in parts, each summed, the sums merged."""

from .moments import Moments
from .numbers import Numbers
from .sources import Source, source_of
from .sums import blocks_of, moments_of

__all__ = ["Moments", "Numbers", "Source", "blocks_of", "moments_of", "source_of"]
