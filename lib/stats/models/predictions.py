"""What a model is asked, as numbers, and what it answers, on one scale."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api import types

from ..table import (
    Booleans,
    Floats,
    Table,
    are_plain,
    blocks,
    check_choice,
    frame_of,
    holds,
    is_among,
    listed,
    refuse,
    settled,
)

Scale: TypeAlias = Literal["probability", "log-odds", "response"]
Predict: TypeAlias = Callable[[Floats], Floats]
Progress: TypeAlias = Callable[[int, int], bool | None]

_FLOAT = np.dtype(np.float64)
_NUMBERS_AT_A_TIME = 2_000_000
_ROWS_TO_COMPARE = 50
_SCORES_PER_LOG_ODDS = (1.0, 2.0)
_COMPLEX = "complex: pass what the model was fitted on, such as the size of each number, np.abs"


@dataclass(frozen=True, eq=False)
class Features:
    """The columns of a table that a model was fitted on, as numbers.

    Attributes
    ----------
    names
        The p columns, in the model's order.
    values
        n rows x p columns, float64, NaN where missing. A column that is not numeric holds
        positions among its levels.
    levels
        The levels of each column that is not numeric, by its position.
    """

    names: pd.Index
    values: Floats
    levels: Mapping[int, pd.Index]
    _dtypes: tuple[Any, ...]
    _as_array: bool

    def numeric(self, values: Floats) -> Floats:
        """Of rows like those of `values`, the columns that are numbers."""
        return np.delete(values, list(self.levels), axis=1) if self.levels else values

    def restored(self, values: Floats) -> pd.DataFrame | Floats:
        """Rows like those of `values`, in the form that the model was fitted on."""
        if self._as_array and not self.levels:
            return values
        table = pd.DataFrame(values, columns=self.names, copy=False)
        for position, levels in self.levels.items():
            codes = np.nan_to_num(values[:, position], nan=-1).astype(np.int64)
            dtype = self._dtypes[position]
            ordered = isinstance(dtype, pd.CategoricalDtype) and bool(dtype.ordered)
            column = pd.Categorical.from_codes(codes, levels, ordered)
            is_categorical = isinstance(dtype, pd.CategoricalDtype)
            table[self.names[position]] = column if is_categorical else column.astype(dtype)
        return table


def model_features(model: Any, data: Table) -> Features:
    """The columns of `data` that the model was fitted on: by name where it knows names.

    Columns that the model does not know are left out. Without names, the columns must be as many
    as in the fit and are taken in their order.

    Raises
    ------
    ValueError
        For a model that is not fitted, a table without rows, duplicated names, columns that the
        table lacks, and infinite values. The message names the columns and the way out.

    Examples
    --------
    >>> from sklearn.tree import DecisionTreeRegressor
    >>> table = pd.DataFrame({"age": [1.0, 2.0], "lit": [True, False]})
    >>> model = DecisionTreeRegressor().fit(table[["lit", "age"]], [0, 1])
    >>> model_features(model, table).values
    array([[1., 1.],
           [0., 2.]])
    """
    _check_fitted(model)
    table = _columns_of_the_fit(model, frame_of(data))
    levels: dict[int, pd.Index] = {}
    dtypes = table.dtypes.tolist()
    if not are_plain(set(dtypes)):  # to look at each column takes milliseconds
        refuse([name for name, column in table.items() if holds(column) == "complex"], _COMPLEX)
        if _grows_trees(model):
            table = _as_trees_take_it(model, table)
            dtypes = table.dtypes.tolist()
        levels = {
            position: _levels(model, position, table.iloc[:, position])
            for position, dtype in enumerate(dtypes)
            if not _is_numeric(dtype)
        }
    values = _values(table, dtypes, levels)
    infinite = np.flatnonzero(np.isinf(values).any(axis=0))
    if infinite.size:
        raise ValueError(
            f"Column {table.columns[infinite[0]]!r} is infinite in places: replace infinities by "
            "missing values, for example with data.replace([np.inf, -np.inf], np.nan)."
        )
    fitted_without_names = not hasattr(model, "feature_names_in_") and hasattr(
        model, "n_features_in_"
    )
    return Features(table.columns, values, levels, tuple(dtypes), fitted_without_names)


def predictor(
    model: Any, features: Features, scale: Scale | None = None, target: Any = None
) -> tuple[Predict, Scale]:
    """A function from rows to one number a row, and the scale of these numbers.

    Parameters
    ----------
    model
        A fitted classifier or regressor with scikit-learn's interface, pipelines included.
    features
        `model_features(model, data)` of a table.
    scale
        - "response": what a regressor predicts.
        - "probability": of the target class.
        - "log-odds": the log of that probability minus the mean log of the other classes'
          probabilities; of two classes, log(p / (1 - p)).
        - None: the scale on which the model adds up. A regressor's response; log-odds where a
          classifier turns a score into probabilities by the logistic function or its version for
          several classes, as gradient boosting and logistic regression do; else probability.
    target
        A class of the classifier. None is the second of two.

    Returns
    -------
    The function takes rows x features as in `features.values` and returns one number a row. It
    raises ValueError where log-odds are infinite.

    Raises
    ------
    ValueError
        For an unknown class or scale, and for models with several outputs.

    References
    ----------
    Friedman (2001), Annals of Statistics 29, 1189-1232 (the score of one class among several:
    here it is times K / (K - 1) for K classes, which gives two classes their log-odds).

    Examples
    --------
    >>> from sklearn.linear_model import LogisticRegression
    >>> table = pd.DataFrame({"age": [1.0, 2.0, 3.0, 4.0]})
    >>> model = LogisticRegression().fit(table, [0, 0, 1, 1])
    >>> predict, scale = predictor(model, model_features(model, table))
    >>> scale
    'log-odds'
    >>> predict(np.array([[2.5]])).round(6)
    array([0.])
    """
    classes = classes_of(model)
    check_scale(scale, classes)
    position = target_position(classes, target)
    if features.levels:
        _check_taken(model, features)
    if classes is None:
        return lambda rows: _one_output(_said(model.predict, features, rows), rows), "response"
    if not hasattr(model, "predict_proba"):
        raise ValueError(
            f"{type(model).__name__} gives no probabilities: wrap it in "
            "sklearn.calibration.CalibratedClassifierCV and fit that."
        )
    score = _score(model, features)
    if scale == "probability" or (scale is None and score is None):
        return lambda rows: _probabilities(model, features, rows)[:, position], "probability"

    def log_odds(rows: Floats) -> Floats:
        if score is not None:
            return against_the_others(score(rows), position)
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.log(_probabilities(model, features, rows))
            found = against_the_others(logs, position)
        _refuse_infinite(found, classes[position])
        return found

    return log_odds, "log-odds"


def predictions_at(
    predict: Predict, background: Floats, positions: Sequence[int], settings: Floats
) -> Iterator[tuple[slice, Floats]]:
    """Predictions for all background rows with the features at `positions` set to values.

    Settings: one row of values for these features each. Yields which settings, and settings x
    rows; some at a time, so that memory stays small.
    """
    for which in blocks(len(settings), _NUMBERS_AT_A_TIME // background.size):
        some = settings[which]
        rows = np.tile(background, (len(some), 1))
        rows[:, positions] = np.repeat(some, len(background), axis=0)
        yield which, predict(rows).reshape(len(some), -1)


def classes_of(model: Any) -> list[Any] | None:
    """The classes of a classifier, None for a regressor.

    Raises ValueError for a classifier with several outputs or with one class only.
    """
    classes = getattr(model, "classes_", None)
    if classes is None:
        return None
    if isinstance(classes, list):
        raise ValueError("The model predicts several outputs: fit one model an output.")
    known: list[Any] = np.asarray(classes).tolist()
    if len(known) < 2:
        raise ValueError(
            f"The model knows only class {known[0]!r}: fit it on rows of at least two classes."
        )
    return known


def check_scale(scale: Scale | None, classes: list[Any] | None) -> None:
    """Raise ValueError for a scale that does not exist, or not for this kind of model."""
    if scale is not None:
        check_choice("scale", scale, get_args(Scale))
    if classes is None and scale not in (None, "response"):
        raise ValueError(f"A regressor has no {scale}: leave scale out, it predicts a response.")
    if classes is not None and scale == "response":
        raise ValueError("A classifier has no response: choose 'probability' or 'log-odds'.")


def target_position(classes: list[Any] | None, target: Any) -> int:
    """The target's position among the classes; 0 for a regressor.

    Raises ValueError, with the classes, for a target that is not among them or not to be guessed.
    """
    if classes is None:
        if target is not None:
            raise ValueError(f"A regressor has no classes: leave out target={target!r}.")
        return 0
    known = listed(classes)
    if target is None:
        if len(classes) > 2:
            raise ValueError(f"The model has {len(classes)} classes: choose target from {known}.")
        return 1
    if not is_among(target, classes):
        raise ValueError(f"The model knows no class {target!r}: choose target from {known}.")
    return classes.index(target)


def against_the_others(scores: Floats, position: int) -> Floats:
    """One class's column minus the mean of the other columns."""
    others = scores.shape[-1] - 1
    found: Floats = scores[..., position] - np.delete(scores, position, -1).sum(axis=-1) / others
    return found


