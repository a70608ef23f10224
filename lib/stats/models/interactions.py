"""How much every two features of a model do together, beyond what each does alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from ..table import Floats, Integers, Table, check_whole, framed, generator_of, pairs_table
from .leaves import leaf_ensemble
from .predictions import (
    Predict,
    Progress,
    Scale,
    model_features,
    predictions_at,
    predictor,
)

_MOST_ROWS_FOR_LEAVES = 1000
_MOST_ROWS_FOR_PREDICTIONS = 100
_ROUNDING = 1e-13


@dataclass(frozen=True, eq=False)
class Strengths:
    """What `interaction_strengths` found: p x p frames with the model's features on both sides.

    PD is partial dependence, centred: the mean prediction over the background with x, or x and y,
    set to the values of one of its rows. Its departure from additivity is
    e = PD(x and y) - PD(x) - PD(y), one number a row. Diagonals are NaN.

    Attributes
    ----------
    h
        Friedman's H: the root of the sum of e² over the sum of PD(x and y)². A ratio: two features
        that hardly matter can have a large one, even above 1. NaN where PD(x and y) varies by no
        more than rounding.
    rms
        The root of the mean of e², in units of the scale. Rank by this one.
    max
        The largest |e|, in units of the scale.
    spread
        The standard deviation of PD(x and y): h is rms / spread.
    scale
        What the predictions are: "probability", "log-odds" or "response".
    n
        How many background rows there were.
    exact
        Whether counted in the leaves of trees. Otherwise the model was asked for predictions,
        which gives the same numbers, and takes longer.
    """

    h: pd.DataFrame
    rms: pd.DataFrame
    max: pd.DataFrame
    spread: pd.DataFrame
    scale: Scale
    n: int
    exact: bool

    def pairs(self) -> pd.DataFrame:
        """One row a pair, strongest first by rms: x, y, h, rms, max, spread.

        All p (p - 1) / 2 pairs, x before y as in the model. Equal rms keep the model's order; pairs
        that were not reached come last.
        """
        measures = {"h": self.h, "rms": self.rms, "max": self.max, "spread": self.spread}
        return pairs_table(measures, strongest="rms")


def interaction_strengths(
    model: Any,
    data: Table,
    *,
    background: int | None = None,
    target: Any = None,
    scale: Scale | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> Strengths:
    """Friedman's H and the size of the interaction, for every two features of a model.

    For scikit-learn's decision trees, random forests, extra trees and gradient boosting (the
    histogram kind too), on the scale on which their trees add up, this counts background rows in
    the boxes of the leaves: exact, for all pairs in one go, and hardly slower for more rows. Any
    other model is asked for rows x rows predictions a pair.

    Parameters
    ----------
    model
        A fitted classifier or regressor with scikit-learn's interface, pipelines included.
    data
        n rows x the columns of the fit, in any order; best the training data.
    background
        At most so many rows, drawn at random, are averaged over. None is all rows; of more than
        1000, or of more than 100 where predictions are needed, it draws that many.
    target
        The class whose probability or log-odds are explained. None is the second of two.
    scale
        "probability", "log-odds" or "response". None is the scale on which the model adds up: a
        forest's probability, gradient boosting's log-odds, a regressor's response. Of one class
        among several, log-odds are the log of its probability minus the mean log of the others'.
    seed
        For drawing background rows.
    progress
        Called with the pairs done and all pairs, after each pair or, counting in leaves, after
        many. If it returns False the work ends there, and the pairs not reached are NaN.

    Returns
    -------
    Strengths
        Frames of the model's features, in the model's order. A forest shows interactions where
        there are none, since its steps are not additive: compare with the other pairs.

    Raises
    ------
    ValueError
        For a model that is not fitted or has fewer than two features, columns that the table
        lacks, infinite values, missing values that the model does not accept, an unknown target
        or scale, and a background below 2 rows.

    References
    ----------
    Friedman and Popescu (2008), Annals of Applied Statistics 2, 916-954 (H).

    Examples
    --------
    Neither feature says anything alone, both together say all:

    >>> from sklearn.tree import DecisionTreeRegressor
    >>> table = pd.DataFrame({"a": [0, 0, 1, 1], "b": [0, 1, 0, 1], "c": [5, 5, 6, 6]})
    >>> either = DecisionTreeRegressor().fit(table[["a", "b"]], [0, 1, 1, 0])
    >>> interaction_strengths(either, table).pairs()
       x  y    h  rms  max  spread
    0  a  b  1.0  0.5  0.5     0.5
    """
    features = model_features(model, data)
    if len(features.names) < 2:
        raise ValueError(
            f"The model has only feature {features.names[0]!r}: an interaction needs two."
        )
    leaves = leaf_ensemble(model, scale, target)
    most = _MOST_ROWS_FOR_PREDICTIONS if leaves is None else _MOST_ROWS_FOR_LEAVES
    rows = _drawn(features.values, most if background is None else background, seed)
    if leaves is not None:
        scale, found = leaves.scale, leaves.interactions(rows)
    else:
        predict, scale = predictor(model, features, scale, target)
        found = _asked(predict, rows)
    h, rms, largest, spread = _measured(found, len(features.names), progress)
    return Strengths(
        h=framed(h, features.names),
        rms=framed(rms, features.names),
        max=framed(largest, features.names),
        spread=framed(spread, features.names),
        scale=scale,
        n=len(rows),
        exact=leaves is not None,
    )


def _drawn(values: Floats, most: int, seed: int) -> Floats:
    """At most so many rows, drawn without replacement and in the table's order."""
    check_whole("background", most, 2, "averages need at least 2 rows")
    if len(values) < 2:
        raise ValueError("The table has 1 row: averages need at least 2.")
    if len(values) <= most:
        return values
    rows = generator_of(seed).choice(len(values), most, replace=False)
    return values[np.sort(rows)]


