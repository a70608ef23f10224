"""Correlations under permutation, and how often chance reaches those observed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..table import Floats, Integers, constant_columns, generator_of, standardised
from .draws import sizes

# Orders that would give the same r if there were no rounding count as equal.
_ROUNDING_OF_R = 1e-12


def unit_columns(values: Floats, method: str) -> Floats:
    """Columns whose products are correlations; NaN for a constant one."""
    numbers = pd.DataFrame(values).rank().to_numpy() if method == "spearman" else values
    return np.where(constant_columns(values), np.nan, standardised(numbers, axis=0))


def columns_shuffled(columns: Floats, permutations: int, seed: int) -> Iterator[Floats]:
    """Tables whose columns each have an order of their own: arrays of tables x columns x rows."""
    generator = generator_of(seed)
    rows, count = columns.shape
    for size in sizes(permutations, count * max(rows, count)):
        yield generator.permuted(np.broadcast_to(columns.T, (size, count, rows)), axis=2)


@dataclass(frozen=True, eq=False)
class Exceedances:
    """How often permutation reached m observed sizes of r.

    Attributes
    ----------
    alone
        For each observed |r|, the permutations in which its own |r| was at least as large.
    step_down
        The same for the largest |r| among those observed to be no larger than it; never fewer
        than for an |r| observed to be larger.
    largest
        The largest |r| of all in each permutation; 0 if there is none.
    """

    alone: Integers
    step_down: Integers
    largest: Floats


def exceedances(observed: Floats, permuted: Iterable[Floats]) -> Exceedances:
    """Compare m observed correlations with those of permutations: arrays of permutations x m."""
    falling = np.argsort(-np.abs(observed), kind="stable")
    reached = np.abs(observed[falling]) - _ROUNDING_OF_R
    alone = np.zeros(len(observed), dtype=np.int64)
    step_down = alone.copy()
    largest = []
    for correlations in permuted:
        sizes_of_r = np.abs(correlations[:, falling])
        alone[falling] += (sizes_of_r >= reached).sum(axis=0)
        # The largest of each and of all that were observed to be smaller.
        running = np.maximum.accumulate(sizes_of_r[:, ::-1], axis=1)[:, ::-1]
        step_down[falling] += (running >= reached).sum(axis=0)
        largest.append(sizes_of_r.max(axis=1, initial=0.0))
    step_down[falling] = np.maximum.accumulate(step_down[falling])
    return Exceedances(alone, step_down, np.concatenate(largest))


def share_reached(reached: Integers, draws: int, exact: bool) -> Floats:
    """p: of orders drawn, with the one seen, which is not among them; or of all orders."""
    return reached / draws if exact else (1 + reached) / (1 + draws)
