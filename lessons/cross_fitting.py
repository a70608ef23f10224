"""Words as the mean outcome of their rows, each fold by the others, and what a tree reads there."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.integer[Any]]
"""A number for each word, from zero on, that stands for nothing."""

Floats = NDArray[np.floating[Any]]
Rows = NDArray[np.integer[Any]]


@cache
def folds(rows: int) -> list[tuple[Rows, Rows]]:
    """Five folds, dealt at random: the rows of the others, and its own."""
    from sklearn.model_selection import KFold  # slow to import

    return list(KFold(5, shuffle=True, random_state=0).split(np.empty(rows)))


def cross_fitted(words: Words, outcome: Floats) -> Floats:
    """Each row's word as its mean outcome in the other folds."""
    code = np.empty(len(words))
    for train, test in folds(len(words)):
        code[test] = _means(words[train], outcome[train], words[test])
    return code


def explained_by_tree(
    words: Words, outcome: Floats, beside: NDArray[Any], code: Floats | None
) -> float:
    """The share of the outcome's variance that a tree predicts in folds that it has not seen.

    It is given the code of the words, and what is known beside it. Without a code the words are
    cross-fitted, and the rows of a fold stay outside altogether.
    """
    missed = 0.0
    for train, test in folds(len(words)):
        if code is None:
            known = cross_fitted(words[train], outcome[train])
            new = _means(words[train], outcome[train], words[test])
        else:
            known, new = code[train], code[test]
        tree = _grown(np.column_stack([known, beside[train]]), outcome[train])
        predicted = tree.predict(np.column_stack([new, beside[test]]))
        missed += float(((outcome[test] - predicted) ** 2).sum())
    return 1 - missed / float(((outcome - outcome.mean()) ** 2).sum())


def _means(words: Words, outcome: Floats, asked: Words) -> Floats:
    """The mean outcome of each word that is asked for; of an unknown one, the mean of all."""
    levels = max(words.max(), asked.max()) + 1
    totals = np.bincount(words, weights=outcome, minlength=levels)
    counts = np.bincount(words, minlength=levels)
    means: Floats = np.where(counts > 0, totals / np.maximum(counts, 1), outcome.mean())
    return means[asked]


def _grown(x: Floats, outcome: Floats) -> Any:
    from sklearn.tree import DecisionTreeRegressor  # slow to import

    return DecisionTreeRegressor(min_samples_leaf=5, random_state=0).fit(x, outcome)
