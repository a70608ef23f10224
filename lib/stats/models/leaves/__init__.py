"""Partial dependence of trees, counted in their leaves."""

from .ensemble import leaf_ensemble

__all__ = [
    "leaf_ensemble",
]
