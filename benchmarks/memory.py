"""The most memory that one piece of work has allocated at a time, by tracemalloc."""

import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import pandas as pd

from benchmarks.models import breast_cancer_forest
from lib.stats import (
    associate,
    bootstrap,
    correlate,
    distance_correlate,
    interaction_strengths,
    max_t,
    vif,
)

GOAL_IN_MEGABYTES = 300
_ROWS, _COLUMNS = 2000, 200


def peaks() -> Iterator[tuple[str, float]]:
    """What was done, and its peak in MB."""
    for work, run in _works().items():
        yield work, _peak(run)


def _works() -> dict[str, Callable[[], object]]:
    complete = _table()
    gaps = complete.mask(np.random.default_rng(1).random(complete.shape) < 0.05)
    mixed = complete.copy()
    for name in complete.columns[:100]:
        mixed[name] = pd.cut(complete[name], 8, labels=list("abcdefgh"), ordered=False)
    model, training = breast_cancer_forest()
    works: dict[str, Callable[[], object]] = {}
    for method in ("pearson", "spearman", "kendall"):
        works[f"correlate, {method}"] = partial(correlate, complete, method)
        works[f"correlate, {method}, 5 % missing"] = partial(correlate, gaps, method)
    works["associate, half of the columns nominal"] = partial(associate, mixed)
    works["bootstrap, 2000 resamples"] = partial(bootstrap, complete)
    works["bootstrap, 2000 resamples, 5 % missing"] = partial(bootstrap, gaps)
    works["max_t, 999 permutations, one target"] = partial(
        max_t, complete, complete.columns[0], permutations=999
    )
    works["distance_correlate, 20 columns"] = partial(distance_correlate, complete.iloc[:, :20])
    works["vif"] = partial(vif, complete)
    works["interaction_strengths, 435 pairs, 398 rows"] = partial(
        interaction_strengths, model, training
    )
    return works


def _table() -> pd.DataFrame:
    values = np.random.default_rng(0).normal(size=(_ROWS, _COLUMNS))
    return pd.DataFrame(values, columns=[f"c{column}" for column in range(_COLUMNS)])


def _peak(run: Callable[[], object]) -> float:
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
