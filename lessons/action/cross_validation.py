"""The error on rows that a model has not seen, for linear models on the highway's predictors.

The scripts fit scikit-learn's pipelines in each fold. Here the same fits are written out in
NumPy, in a fraction of the time: a learner who takes out a column does not wait for the answer.
"""

from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from lessons.tables import highway
from lib.course import working

Floats = npt.NDArray[np.float64]

FOLDS, REPEATS = 10, 20
TARGET = "rate"
GROUP = ("adt", "lane", "itg")
METHODS = ("least squares", "combine adt, lane, itg", "ridge", "lasso")

_PENALTIES = np.logspace(-2, 3, 30)


@cache
def cv_rmse(columns: tuple[str, ...], method: str) -> float:
    """Root of the mean squared error over all folds of all repeats."""
    x = highway()[list(columns)].to_numpy(float)
    y = rates()
    errors: list[float] = []
    folds = splits(len(y), REPEATS)
    for train, test in folds:
        working(len(errors) / len(folds), f"Cross-validating, {method}")
        weights, constant = fit(x[train], y[train], columns, method)
        errors.append(float(np.mean((y[test] - x[test] @ weights - constant) ** 2)))
    return float(np.sqrt(np.mean(errors)))


@cache
def cv_rmse_of_mean() -> float:
    """The same for a model without predictors: the mean rate of the other rows."""
    y = rates()
    errors = [np.mean((y[test] - y[train].mean()) ** 2) for train, test in splits(len(y), REPEATS)]
    return float(np.sqrt(np.mean(errors)))


def coefficients(columns: tuple[str, ...], method: str) -> "pd.Series[float]":
    """What the model fitted to all rows adds to the rate per standard deviation of a column."""
    x = highway()[list(columns)].to_numpy(float)
    weights, _ = fit(x, rates(), columns, method)
    return pd.Series(weights * x.std(axis=0), list(columns))


def rates() -> Floats:
    return highway()[TARGET].to_numpy(float)


@cache
def splits(rows: int, repeats: int) -> list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Rows to learn from and rows to be tested on, the same for every model."""
    from sklearn.model_selection import RepeatedKFold

    folds = RepeatedKFold(n_splits=FOLDS, n_repeats=repeats, random_state=0)
    return list(folds.split(np.empty(rows)))


def fit(x: Floats, y: Floats, columns: tuple[str, ...], method: str) -> tuple[Floats, float]:
    """Weights and constant of one model: its prediction is x @ weights + constant."""
    middle, spread = x.mean(axis=0), x.std(axis=0)
    spread[spread == 0] = 1
    z, target = (x - middle) / spread, y - y.mean()
    weights: Floats = _FITS[method](z, target, columns) / spread
    return weights, float(y.mean() - middle @ weights)


def first_component(z: Floats) -> tuple[Floats, float]:
    """Weights of the first principal component of standardised columns, and its share."""
    _, lengths, directions = np.linalg.svd(z, full_matrices=False)
    direction = directions[0] * np.sign(directions[0].sum())
    return direction, float(lengths[0] ** 2 / (lengths**2).sum())


def _least_squares(z: Floats, target: Floats, _columns: tuple[str, ...]) -> Floats:
    return np.asarray(np.linalg.lstsq(z, target, rcond=None)[0], np.float64)


def _combined(z: Floats, target: Floats, columns: tuple[str, ...]) -> Floats:
    inside = np.isin(columns, GROUP)
    if inside.sum() < 2:
        return _least_squares(z, target, columns)
    direction, _ = first_component(z[:, inside])
    design = np.column_stack([z[:, inside] @ direction, z[:, ~inside]])
    found = np.linalg.lstsq(design, target, rcond=None)[0]
    weights = np.empty(len(columns))
    weights[inside], weights[~inside] = direction * found[0], found[1:]
    return weights


def _ridge(z: Floats, target: Floats, _columns: tuple[str, ...]) -> Floats:
    """With the penalty whose leave-one-out error, known in closed form, is the smallest."""
    left, lengths, right = np.linalg.svd(z, full_matrices=False)
    shrunk = lengths**2 / (lengths**2 + _PENALTIES[:, np.newaxis])
    along = left.T @ target
    residuals = target - (shrunk * along) @ left.T
    leverages = 1 / len(z) + shrunk @ (left.T**2)
    best = np.argmin(np.mean((residuals / (1 - leverages)) ** 2, axis=1))
    weights: Floats = right.T @ (shrunk[best] * along / lengths)
    return weights


def _lasso(z: Floats, target: Floats, _columns: tuple[str, ...]) -> Floats:
    """With the penalty of the smallest BIC, as scikit-learn's LassoLarsIC computes it."""
    from sklearn.linear_model import lars_path

    rows, columns = z.shape
    path = lars_path(z, target, method="lasso")[2]
    left_over = target - _least_squares(z, target, _columns) @ z.T
    variance = left_over @ left_over / (rows - columns - 1)
    squares = ((target[:, np.newaxis] - z @ path) ** 2).sum(axis=0)
    used = (np.abs(path) > np.finfo(float).eps).sum(axis=0)
    best = np.argmin(squares / variance + np.log(rows) * used)
    weights: Floats = path[:, best]
    return weights


_FITS = {
    "least squares": _least_squares,
    "combine adt, lane, itg": _combined,
    "ridge": _ridge,
    "lasso": _lasso,
}
