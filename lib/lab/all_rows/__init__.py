"""Instruments over all rows of a table that does not fit: what adds up while it is read."""

from .association import MapOfAllRows
from .clustering import TreeOfAllRows
from .inflation import InflationOfAllRows
from .instrument import OfAllRows

OF_ALL_ROWS: dict[str, type[OfAllRows]] = {
    kind.of: kind for kind in (MapOfAllRows, InflationOfAllRows, TreeOfAllRows)
}
"""By the slug of the instrument that each stands for."""

__all__ = ["OF_ALL_ROWS", "InflationOfAllRows", "MapOfAllRows", "OfAllRows", "TreeOfAllRows"]
