"""What a model is asked and answers: columns, classes and scales."""

import warnings

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import make_column_transformer
from sklearn.ensemble import (
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from lib.stats import interaction_strengths, partial_dependence
from lib.stats.models.predictions import model_features, predictions_at, predictor

ROWS = 80


@pytest.fixture(scope="module")
def table():
    generator = np.random.default_rng(30)
    return pd.DataFrame(
        {
            "age": generator.normal(40, 10, ROWS).round(),
            "lit": generator.random(ROWS) < 0.5,
            "rooms": generator.integers(1, 6, ROWS),
            "sex": generator.choice(["female", "male"], ROWS),
            "port": pd.Categorical(generator.choice(["C", "Q", "S"], ROWS)),
        }
    )


@pytest.fixture(scope="module")
def numbers(table):
    return table[["age", "lit", "rooms"]]


@pytest.fixture(scope="module")
def survived(table):
    score = table["age"] / 10 + table["rooms"] * table["lit"] - 2 * (table["sex"] == "male")
    return np.where(score > score.median(), "yes", "no")


@pytest.fixture(scope="module")
def fate(table):
    score = table["age"] / 10 + table["rooms"] * table["lit"]
    return pd.qcut(score, 3, labels=["crew", "lost", "saved"]).to_numpy(str)


def ask(model, table, scale=None, target=None):
    features = model_features(model, table)
    predict, scale = predictor(model, features, scale, target)
    return predict(features.values), scale


def text_pipeline(model):
    columns = make_column_transformer(
        (OneHotEncoder(), ["sex", "port"]), remainder="passthrough", sparse_threshold=0
    )
    return make_pipeline(columns, model)


# Columns --------------------------------------------------------------------------------------


def test_columns_are_found_by_name_and_others_left_out(table, numbers, survived):
    model = RandomForestClassifier(5, random_state=0).fit(numbers, survived)
    shuffled = table[["sex", "rooms", "port", "age", "lit"]]
    found, _ = ask(model, shuffled)
    assert model_features(model, shuffled).names.tolist() == ["age", "lit", "rooms"]
    np.testing.assert_array_equal(found, model.predict_proba(numbers)[:, 1])


def test_a_model_fitted_without_names_gets_an_array_by_position(numbers):
    model = LinearRegression().fit(numbers.to_numpy(float), numbers["age"] ** 2)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found, scale = ask(model, numbers)
    assert scale == "response"
    np.testing.assert_array_equal(found, model.predict(numbers.to_numpy(float)))


def test_text_and_categories_reach_a_pipeline_as_they_were(table, survived):
    model = text_pipeline(LogisticRegression(max_iter=5000, tol=0.1)).fit(table, survived)
    found, _ = ask(model, table[table.columns[::-1]], "probability")
    np.testing.assert_allclose(found, model.predict_proba(table)[:, 1], rtol=0, atol=1e-14)


def test_missing_values_of_every_kind_reach_the_model(table):
    gaps = table.astype({"rooms": "float64"})
    gaps.loc[::7, ["age", "rooms", "sex", "port"]] = np.nan
    columns = make_column_transformer(
        (OrdinalEncoder(encoded_missing_value=-1), ["sex", "port"]), remainder="passthrough"
    )
    model = make_pipeline(columns, DecisionTreeRegressor()).fit(gaps, table["age"])
    found, _ = ask(model, gaps.astype({"rooms": "Int64"}))
    np.testing.assert_array_equal(found, model.predict(gaps))


def test_categories_of_histogram_boosting_are_its_own(table, survived):
    """A category that the model never saw counts as missing, wherever the table lists it."""
    model = HistGradientBoostingClassifier(max_iter=2, min_samples_leaf=3)
    model.fit(table[["port", "age"]], survived)
    later = table[["age", "port"]].assign(
        port=pd.Categorical(table["port"].astype(str).replace("Q", "Belfast"))
    )
    features = model_features(model, later)
    assert features.levels[0].tolist() == ["C", "Q", "S"]
    assert np.isnan(features.values[later["port"] == "Belfast", 0]).all()
    found, _ = ask(model, later, "probability")
    np.testing.assert_array_equal(found, model.predict_proba(later[["port", "age"]])[:, 1])


def test_categories_that_are_numbers_stay_numbers(table):
    rooms = pd.DataFrame({"rooms": pd.Categorical(table["rooms"]), "age": table["age"]})
    model = DecisionTreeRegressor().fit(rooms, table["age"])
    features = model_features(model, rooms)
    assert not features.levels
    np.testing.assert_array_equal(features.values[:, 0], table["rooms"])


def test_predictions_at_settings_some_at_a_time(numbers, monkeypatch):
    model = KNeighborsRegressor().fit(numbers, numbers["age"])
    features = model_features(model, numbers)
    predict, _ = predictor(model, features)
    values = features.values
    settings = np.array([[30.0, 1.0], [50.0, 2.0], [60.0, 5.0]])
    monkeypatch.setattr("lib.stats.models.predictions._NUMBERS_AT_A_TIME", 2 * values.size)
    found = list(predictions_at(predict, values, [0, 2], settings))
    assert [which for which, _ in found] == [slice(0, 2), slice(2, 3)]
    for row, (age, rooms) in zip(np.vstack([part for _, part in found]), settings, strict=True):
        there = numbers.assign(age=age, rooms=rooms)
        np.testing.assert_array_equal(row, model.predict(there))


# Scales ---------------------------------------------------------------------------------------

LOG_ODDS = [
    LogisticRegression(max_iter=5000, tol=0.1),
    GradientBoostingClassifier(n_estimators=10),
    GradientBoostingClassifier(n_estimators=10, loss="exponential"),
    HistGradientBoostingClassifier(max_iter=3),
]


@pytest.mark.parametrize("model", LOG_ODDS, ids=lambda model: type(model).__name__)
def test_two_classes_on_their_own_scale_have_their_log_odds(model, numbers, survived):
    model.fit(numbers, survived)
    p = model.predict_proba(numbers)[:, 1]
    for target, sign in [("yes", 1), ("no", -1), (None, 1)]:
        found, scale = ask(model, numbers, None, target)
        assert scale == "log-odds"
        np.testing.assert_allclose(found, sign * np.log(p / (1 - p)), rtol=0, atol=1e-12)


@pytest.mark.parametrize("model", [LOG_ODDS[0], LOG_ODDS[1], LOG_ODDS[3], GaussianNB()])
def test_log_odds_of_three_classes_are_against_the_mean_of_the_others(model, numbers, fate):
    model.fit(numbers, fate)
    crew, lost, saved = np.log(model.predict_proba(numbers)).T
    expected = {
        "crew": crew - (lost + saved) / 2,
        "lost": lost - (crew + saved) / 2,
        "saved": saved - (crew + lost) / 2,
    }
    for target, log_odds in expected.items():
        found, scale = ask(model, numbers, "log-odds", target)
        assert scale == "log-odds"
        np.testing.assert_allclose(found, log_odds, rtol=0, atol=1e-11)


@pytest.mark.parametrize("model", [RandomForestClassifier(5), GaussianNB()])
def test_without_a_score_the_own_scale_is_probability(model, numbers, survived):
    model.fit(numbers, survived)
    found, scale = ask(model, numbers)
    assert scale == "probability"
    np.testing.assert_array_equal(found, model.predict_proba(numbers)[:, 1])


def test_a_score_that_is_a_distance_is_no_log_odds(numbers, survived):
    class Distance:
        classes_ = np.array(["no", "yes"])

        def predict(self, table):
            return self.classes_[(table["age"] > 40).astype(int)]

        def decision_function(self, table):
            return table["age"].to_numpy() - 40

        def predict_proba(self, table):
            p = 1 / (1 + np.exp(-self.decision_function(table) / 20))
            return np.column_stack([1 - p, p])

    assert ask(Distance(), numbers)[1] == "probability"
    found, _ = ask(Distance(), numbers, "log-odds")
    np.testing.assert_allclose(found, (numbers["age"] - 40) / 20, rtol=0, atol=1e-12)


def test_large_log_odds_stay_finite(numbers, survived):
    """The probability is 1 in float64, its log-odds are not infinite: the score has them."""
    table = pd.DataFrame({"x": [-1.0, 1.0] * 40})
    model = LogisticRegression(C=1e6, max_iter=5000).fit(table, [0, 1] * 40)
    predict, _ = predictor(model, model_features(model, table))
    assert 40 < predict(np.array([[100.0]]))[0] < np.inf


def test_infinite_log_odds_are_refused_with_the_way_out(numbers, survived):
    model = DecisionTreeClassifier().fit(numbers, survived)
    with pytest.raises(
        ValueError, match=r"class 'yes' are infinite in \d+ of 80 .*use scale='probability'"
    ):
        ask(model, numbers, "log-odds")


# Refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.drop(columns=["age", "rooms"]), r"lacks what .* fitted on: 'age', 'rooms'\."),
        (lambda t: t.iloc[:0], "no rows: add rows"),
        (lambda t: t.assign(age=np.inf), r"Column 'age' is infinite in places: .*np\.nan"),
        (lambda t: t.set_axis(["age", "lit", "age"], axis=1), "'age' is there more than once"),
    ],
)
def test_tables_that_do_not_fit_the_model(change, message, numbers):
    model = DecisionTreeRegressor().fit(numbers, numbers["age"])
    with pytest.raises(ValueError, match=message):
        model_features(model, change(numbers))