def _check_fitted(model: Any) -> None:
    from sklearn.utils.validation import check_is_fitted

    if not hasattr(model, "predict"):
        raise ValueError(f"{type(model).__name__} has no predict: pass a fitted model.")
    if hasattr(model, "fit") and hasattr(model, "__sklearn_tags__"):  # others cannot be asked
        check_is_fitted(model)  # its NotFittedError is a ValueError, and says what to do


def _columns_of_the_fit(model: Any, data: pd.DataFrame) -> pd.DataFrame:
    if not data.columns.is_unique:
        duplicated = data.columns[data.columns.duplicated()]
        raise ValueError(
            f"Column {duplicated[0]!r} is there more than once: "
            "give every column a name of its own."
        )
    if not len(data):
        raise ValueError("The table has no rows: add rows or loosen the filter.")
    if hasattr(model, "feature_names_in_"):
        if data.columns.tolist() == list(model.feature_names_in_):
            return data  # to select them all copies the table
        missing = [name for name in model.feature_names_in_ if name not in data.columns]
        if missing:
            raise ValueError(
                f"The table lacks what the model was fitted on: {listed(missing)}. "
                "Pass a table with the columns of the fit."
            )
        return data[list(model.feature_names_in_)]
    width = getattr(model, "n_features_in_", data.shape[1])
    if data.shape[1] != width:
        raise ValueError(
            f"The model was fitted on {width} columns without names, the table has "
            f"{data.shape[1]}: pass the columns of the fit, in their order."
        )
    return data


