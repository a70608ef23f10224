"""scikit-learn's ensembles of trees in one form: nodes with tests, leaves with values."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ...table import Booleans, Floats, Integers
from ..predictions import (
    Scale,
    against_the_others,
    check_scale,
    classes_of,
    target_position,
    tree_categories,
)

Columns: TypeAlias = "NDArray[np.float32] | Floats"

_NONE = -1
_CATEGORIES = 256
_NODES_IN_A_BLOCK = 200_000


@dataclass(frozen=True, eq=False)
class Trees:
    """The nodes of some trees, one tree after another.

    Attributes
    ----------
    root
        The position of each tree's root.
    left, right
        Positions of each node's children; -1 for a leaf.
    feature
        Whose value an inner node tests.
    threshold
        Values up to this go left.
    missing_left
        Whether missing values go left.
    category_test
        The row of `category_left` that an inner node applies instead of a threshold; else -1.
    category_left
        Tests x categories: whether a category goes left.
    value
        What a leaf adds to the prediction.
    """

    root: Integers
    left: Integers
    right: Integers
    feature: Integers
    threshold: Floats
    missing_left: Booleans
    category_test: Integers
    category_left: Booleans
    value: Floats

    @property
    def is_leaf(self) -> Booleans:
        leaves: Booleans = self.left == _NONE
        return leaves


@dataclass(frozen=True, eq=False)
class TreeEnsemble:
    """What a fitted ensemble predicts: a constant plus what one leaf of each tree adds.

    Attributes
    ----------
    name, features
        The model's class and its features, for messages.
    scale
        The scale on which the trees add up.
    constant
        The prediction before any tree.
    sources, weights, sizes
        The model's own trees, the factors of their values, and their numbers of nodes.
    read
        How to read some of them.
    single_precision
        Whether values are rounded to float32 before they are compared.
    refuses_missing
        Whether the model accepts no missing values.
    categories
        By column, the numbers whose positions are the categories that the tests know.
    """

    name: str
    features: Sequence[Any]
    scale: Scale
    constant: float
    sources: Sequence[Any]
    weights: Floats
    sizes: Integers
    read: Callable[[Sequence[Any], Floats, Integers], Trees]
    single_precision: bool
    refuses_missing: bool
    categories: Mapping[int, Floats]

    def blocks(self) -> Iterator[Trees]:
        """All trees, some at a time, so that a large forest is never in memory twice."""
        block = self.sizes.cumsum() // _NODES_IN_A_BLOCK
        for which in np.split(np.arange(len(block)), np.flatnonzero(np.diff(block)) + 1):
            sources = [self.sources[tree] for tree in which]
            yield self.read(sources, self.weights[which], self.sizes[which])

    def columns(self, rows: Floats) -> Columns:
        """Features x rows, as the trees compare them."""
        columns = rows.T.copy()
        for position, known in self.categories.items():
            columns[position] = _positions(columns[position], known)
        return columns.astype(np.float32) if self.single_precision else columns


def read_trees(model: Any, scale: Scale | None, target: Any) -> TreeEnsemble | None:
    """The trees of a model, if it is one of scikit-learn's and adds them up on the scale asked for.

    None for every other model or scale, for gradient boosting that starts from another model, and
    for subclasses, which may predict otherwise.

    Raises ValueError for an unknown target or scale, and for several outputs.
    """
    from sklearn import ensemble, tree

    classes = classes_of(model)
    check_scale(scale, classes)
    position = target_position(classes, target)
    kind = type(model)
    found: TreeEnsemble | None = None
    if kind in (
        ensemble.RandomForestClassifier,
        ensemble.RandomForestRegressor,
        ensemble.ExtraTreesClassifier,
        ensemble.ExtraTreesRegressor,
    ):
        found = _averaged(model, model.estimators_, position, classes)
    elif kind in (
        tree.DecisionTreeClassifier,
        tree.DecisionTreeRegressor,
        tree.ExtraTreeClassifier,
        tree.ExtraTreeRegressor,
    ):
        found = _averaged(model, [model], position, classes)
    elif kind in (ensemble.GradientBoostingClassifier, ensemble.GradientBoostingRegressor):
        found = _boosted(model, position, classes)
    elif kind in (ensemble.HistGradientBoostingClassifier, ensemble.HistGradientBoostingRegressor):
        found = _histogram_boosted(model, position, classes)
    return found if found is not None and scale in (None, found.scale) else None


def _averaged(
    model: Any, estimators: Sequence[Any], position: int, classes: list[Any] | None
) -> TreeEnsemble:
    if model.n_outputs_ > 1:
        raise ValueError("The model predicts several outputs: fit one model an output.")
    return TreeEnsemble(
        name=type(model).__name__,
        features=_features(model),
        scale="response" if classes is None else "probability",
        constant=0.0,
        sources=[estimator.tree_ for estimator in estimators],
        weights=np.full(len(estimators), 1 / len(estimators)),
        sizes=np.array([estimator.tree_.node_count for estimator in estimators]),
        read=partial(_threshold_trees, column=position),
        single_precision=True,
        refuses_missing=_refuses_missing(model),
        categories={},
    )


def _boosted(model: Any, position: int, classes: list[Any] | None) -> TreeEnsemble | None:
    from sklearn.dummy import DummyClassifier, DummyRegressor

    start = model.init_
    same_for_all_rows = isinstance(start, DummyRegressor) or (
        isinstance(start, DummyClassifier) and start.strategy != "stratified"
    )
    if not (same_for_all_rows or start == "zero"):
        return None
    stages, columns = model.estimators_.shape
    weights = _weights(columns, position, classes)
    if classes is not None and model.loss == "exponential":
        weights = 2 * weights  # its score is half the log-odds
    some_row = np.zeros((1, model.n_features_in_), dtype=np.float32)
    sources = [estimator.tree_ for estimator in model.estimators_.ravel()]
    return TreeEnsemble(
        name=type(model).__name__,
        features=_features(model),
        scale="response" if classes is None else "log-odds",
        constant=float(model._raw_predict_init(some_row)[0] @ weights),
        sources=sources,
        weights=np.tile(model.learning_rate * weights, stages),
        sizes=np.array([tree.node_count for tree in sources]),
        read=partial(_threshold_trees, column=0),
        single_precision=True,
        refuses_missing=_refuses_missing(model),
        categories={},
    )


def _histogram_boosted(model: Any, position: int, classes: list[Any] | None) -> TreeEnsemble | None:
    if classes is None and model.loss in ("poisson", "gamma"):
        return None  # it predicts the exponential of what its trees add up to
    weights = _weights(model.n_trees_per_iteration_, position, classes)
    categories = tree_categories(model)
    order = np.arange(model.n_features_in_)
    is_categorical = np.isin(order, list(categories))
    sources = [tree for stage in model._predictors for tree in stage]
    return TreeEnsemble(
        name=type(model).__name__,
        features=_features(model),
        scale="response" if classes is None else "log-odds",
        constant=float(model._baseline_prediction[0] @ weights),
        sources=sources,
        weights=np.tile(weights, len(model._predictors)),
        sizes=np.array([len(tree.nodes) for tree in sources]),
        read=partial(
            _histogram_trees,
            # its trees have the categorical columns first
            features=np.concatenate([order[is_categorical], order[~is_categorical]]),
        ),
        single_precision=False,
        refuses_missing=False,
        categories={
            column: known.astype(np.float64)
            for column, known in categories.items()
            if known.dtype.kind in "biuf"
        },
    )


def _weights(columns: int, position: int, classes: list[Any] | None) -> Floats:
    """How much each column of a boosting's scores counts in what is asked for."""
    if classes is None:
        return np.ones(1)
    weights = against_the_others(np.eye(len(classes)), position)
    return weights[-columns:]  # of two classes, the first has no column: its score is 0