def test_another_number_of_columns_without_names(numbers):
    model = DecisionTreeRegressor().fit(numbers.to_numpy(float), numbers["age"])
    with pytest.raises(ValueError, match="3 columns without names, the table has 2: pass the col"):
        model_features(model, numbers[["age", "rooms"]])


@pytest.mark.parametrize(
    ("model", "options", "message"),
    [
        (RandomForestClassifier(3), {"target": "maybe"}, "no class 'maybe': .* from 'no', 'yes'"),
        (RandomForestClassifier(3), {"scale": "response"}, "choose 'probability' or 'log-odds'"),
        (RandomForestClassifier(3), {"scale": "odds"}, "Unknown scale 'odds': choose from prob"),
        (SVC(), {}, "SVC gives no probabilities: wrap it in .*CalibratedClassifierCV"),
    ],
)
def test_what_a_classifier_cannot_answer(model, options, message, numbers, survived):
    with pytest.raises(ValueError, match=message):
        predictor(model, model_features(model.fit(numbers, survived), numbers), **options)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"target": "yes"}, "A regressor has no classes: leave out target='yes'"),
        ({"scale": "log-odds"}, "A regressor has no log-odds: leave scale out"),
    ],
)
def test_what_a_regressor_cannot_answer(options, message, numbers):
    model = DecisionTreeRegressor().fit(numbers, numbers["age"])
    with pytest.raises(ValueError, match=message):
        predictor(model, model_features(model, numbers), **options)


