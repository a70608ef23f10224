"""Heatmaps that do not lie, and the statistics under them.

    import honest_heatmaps as hh

    hh.heatmap(table)             every two columns, numbers and categories on one map
    hh.clustermap(table)          what goes together side by side, with the tree
    hh.compare(women, men)        whether two groups' maps differ
    hh.interactions(model, X)     which features of a model do something together

Each gives a figure that says what was chosen, with the numbers behind it: see `notebook.Drawn`.
`stats` has the measures themselves, `charts` what draws them, `datasets` tables to try them on.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .notebook import clustermap, compare, heatmap, interactions

__version__ = "0.1.0"

__all__ = ["clustermap", "compare", "heatmap", "interactions"]

_PACKAGES = ("charts", "datasets", "notebook", "stats")


def __getattr__(name: str) -> Any:
    """What was asked for, imported only now: who takes one package does not wait for the others."""
    if name in __all__:
        return getattr(import_module(".notebook", __name__), name)
    if name in _PACKAGES and find_spec(f".{name}", __name__):
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
