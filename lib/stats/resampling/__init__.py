"""What would chance do? Rows in other orders, and rows drawn again."""

from .draws import sizes
from .intervals import Bootstrap, bootstrap
from .measures import (
    NUMBERS,
    DrawnKind,
    PairMeasure,
    measured_in_tables,
    numbers_alone,
    register_measures,
)
from .permutation import PermutationTest, permutation_test
from .replicates import Counts, OfTables, drawn_counts
from .step_down import MaxT, max_t

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
