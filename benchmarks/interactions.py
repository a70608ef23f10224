"""Partial dependence and H of a forest: counted in its leaves, beside asking for predictions."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestClassifier
from sklearn.inspection import partial_dependence as sklearn_partial_dependence

import datasets
from benchmarks.comparison import Comparison
from benchmarks.models import breast_cancer_forest
from lib.stats import Strengths, Surface, interaction_strengths, partial_dependence

_X, _Y = "mean radius", "mean texture"
_BACKGROUND, _SIZE = 100, 20


def comparisons() -> Iterator[Comparison]:
    model, training = breast_cancer_forest()
    background = training.iloc[:_BACKGROUND]
    patients = datasets.load("breast_cancer").drop(columns="diagnosis")
    grid = {
        name: np.linspace(patients[name].min(), patients[name].max(), _SIZE) for name in (_X, _Y)
    }

    def ours() -> Strengths:
        return interaction_strengths(model, background)

    def stacked() -> list[tuple[str, str, float, float]]:
        return _stacked(model, background)

    def our_surface() -> Surface:
        return partial_dependence(model, patients, _X, _Y, size=_SIZE)

    def cell_by_cell() -> Any:
        return sklearn_partial_dependence(
            model, patients, [_Y, _X], custom_values=grid, method="brute"
        )

    yield Comparison(
        f"H of 435 pairs, {_BACKGROUND} background rows, 200 trees",
        "one stacked predict_proba a pair",
        ours,
        stacked,
        _same_strengths,
        150,
    )
    yield Comparison(
        f"partial dependence, {_SIZE} x {_SIZE} cells, {len(patients)} rows",
        "sklearn's partial_dependence, brute",
        our_surface,
        cell_by_cell,
        _same_surface,
        150,
    )


def _stacked(
    model: RandomForestClassifier, background: pd.DataFrame
) -> list[tuple[str, str, float, float]]:
    """Of each pair: H, and the root of the mean square of the departure from additivity."""
    alone = {name: _average(model, background, [name]) for name in background}
    found = []
    for x, y in combinations(background, 2):
        both = _average(model, background, [x, y])
        departure = both - alone[x] - alone[y]
        squares = (departure**2).mean(), (both**2).mean()
        found.append((x, y, np.sqrt(squares[0] / squares[1]), np.sqrt(squares[0])))
    return found


def _average(
    model: RandomForestClassifier, background: pd.DataFrame, names: list[str]
) -> NDArray[np.float64]:
    """The centred mean prediction with the columns set to each row's own values."""
    n = len(background)
    rows = pd.DataFrame(np.tile(background.to_numpy(), (n, 1)), columns=background.columns)
    for name in names:
        rows[name] = np.repeat(background[name].to_numpy(), n)
    means = model.predict_proba(rows)[:, 1].reshape(n, n).mean(axis=1)
    return means - means.mean()


def _same_strengths(ours: Strengths, theirs: list[tuple[str, str, float, float]]) -> None:
    for x, y, h, rms in theirs:
        np.testing.assert_allclose(ours.rms.loc[x, y], rms, rtol=0, atol=1e-7)
        np.testing.assert_allclose(ours.h.loc[x, y], h, rtol=0, atol=1e-7)


def _same_surface(ours: Surface, theirs: Any) -> None:
    np.testing.assert_allclose(ours.values.to_numpy(), theirs["average"][0], rtol=0, atol=1e-7)
