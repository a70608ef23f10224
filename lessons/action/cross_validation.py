"""The error on rows that a model has not seen, for linear models on the highway's predictors.

The scripts fit scikit-learn's pipelines, one fold after the other. Here the same fits are written
out in NumPy for all folds at once: a learner who takes out a column does not wait for the answer.
"""

from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from lessons.tables import highway

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

FOLDS, REPEATS = 10, 20
TARGET = "rate"
GROUP = ("adt", "lane", "itg")
METHODS = ("least squares", "combine adt, lane, itg", "ridge", "lasso")

_PENALTIES = np.logspace(-2, 3, 30)


@lru_cache(maxsize=1024)
def cv_rmse(columns: tuple[str, ...], method: str) -> float:
    """Root of the mean squared error over all folds of all repeats."""
    x = highway()[list(columns)].to_numpy(float)
    seen = folds_seen()
    weights, constants = fit(x, rates(), seen, columns, method)
    return _root_of_mean(rates() - weights @ x.T - constants[:, np.newaxis], seen)


@cache
def cv_rmse_of_mean() -> float:
    """The same for a model without predictors: the mean rate of the other rows."""
    seen = folds_seen()
    means = seen @ rates() / seen.sum(axis=1)
    return _root_of_mean(rates() - means[:, np.newaxis], seen)


def _root_of_mean(errors: Floats, seen: Flags) -> float:
    """Over the rows that a model has not seen, then over the models."""
    squares = np.where(seen, 0, errors**2).sum(axis=1) / (~seen).sum(axis=1)
    return float(np.sqrt(squares.mean()))


def coefficients(columns: tuple[str, ...], method: str) -> "pd.Series[float]":
    """What the model fitted to all rows adds to the rate per standard deviation of a column."""
    x = highway()[list(columns)].to_numpy(float)
    weights, _ = fit(x, rates(), np.ones((1, len(x)), bool), columns, method)
    return pd.Series(weights[0] * x.std(axis=0), list(columns))


def rates() -> Floats:
    return highway()[TARGET].to_numpy(float)


@cache
def splits(rows: int, repeats: int) -> list[tuple[Rows, Rows]]:
    """Rows to learn from and rows to be tested on, the same for every model."""
    from sklearn.model_selection import RepeatedKFold

    folds = RepeatedKFold(n_splits=FOLDS, n_repeats=repeats, random_state=0)
    return list(folds.split(np.empty(rows)))


@cache
def folds_seen() -> Flags:
    """For every fold, which of the highway's rows are to learn from."""
    rows = len(highway())
    return np.array([np.isin(np.arange(rows), train) for train, _ in splits(rows, REPEATS)])


def fit(
    x: Floats, y: Floats, seen: Flags, columns: tuple[str, ...], method: str
) -> tuple[Floats, Floats]:
    """Weights and constants, one model a row of `seen`: its prediction is x @ weights + constant.

    `seen` says which rows of the table a model learns from. The others are zeros after
    standardising, which adds nothing to any sum.
    """
    count = seen.sum(axis=1, keepdims=True)
    middle, level = seen @ x / count, seen @ y / count[:, 0]
    centred = np.where(seen[..., np.newaxis], x - middle[:, np.newaxis], 0)
    spread = np.sqrt((centred**2).sum(axis=1) / count)
    z, target = centred / spread[:, np.newaxis], np.where(seen, y - level[:, np.newaxis], 0)
    match method:
        case "least squares":
            weights = _least_squares(z, target)
        case "ridge":
            weights = _ridge(z, target, count)
        case "lasso":
            weights = _lasso(z, target, count)
        case _:
            weights = _combined(z, target, np.isin(columns, GROUP))
    weights = weights / spread
    return weights, level - (weights * middle).sum(axis=1)


def first_component(z: Floats) -> tuple[Floats, Floats]:
    """Weights of the first principal component of standardised columns, and its share."""
    _, lengths, directions = np.linalg.svd(z, full_matrices=False)
    direction = directions[..., 0, :]
    direction = direction * np.sign(direction.sum(axis=-1, keepdims=True))
    return direction, lengths[..., 0] ** 2 / (lengths**2).sum(axis=-1)


