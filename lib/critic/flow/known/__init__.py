"""What calls of libraries give, and what attributes of their values are: a module a library.

To teach the critic another call, add a function with `@gives(path)` to one of these modules.
"""

from . import learning, matrices, numpy, pandas, statistics
from .registry import ATTRIBUTES, CALLS

__all__ = ["ATTRIBUTES", "CALLS", "learning", "matrices", "numpy", "pandas", "statistics"]
