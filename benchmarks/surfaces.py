"""A slice through a forest, beside the loop that tutorials show and beside predicting alone."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.comparison import Comparison
from benchmarks.models import breast_cancer_forest
from lib.stats import Surface, slice_grid

_X, _Y = "mean radius", "mean texture"
_SIZE = 50
_WORK = f"slice, {_SIZE} x {_SIZE} cells, 200 trees, 30 features"


def comparisons() -> Iterator[Comparison]:
    model, training = breast_cancer_forest()
    ready = _grid_of_dicts(training)

    def ours() -> Surface:
        return slice_grid(model, training, _X, _Y, size=_SIZE)

    def loop() -> Any:
        return model.predict_proba(_grid_of_dicts(training))[:, 1]

    def bare() -> Any:
        return model.predict_proba(ready)[:, 1]

    yield Comparison(_WORK, "list of dicts, loop over columns", ours, loop, _same, 1.0)
    yield Comparison(_WORK, "predict_proba on ready rows", ours, bare, _same, 1 / 1.1)


def _grid_of_dicts(training: pd.DataFrame) -> pd.DataFrame:
    x_values, y_values = (
        np.linspace(training[name].min(), training[name].max(), _SIZE) for name in (_X, _Y)
    )
    grid = pd.DataFrame([{_X: x, _Y: y} for x in x_values for y in y_values])
    for name in training.columns:
        if name not in (_X, _Y):
            grid[name] = training[name].mean()
    return grid[training.columns]


def _same(ours: Surface, theirs: Any) -> None:
    np.testing.assert_allclose(ours.values.to_numpy().T.ravel(), theirs, rtol=0, atol=1e-12)
