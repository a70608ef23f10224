"""How many rows stand behind each pair of a map."""

from dataclasses import dataclass

from ..correlation import Weights, rows_of_pairs
from ..table import Floats, Grid, Integers


@dataclass(frozen=True, eq=False)
class PairRows:
    """Arrays of a map's shape: rows shared, and with survey weights Kish's effective number."""

    n: Integers
    effective_n: Floats | None

    @classmethod
    def of(cls, values: Floats, grid: Grid, weights: Weights | None) -> "PairRows":
        n = rows_of_pairs(values, grid, weights)
        if weights is None or weights.kind == "frequency":
            return cls(n, None)
        return cls(n, weights.effective_n(values, grid))

    @property
    def that_count(self) -> Integers | Floats:
        """What tests and intervals take for the number of rows."""
        return self.n if self.effective_n is None else self.effective_n
