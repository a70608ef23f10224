"""What would chance do? Rows in other orders, and rows drawn again."""

from lib.stats.resampling.draws import sizes
from lib.stats.resampling.intervals import Bootstrap, bootstrap
from lib.stats.resampling.permutation import PermutationTest, permutation_test
from lib.stats.resampling.step_down import MaxT, max_t

__all__ = [
    "Bootstrap",
    "MaxT",
    "PermutationTest",
    "bootstrap",
    "max_t",
    "permutation_test",
    "sizes",
]