def _features(model: Any) -> Sequence[Any]:
    return getattr(model, "feature_names_in_", range(model.n_features_in_))


def _refuses_missing(model: Any) -> bool:
    from sklearn.utils import get_tags

    return not get_tags(model).input_tags.allow_nan


def _threshold_trees(
    trees: Sequence[Any], weights: Floats, sizes: Integers, *, column: int
) -> Trees:
    """Trees that compare the values themselves; of a leaf's values, `column` counts."""
    first = np.repeat(sizes.cumsum() - sizes, sizes)
    value = np.concatenate([tree.value[:, 0, column] for tree in trees])
    return Trees(
        root=sizes.cumsum() - sizes,
        left=_moved(np.concatenate([tree.children_left for tree in trees]), first),
        right=_moved(np.concatenate([tree.children_right for tree in trees]), first),
        feature=np.concatenate([tree.feature for tree in trees]),
        threshold=np.concatenate([tree.threshold for tree in trees]),
        missing_left=np.concatenate([tree.missing_go_to_left for tree in trees]).astype(np.bool_),
        category_test=np.full(sizes.sum(), _NONE),
        category_left=np.empty((0, _CATEGORIES), dtype=np.bool_),
        value=value * np.repeat(weights, sizes),
    )


def _histogram_trees(
    trees: Sequence[Any], weights: Floats, sizes: Integers, *, features: Integers
) -> Trees:
    """Trees that were grown on bins; `features` tells which column is at which place."""
    first = np.repeat(sizes.cumsum() - sizes, sizes)
    nodes = np.concatenate([tree.nodes for tree in trees])
    is_leaf = nodes["is_leaf"] != 0
    tests = np.array([len(tree.raw_left_cat_bitsets) for tree in trees])
    first_test = np.repeat(tests.cumsum() - tests, sizes)
    bits = np.concatenate([tree.raw_left_cat_bitsets for tree in trees]).view(np.uint8)
    category_test = np.where(nodes["is_categorical"], nodes["bitset_idx"].astype(np.int64), _NONE)
    return Trees(
        root=sizes.cumsum() - sizes,
        left=_moved(np.where(is_leaf, _NONE, nodes["left"].astype(np.int64)), first),
        right=_moved(np.where(is_leaf, _NONE, nodes["right"].astype(np.int64)), first),
        feature=features[nodes["feature_idx"]],
        threshold=nodes["num_threshold"],
        missing_left=nodes["missing_go_to_left"] != 0,
        category_test=_moved(category_test, first_test),
        category_left=np.unpackbits(bits, axis=1, bitorder="little").view(np.bool_),
        value=nodes["value"] * np.repeat(weights, sizes),
    )


def _moved(positions: Integers, by: Integers) -> Integers:
    """Positions within a tree as positions among all."""
    return np.where(positions == _NONE, _NONE, positions + by)


def _positions(column: Floats, known: Floats) -> Floats:
    """Each value's position among the ascending numbers known, NaN for others."""
    nearest = np.searchsorted(known, column)
    return np.where(np.append(known, np.nan)[nearest] == column, nearest, np.nan)
