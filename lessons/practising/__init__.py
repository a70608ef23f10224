"""What exercises of several lessons share: fair draws, and what is said to typed numbers."""

from lessons.practising.bands import Slip, bands, ranges
from lessons.practising.draws import Measurements, apart, cell, fair, measurements, one_of
from lessons.practising.single_r import interval_of_r, p_of_r
from lessons.practising.words import listed

__all__ = [
    "Measurements",
    "Slip",
    "apart",
    "bands",
    "cell",
    "fair",
    "interval_of_r",
    "listed",
    "measurements",
    "one_of",
    "p_of_r",
    "ranges",
]
