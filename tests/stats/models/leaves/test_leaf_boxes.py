"""Partial dependence counted in leaves, against the model's own predictions in a plain loop."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import (
    AdaBoostRegressor,
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor, ExtraTreeRegressor

from lib.stats.models.leaves.ensemble import leaf_ensemble
from lib.stats.models.predictions import model_features

ROWS = 90  # more than one word of 64 rows


@pytest.fixture(scope="module")
def table():
    """Continuous, tied, and whole numbers in steps of ten."""
    generator = np.random.default_rng(31)
    return pd.DataFrame(
        {
            "smooth": generator.normal(size=ROWS),
            "tied": generator.integers(0, 5, ROWS),
            "tens": generator.integers(10, 16, ROWS) * 10,
        }
    )


@pytest.fixture(scope="module")
def gaps(table):
    missing = np.random.default_rng(32).random(table.shape) < 0.2
    return table.mask(missing)


@pytest.fixture(scope="module")
def response(table):
    return (table["smooth"] * (table["tens"] > 120) + table["tied"] ** 2 / 5).to_numpy()


def own_scale(model, table, target):
    """What the model adds up, by its public methods alone."""
    if not hasattr(model, "predict_proba"):
        return model.predict(table)
    p = model.predict_proba(table)
    position = model.classes_.tolist().index(target)
    if not hasattr(model, "decision_function"):
        return p[:, position]
    logs = np.log(p)
    return logs[:, position] - np.delete(logs, position, axis=1).mean(axis=1)


def brute_force(model, table, x_values, y_values, target=None):
    """The mean prediction of the table with two columns replaced, for each cell."""
    n, cells = len(table), len(x_values) * len(y_values)
    stacked = table.iloc[np.tile(np.arange(n), cells)].reset_index(drop=True)
    in_row, in_column = np.divmod(np.repeat(np.arange(cells), n), len(x_values))
    stacked[x_values.name] = x_values.iloc[in_column].array
    stacked[y_values.name] = y_values.iloc[in_row].array
    predictions = own_scale(model, stacked, target)
    return predictions.reshape(len(y_values), len(x_values), n).mean(axis=2)


def assert_counts_what_the_model_says(model, table, target=None, atol=1e-12):
    features = model_features(model, table)
    leaves = leaf_ensemble(model, None, target)
    assert leaves is not None
    at_x, at_y = [0, 1, 2, 3, len(table) - 1], [4, 5, 6]
    for x, y in [(0, 1), (2, 0), (1, 2)]:
        first, second = features.names[[x, y]]
        found = leaves.partial_dependence(
            features.values, x, y, features.values[at_x, x], features.values[at_y, y]
        )
        expected = brute_force(
            model, table, table[first].iloc[at_x], table[second].iloc[at_y], target
        )
        np.testing.assert_allclose(found, expected, rtol=0, atol=atol)


REGRESSORS = [
    DecisionTreeRegressor(random_state=0),
    ExtraTreeRegressor(random_state=0),
    RandomForestRegressor(6, random_state=0),
    RandomForestRegressor(6, criterion="absolute_error", max_depth=3, random_state=0),
    ExtraTreesRegressor(6, random_state=0),
    ExtraTreesRegressor(6, max_depth=1, random_state=0),
    GradientBoostingRegressor(n_estimators=8, random_state=0),
    GradientBoostingRegressor(n_estimators=8, loss="huber", init="zero", random_state=0),
    GradientBoostingRegressor(n_estimators=8, max_depth=None, subsample=0.7, random_state=0),
    HistGradientBoostingRegressor(max_iter=6, min_samples_leaf=4),
]
CLASSIFIERS = [
    DecisionTreeClassifier(random_state=0),
    RandomForestClassifier(6, random_state=0),
    RandomForestClassifier(6, class_weight="balanced", max_depth=3, random_state=0),
    ExtraTreesClassifier(6, random_state=0),
    GradientBoostingClassifier(n_estimators=6, random_state=0),
    GradientBoostingClassifier(n_estimators=6, init=DummyClassifier(strategy="uniform")),
    HistGradientBoostingClassifier(max_iter=4, min_samples_leaf=4),
]
NUMBERS = ["smooth", "tied", "tens"]


@pytest.mark.parametrize("model", REGRESSORS, ids=lambda model: type(model).__name__)
def test_regressors(model, table, response):
    assert_counts_what_the_model_says(model.fit(table, response), table)


@pytest.mark.parametrize("model", CLASSIFIERS, ids=lambda model: type(model).__name__)
@pytest.mark.parametrize(("cuts", "targets"), [([0.1], [0, 1]), ([-0.2, 0.7], [0, 2])])
def test_classifiers_of_two_and_of_three_classes(model, cuts, targets, table, response):
    model.fit(table, np.digitize(response, cuts))
    for target in targets:
        assert_counts_what_the_model_says(model, table, target)


def test_exponential_loss_has_half_the_log_odds_as_its_score(table, response):
    model = GradientBoostingClassifier(n_estimators=6, loss="exponential", random_state=0)
    model.fit(table, response > 0.1)
    for target in [False, True]:
        assert_counts_what_the_model_says(model, table, target)


@pytest.mark.parametrize(
    "model",
    [
        DecisionTreeRegressor(random_state=0),
        RandomForestRegressor(6, random_state=0),
        ExtraTreesRegressor(6, random_state=0),
        HistGradientBoostingRegressor(max_iter=6, min_samples_leaf=4),
    ],
    ids=lambda model: type(model).__name__,
)
@pytest.mark.parametrize("fitted_with_gaps", [True, False])
def test_missing_values_go_where_the_model_sends_them(
    model, fitted_with_gaps, table, gaps, response
):
    model.fit(gaps if fitted_with_gaps else table, response)
    assert_counts_what_the_model_says(model, gaps)


@pytest.fixture(scope="module")
def coded():
    """Categories 10 and 30 differ from 20, 40 and missing: as numbers, and as text."""
    generator = np.random.default_rng(36)
    code = generator.choice([10.0, 20.0, 30.0, 40.0, np.nan], 240)
    smooth, other = generator.normal(size=(2, 240))
    high = ~np.isin(code, [10, 30])
    words = pd.Series(code).map({10: "a", 20: "b", 30: "c", 40: "d"})
    table = pd.DataFrame({"smooth": smooth, "code": code, "other": other})
    return table, words.astype("category"), other * (code == 20) - high * (5 + smooth)


def test_numbers_that_are_categories(coded):
    """A number that the model never saw counts as missing."""
    table, _, response = coded
    model = HistGradientBoostingRegressor(max_iter=5, categorical_features=["code"])
    model.fit(table, response)
    assert model._predictors[0][0].nodes["is_categorical"][0]
    assert_counts_what_the_model_says(model, table)
    assert_counts_what_the_model_says(model, table.replace({"code": {20.0: 5.0}}))


def test_categories_by_type(coded):
    """With missing ones, without, and with one that the model never saw."""
    table, words, response = coded
    model = HistGradientBoostingRegressor(max_iter=5)
    model.fit(table.assign(code=words), response)
    assert model._predictors[0][0].nodes["is_categorical"][0]
    assert_counts_what_the_model_says(model, table.assign(code=words))
    known = words.notna()
    assert_counts_what_the_model_says(model, table[known].assign(code=words[known]))
    renamed = words.cat.rename_categories({"a": "new"})
    assert_counts_what_the_model_says(model, table.assign(code=renamed))


def test_values_are_compared_as_the_model_compares_them():
    """Forests round to float32, histogram boosting does not: 1e-9 apart is one value or two."""
    close = pd.DataFrame({"a": 1 + np.arange(40) * 1e-9, "b": np.arange(40.0) % 7})
    response = np.arange(40.0) // 10
    for model in [
        RandomForestRegressor(5, random_state=0),
        HistGradientBoostingRegressor(max_iter=4, min_samples_leaf=2),
    ]:
        model.fit(close, response)
        leaves = leaf_ensemble(model, None, None)
        values = close["a"].to_numpy()
        found = leaves.partial_dependence(close.to_numpy(), 0, 1, values, np.array([3.0]))
        expected = brute_force(model, close, close["a"], pd.Series([3.0], name="b"))
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)


def test_thresholds_that_meet_values_exactly():
    whole = pd.DataFrame({"a": np.repeat([0.0, 1.0, 2.0], 3), "b": np.tile([0.0, 1.0, 2.0], 3)})
    model = DecisionTreeRegressor().fit(whole * 2, whole["a"] * whole["b"])
    assert set(model.tree_.threshold[model.tree_.feature >= 0]) == {1.0, 3.0}
    leaves = leaf_ensemble(model, None, None)
    at = np.array([0.0, 1.0, 1.0000001, 3.0, 3.0000005])
    found = leaves.partial_dependence(whole.to_numpy(), 0, 1, at, at)
    expected = brute_force(model, whole, pd.Series(at, name="a"), pd.Series(at, name="b"))
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-15)


def test_a_tree_without_a_split_and_features_without_a_test(table):
    constant = DecisionTreeRegressor().fit(table, np.full(ROWS, 2.5))
    assert_counts_what_the_model_says(constant, table)
    one = DecisionTreeRegressor().fit(table, table["tied"])
    assert_counts_what_the_model_says(one, table)


def test_work_in_small_parts_gives_the_same(table, gaps, response, monkeypatch):
    model = RandomForestRegressor(2, max_depth=5, random_state=0).fit(gaps, response)
    values = model_features(model, gaps).values
    at_once = list(leaf_ensemble(model, None, None).interactions(values))
    monkeypatch.setattr("lib.stats.models.leaves.ensemble._NUMBERS_IN_A_BLOCK", 1)
    monkeypatch.setattr("lib.stats.models.leaves.ensemble._WORDS_AT_A_TIME", 1)
    monkeypatch.setattr("lib.stats.models.leaves.boxes._WORDS_IN_A_FRONTIER", 1)
    monkeypatch.setattr("lib.stats.models.leaves.trees._NODES_IN_A_BLOCK", 1)
    in_parts = list(leaf_ensemble(model, None, None).interactions(values))
    assert [len(at_once), len(in_parts)] == [1, 3]
    for number, (pairs, alone, together) in enumerate(in_parts):
        np.testing.assert_array_equal(pairs[0], at_once[0][0][number])
        np.testing.assert_allclose(alone, at_once[0][1], rtol=0, atol=1e-12)
        np.testing.assert_allclose(together[0], at_once[0][2][number], rtol=0, atol=1e-12)


# Random trees ---------------------------------------------------------------------------------


@st.composite
def tables(draw):
    """Whole numbers with ties and gaps, and a response."""
    rows = draw(st.integers(8, 70))
    elements = st.integers(-4, 4).map(float) | st.just(np.nan)
    values = draw(hnp.arrays(np.float64, (rows, 3), elements=elements, fill=st.nothing()))
    response = draw(hnp.arrays(np.float64, rows, elements=st.integers(-9, 9).map(float)))
    return pd.DataFrame(values, columns=NUMBERS), response


@given(drawn=tables(), seed=st.integers(0, 10**6))
@settings(max_examples=10, deadline=None)
def test_random_forests_of_random_tables(drawn, seed):
    table, response = drawn
    model = RandomForestRegressor(3, random_state=seed).fit(table, response)
    assert_counts_what_the_model_says(model, table, atol=1e-11)


@given(drawn=tables(), categories=st.booleans())
@settings(max_examples=10, deadline=None)
def test_random_histogram_boosting_of_random_tables(drawn, categories):
    table, response = drawn
    numbers = table.drop(columns="tied") if categories else table
    assume(numbers.notna().any().all())  # scikit-learn refuses numbers that are all missing
    model = HistGradientBoostingRegressor(
        max_iter=2, min_samples_leaf=1, categorical_features=["tied"] if categories else None
    )
    assert_counts_what_the_model_says(model.fit(table, response), table, atol=1e-11)


def test_categories_that_are_all_missing():
    table = pd.DataFrame({"smooth": np.arange(8.0), "tied": np.nan, "tens": [0.0, 10] * 4})
    model = HistGradientBoostingRegressor(
        max_iter=2, min_samples_leaf=1, categorical_features=["tied"]
    )
    model.fit(table, [3, 1, 4, 1, 5, 9, 2, 6])
    assert_counts_what_the_model_says(model, table, atol=1e-11)


# Where it does not apply ----------------------------------------------------------------------


class Sceptical(RandomForestRegressor):
    """A forest that predicts otherwise than its leaves say."""

    def predict(self, X):
        return super().predict(X) / 2


@pytest.mark.parametrize(
    "model",
    [
        LinearRegression(),
        AdaBoostRegressor(n_estimators=3),
        make_pipeline(StandardScaler(), DecisionTreeRegressor()),
        Sceptical(3),
        HistGradientBoostingRegressor(loss="poisson", max_iter=2),
        GradientBoostingRegressor(n_estimators=3, init=LinearRegression()),
    ],
    ids=lambda model: type(model).__name__,
)
def test_other_models_have_no_leaves_that_add_up(model, table, response):
    model.fit(table, response - response.min())
    assert leaf_ensemble(model, None, None) is None


def test_other_scales_have_no_leaves_that_add_up(table, response):
    positive = response > 0.1
    forest = RandomForestClassifier(3).fit(table, positive)
    boosting = GradientBoostingClassifier(n_estimators=3).fit(table, positive)
    assert leaf_ensemble(forest, "log-odds", None) is None
    assert leaf_ensemble(boosting, "probability", None) is None
    assert leaf_ensemble(forest, "probability", None).scale == "probability"
    assert leaf_ensemble(boosting, "log-odds", None).scale == "log-odds"


def test_gradient_boosting_that_starts_at_random_is_refused(table, response):
    random_start = DummyClassifier(strategy="stratified", random_state=0)
    model = GradientBoostingClassifier(n_estimators=3, init=random_start)
    assert leaf_ensemble(model.fit(table, response > 0.1), None, None) is None


def test_missing_values_that_the_model_does_not_accept(table, gaps, response):
    model = GradientBoostingRegressor(n_estimators=3).fit(table, response)
    values = model_features(model, gaps).values
    leaves = leaf_ensemble(model, None, None)
    message = "Feature 'smooth' has missing values, which GradientBoostingRegressor does not accept"
    with pytest.raises(ValueError, match=message):
        leaves.partial_dependence(values, 0, 1, values[:2, 0], values[:2, 1])
    with pytest.raises(ValueError, match=message):
        next(leaves.interactions(values))
