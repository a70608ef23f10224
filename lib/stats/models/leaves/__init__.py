"""Partial dependence of trees, counted in their leaves."""

from lib.stats.models.leaves.ensemble import leaf_ensemble

__all__ = [
    "leaf_ensemble",
]