def _asked(predict: Predict, background: Floats) -> Iterator[tuple[Integers, Floats, Floats]]:
    """Pair by pair what `LeafEnsemble.interactions` gives, from predictions."""
    features = background.shape[1]
    alone = np.full((features, len(background)), np.nan)
    for first, second in combinations(range(features), 2):
        for one in (first, second):
            if np.isnan(alone[one]).all():
                alone[one] = _partial_dependence(predict, background, [one])
        both = _partial_dependence(predict, background, [first, second])
        yield np.array([[first, second]]), alone, (both - alone[first] - alone[second])[np.newaxis]


def _partial_dependence(predict: Predict, background: Floats, positions: list[int]) -> Floats:
    """The mean prediction with the features at `positions` set to each row's own values."""
    settings, of_rows = np.unique(background[:, positions], axis=0, return_inverse=True)
    means = np.empty(len(settings))
    for which, predictions in predictions_at(predict, background, positions, settings):
        means[which] = predictions.mean(axis=1)
    return means[of_rows.reshape(-1)]


def _measured(
    found: Iterator[tuple[Integers, Floats, Floats]], features: int, progress: Progress | None
) -> Floats:
    """h, rms, max and spread of all pairs: 4 x features x features."""
    measures = np.full((4, features, features), np.nan)
    done, total = 0, features * (features - 1) // 2
    for pairs, alone, departure in found:
        first, second = pairs.T
        departure -= departure.mean(axis=1, keepdims=True)
        both = departure + _centred(alone[first]) + _centred(alone[second])
        rms = np.sqrt(np.square(departure).mean(axis=1))
        spread = np.sqrt(np.square(both).mean(axis=1))
        varies = spread > _ROUNDING * np.nanmax(np.abs(alone))
        h = np.divide(rms, spread, out=np.full_like(rms, np.nan), where=varies)
        measured = np.array([h, rms, np.abs(departure).max(axis=1), spread])
        measures[:, first, second] = measures[:, second, first] = measured
        done += len(pairs)
        if progress is not None and progress(done, total) is False:
            break
    return measures


def _centred(rows: Floats) -> Floats:
    centred: Floats = rows - rows.mean(axis=1, keepdims=True)
    return centred