def _least_squares(z: Floats, target: Floats) -> Floats:
    return _times(np.asarray(np.linalg.pinv(z), np.float64), target)


def _times(matrices: Floats, vectors: Floats) -> Floats:
    """The product of each matrix with its vector."""
    products: Floats = (matrices @ vectors[..., np.newaxis])[..., 0]
    return products


def _combined(z: Floats, target: Floats, inside: Flags) -> Floats:
    """The columns inside enter as their first principal component."""
    if inside.sum() < 2:
        return _least_squares(z, target)
    direction, _ = first_component(z[..., inside])
    component = _times(z[..., inside], direction)[..., np.newaxis]
    found = _least_squares(np.concatenate([component, z[..., ~inside]], axis=-1), target)
    weights = np.empty((len(z), len(inside)))
    weights[:, inside], weights[:, ~inside] = direction * found[:, :1], found[:, 1:]
    return weights


def _ridge(z: Floats, target: Floats, count: Rows) -> Floats:
    """With the penalty whose leave-one-out error, known in closed form, is the smallest."""
    left, lengths, right = np.linalg.svd(z, full_matrices=False)
    shrunk = lengths**2 / (lengths**2 + _PENALTIES[:, np.newaxis, np.newaxis])
    along = _times(left.swapaxes(1, 2), target)
    residuals = target - _times(left, shrunk * along)
    leverages = 1 / count + _times(left**2, shrunk)
    best = ((residuals / (1 - leverages)) ** 2).sum(axis=-1).argmin(axis=0)
    chosen = shrunk[best, np.arange(len(z))]
    return _times(right.swapaxes(1, 2), chosen * along / lengths)


def _lasso(z: Floats, target: Floats, count: Rows) -> Floats:
    """With the penalty of the smallest BIC, as scikit-learn's LassoLarsIC computes it."""
    path = _lasso_path(z.swapaxes(1, 2) @ z, _times(z.swapaxes(1, 2), target))
    squares = ((target - _times(z, path)) ** 2).sum(axis=-1)
    left_over = target - _times(z, _least_squares(z, target))
    variance = (left_over**2).sum(axis=-1) / (count[:, 0] - z.shape[2] - 1)
    used = (np.abs(path) > np.finfo(float).eps).sum(axis=-1)
    best = (squares / variance + np.log(count[:, 0]) * used).argmin(axis=0)
    weights: Floats = path[best, np.arange(len(z))]
    return weights


def _lasso_path(gram: Floats, along: Floats) -> Floats:
    """The weights at each knot of the path (Efron and others 2004), for all models at once.

    All columns inside have the same covariance with what is left over, the others less. Along a
    straight stretch it falls evenly, until a column joins, one leaves at zero, or nothing is left.
    """
    weights, left = np.zeros_like(along), along
    height = np.abs(left).max(axis=1, keepdims=True)
    inside = np.abs(left) == height
    gone = np.zeros_like(inside)
    path = [weights]
    while height.any():
        both = inside[:, :, np.newaxis] & inside[:, np.newaxis]
        direction = _times(
            np.linalg.inv(np.where(both, gram, np.eye(along.shape[1]))), np.sign(left) * inside
        )
        slope = _times(gram, direction)
        with np.errstate(divide="ignore", invalid="ignore"):
            meets = [(height - left) / (1 - slope), (height + left) / (1 + slope)]
            joins = np.min([_ahead(meet, ~inside & ~gone) for meet in meets], axis=0)
            leaves = _ahead(-weights / direction, inside)
        step = np.minimum(height, np.minimum(joins, leaves).min(axis=1, keepdims=True))
        gone = leaves == step
        inside = (inside | (joins == step)) & ~gone
        weights = np.where(gone, 0, weights + step * direction)
        left, height = left - step * slope, height - step
        path.append(weights)
    return np.array(path)


def _ahead(steps: Floats, eligible: Flags) -> Floats:
    """The steps that are eligible and lead forwards; infinite where one does not."""
    return np.where(eligible & (steps > 0), steps, np.inf)
