"""The models of the tumours that the steps ask, each fitted once."""

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lessons.tables import BREAST_CANCER, tumours
from lib.course import working
from lib.stats import Strengths, interaction_strengths

Floats = npt.NDArray[np.float64]

FOREST, OTHER_FOREST = "forest", "another forest"
BOOSTING, STUMPS, LOGISTIC = "boosting", "stumps", "logistic regression"
MODELS = (FOREST, OTHER_FOREST, BOOSTING, STUMPS, LOGISTIC)

_TREES, _TREES_AT_A_TIME = 200, 20
# A linear score needs few rows to show that it adds up, and predictions are dear.
_ROWS_FOR_LOGISTIC = 30
_ROUNDING = 1e-9


FEATURES = tuple(name for name in BREAST_CANCER.types if name != "diagnosis")


@cache
def model(name: str) -> Any:
    """One of `MODELS`, fitted to the training rows."""
    train, _, benign, _ = tumours()
    if name in (FOREST, OTHER_FOREST):
        from sklearn.ensemble import RandomForestClassifier

        seed = 42 if name == FOREST else 0
        return grown(RandomForestClassifier(random_state=seed), train, benign)
    working(0.1, "Fitting the model")
    if name in (BOOSTING, STUMPS):
        from sklearn.ensemble import GradientBoostingClassifier

        depth = 1 if name == STUMPS else 3
        return GradientBoostingClassifier(max_depth=depth, random_state=42).fit(train, benign)
    return _logistic(train, benign)


def _logistic(train: pd.DataFrame, benign: "pd.Series[int]") -> Any:
    """Logistic regression on standardised features, the scaling folded into its coefficients.

    It takes plain arrays: with names, most of the time would go into comparing them.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    scaler, fitted = make_pipeline(StandardScaler(), LogisticRegression()).fit(train, benign)
    fitted.coef_ = fitted.coef_ / scaler.scale_
    fitted.intercept_ = fitted.intercept_ - fitted.coef_ @ scaler.mean_
    return fitted


def grown(forest: Any, features: pd.DataFrame, outcome: Any) -> Any:
    """A forest of 200 trees, some at a time: the same trees as in one go, and a sign of life."""
    forest.set_params(warm_start=True)
    for trees in range(_TREES_AT_A_TIME, _TREES + 1, _TREES_AT_A_TIME):
        working((trees - _TREES_AT_A_TIME) / _TREES, f"Growing {_TREES} trees")
        forest.set_params(n_estimators=trees).fit(features, outcome)
    return forest


@cache
def strengths(name: str, background: int) -> Strengths:
    """How much every two features do together in a model, over so many training rows."""
    rows = min(background, _ROWS_FOR_LOGISTIC) if name == LOGISTIC else background
    fitted = model(name)
    working(0.9, "Counting leaves")
    return interaction_strengths(fitted, tumours().train, background=rows)


def ranked(found: Strengths) -> pd.DataFrame:
    """A row a pair, strongest first; what is only rounding is zero."""
    pairs = found.pairs()
    pairs.index = pd.Index(pairs["x"].astype(str) + " × " + pairs["y"].astype(str), name="pair")
    pairs.loc[pairs["rms"] < _ROUNDING, ["h", "rms", "max"]] = 0.0
    return pairs