def test_of_three_classes_one_must_be_chosen(numbers, fate):
    model = RandomForestClassifier(3).fit(numbers, fate)
    with pytest.raises(ValueError, match="3 classes: choose target from 'crew', 'lost', 'saved'"):
        predictor(model, model_features(model, numbers))


def test_one_class_is_not_enough(numbers):
    model = DecisionTreeClassifier().fit(numbers, ["yes"] * ROWS)
    with pytest.raises(ValueError, match="only class 'yes': fit it on rows of at least two"):
        predictor(model, model_features(model, numbers))


def test_several_outputs(numbers, survived):
    response = numbers[["age", "rooms"]]
    regressor = RandomForestRegressor(3).fit(numbers, response)
    with pytest.raises(ValueError, match="several outputs: fit one model an output"):
        ask(regressor, numbers)
    classifier = RandomForestClassifier(3).fit(numbers, np.column_stack([survived, survived]))
    with pytest.raises(ValueError, match="several outputs: fit one model an output"):
        ask(classifier, numbers)


def test_one_output_in_a_column_is_one_output(numbers):
    model = LinearRegression().fit(numbers, numbers[["age"]])
    np.testing.assert_allclose(ask(model, numbers)[0], numbers["age"], rtol=0, atol=1e-12)


def test_a_model_with_no_more_than_fit_and_predict_is_asked_like_one_of_scikit_learn():
    class Product:
        def fit(self):
            return self

        def predict(self, rows):
            rows = np.asarray(rows)
            return rows[:, 0] * rows[:, 1] + rows[:, 2]

    table = pd.DataFrame(np.random.default_rng(0).normal(size=(9, 3)), columns=[*"abc"])
    found = interaction_strengths(Product(), table)
    # What a and b do together, less what each does at the mean of the other
    left = (table["a"] - table["a"].mean()) * (table["b"] - table["b"].mean())
    assert found.rms.loc["a", "b"] == pytest.approx((left - left.mean()).std(ddof=0), abs=1e-12)
    assert found.rms.loc["a", "c"] == pytest.approx(0, abs=1e-12)
    surface = partial_dependence(Product(), table, "a", "b", size=3)
    steps = np.diff(np.diff(surface.values.to_numpy(), axis=0), axis=1)
    widths = np.outer(np.diff(surface.values.index), np.diff(surface.values.columns))
    np.testing.assert_allclose(steps, widths, atol=1e-12)


def test_models_that_cannot_predict(numbers):
    with pytest.raises(ValueError, match="RandomForestRegressor instance is not fitted yet"):
        model_features(RandomForestRegressor(), numbers)
    with pytest.raises(ValueError, match="dict has no predict: pass a fitted model"):
        model_features({}, numbers)