def _values(table: pd.DataFrame, dtypes: list[Any], levels: Mapping[int, pd.Index]) -> Floats:
    if set(dtypes) == {_FLOAT}:  # column by column it takes milliseconds
        return table.to_numpy(copy=True)  # what is kept of it must not change with the table
    return np.column_stack(
        [
            _codes(column, levels[position]) if position in levels else _floats(column)
            for position, (_, column) in enumerate(table.items())
        ]
    )


def _is_numeric(dtype: Any) -> bool:
    if isinstance(dtype, pd.CategoricalDtype):
        dtype = dtype.categories.dtype
    return types.is_numeric_dtype(dtype) or types.is_bool_dtype(dtype)


def _grows_trees(model: Any) -> bool:
    from sklearn import ensemble, tree

    return isinstance(
        model,
        (
            tree.DecisionTreeClassifier,
            tree.DecisionTreeRegressor,
            ensemble.RandomForestClassifier,
            ensemble.RandomForestRegressor,
            ensemble.ExtraTreesClassifier,
            ensemble.ExtraTreesRegressor,
            ensemble.GradientBoostingClassifier,
            ensemble.GradientBoostingRegressor,
            ensemble.HistGradientBoostingClassifier,
            ensemble.HistGradientBoostingRegressor,
        ),
    )


def _as_trees_take_it(model: Any, table: pd.DataFrame) -> pd.DataFrame:
    """Trees are grown on numbers, apart from the categories that some of them know by name."""
    if all(map(_is_numeric, table.dtypes)):
        return table
    categories = tree_categories(model)
    columns = [
        column if position in categories else settled(column)
        for position, (_, column) in enumerate(table.items())
    ]
    refuse(
        [
            column.name
            for position, column in enumerate(columns)
            if position not in categories and not _is_numeric(column.dtype)
        ],
        f"not numeric, and {type(model).__name__} was fitted on numbers: pass the numbers of the "
        "fit, for example with pd.to_numeric",
    )
    arrays = {position: column.array for position, column in enumerate(columns)}
    return pd.DataFrame(arrays, table.index).set_axis(table.columns, axis=1)


