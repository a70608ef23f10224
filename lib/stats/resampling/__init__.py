"""What would chance do? Rows in other orders, and rows drawn again."""

from lib.stats.resampling.draws import sizes
from lib.stats.resampling.intervals import Bootstrap, bootstrap
from lib.stats.resampling.measures import (
    NUMBERS,
    DrawnKind,
    PairMeasure,
    measured_in_tables,
    numbers_alone,
    register_measures,
)
from lib.stats.resampling.permutation import PermutationTest, permutation_test
from lib.stats.resampling.replicates import Counts, OfTables, drawn_counts
from lib.stats.resampling.step_down import MaxT, max_t

__all__ = [
    "NUMBERS",
    "Bootstrap",
    "Counts",
    "DrawnKind",
    "MaxT",
    "OfTables",
    "PairMeasure",
    "PermutationTest",
    "bootstrap",
    "drawn_counts",
    "max_t",
    "measured_in_tables",
    "numbers_alone",
    "permutation_test",
    "register_measures",
    "sizes",
]