def _check_taken(model: Any, features: Features) -> None:
    """Refuse columns that are not numeric where the model does not take each of their levels."""
    firsts = [
        np.unique(features.values[:, place], return_index=True)[1] for place in features.levels
    ]
    rows = features.values[np.unique(np.concatenate(firsts))]
    try:
        model.predict(features.restored(rows))
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"The model does not take columns {listed(features.names[list(features.levels)])} as "
            f"they are ({error}): pass what the model was fitted on, numbers for example with "
            "pd.to_numeric."
        ) from error


def _floats(column: "pd.Series[Any]") -> Floats:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return np.asarray(column.astype(np.float64))
    return np.asarray(column.to_numpy(dtype=np.float64, na_value=np.nan), dtype=np.float64)


def _levels(model: Any, position: int, column: "pd.Series[Any]") -> pd.Index:
    known = tree_categories(model).get(position)
    if known is not None:
        levels: pd.Index = pd.Index(known)
        return levels
    try:
        levels = pd.Index(pd.Categorical(column).categories)
    except TypeError:
        raise ValueError(
            f"Column {column.name!r} has values such as lists: pass what the model was fitted on, "
            "numbers for example with pd.to_numeric."
        ) from None
    return levels


def tree_categories(model: Any) -> dict[int, NDArray[Any]]:
    """The categories whose positions a histogram gradient boosting's trees see, by column."""
    encoder = getattr(model, "_preprocessor", None)
    is_categorical = getattr(model, "is_categorical_", None)
    if encoder is None or is_categorical is None:
        return {}
    categories = encoder.named_transformers_["encoder"].categories_
    positions = np.flatnonzero(is_categorical).tolist()
    return {
        position: known[~pd.isna(known)]
        for position, known in zip(positions, categories, strict=True)
    }


def _codes(column: "pd.Series[Any]", levels: pd.Index) -> Floats:
    codes = levels.get_indexer(pd.Index(column.astype(object)))
    return np.where(codes < 0, np.nan, codes)


def _said(ask: Callable[[Any], Any], features: Features, rows: Floats) -> Any:
    """What the model says of the rows; where it takes no missing values, of which columns."""
    try:
        return ask(features.restored(rows))
    except ValueError as error:
        missing: Booleans = np.asarray(np.isnan(rows).any(axis=0))
        lacking = features.names[missing]
        if not len(lacking):
            raise
        raise ValueError(
            f"The model does not take missing values, and there are some in {listed(lacking)}: "
            "fill them in, or leave out their rows. Its own words: "
            f"{str(error).splitlines()[0]}"
        ) from error


def _one_output(predicted: Any, rows: Floats) -> Floats:
    numbers = np.asarray(predicted, dtype=np.float64)
    if numbers.size != len(rows):
        raise ValueError("The model predicts several outputs: fit one model an output.")
    return numbers.reshape(-1)


def _probabilities(model: Any, features: Features, rows: Floats) -> Floats:
    return np.asarray(_said(model.predict_proba, features, rows), dtype=np.float64)


def _score(model: Any, features: Features) -> Predict | None:
    """One column a class whose differences are the log-odds between classes, if the model has it.

    A decision function may be that or something else, such as a distance: the probabilities tell.
    """
    from scipy.special import softmax

    if not hasattr(model, "decision_function"):
        return None

    def score(rows: Floats, scores_per_log_odds: float) -> Floats:
        decision = np.asarray(_said(model.decision_function, features, rows), dtype=np.float64)
        if decision.ndim == 1:
            decision = np.column_stack([np.zeros_like(decision), decision])
        return decision * scores_per_log_odds

    some = features.values[:_ROWS_TO_COMPARE]
    probabilities = _probabilities(model, features, some)
    for factor in _SCORES_PER_LOG_ODDS:  # exponential loss: the score is half the log-odds
        implied = softmax(score(some, factor), axis=1)
        if implied.shape == probabilities.shape and np.allclose(
            implied, probabilities, rtol=1e-6, atol=1e-14
        ):
            return lambda rows: score(rows, factor)
    return None


def _refuse_infinite(log_odds: Floats, target: Any) -> None:
    infinite = int((~np.isfinite(log_odds)).sum())
    if infinite:
        raise ValueError(
            f"The log-odds of class {target!r} are infinite in {infinite} of {len(log_odds)} "
            "predictions, where the model is certain: use scale='probability'."
        )
