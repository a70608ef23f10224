"""interaction_strengths against brute force, known truths and the course's numbers."""

import tracemalloc
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.datasets import make_friedman1
from sklearn.ensemble import (
    ExtraTreesRegressor,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder
from sklearn.tree import DecisionTreeRegressor

import datasets
from lib.stats import interaction_strengths

ROWS = 70
NAMES = ["smooth", "tied", "tens", "flag"]


@pytest.fixture(scope="module")
def table():
    generator = np.random.default_rng(33)
    return pd.DataFrame(
        {
            "smooth": generator.normal(size=ROWS),
            "tied": generator.integers(0, 5, ROWS),
            "tens": generator.integers(10, 16, ROWS) * 10,
            "flag": generator.random(ROWS) < 0.4,
        }
    )


@pytest.fixture(scope="module")
def response(table):
    return (table["smooth"] * (table["tens"] > 120) + table["tied"] * table["flag"]).to_numpy()


class Hidden:
    """A model of which nothing is known but what it answers."""

    def __init__(self, model):
        self.model = model
        if hasattr(model, "classes_"):
            self.classes_ = model.classes_
            self.predict_proba = model.predict_proba

    def predict(self, table):
        return self.model.predict(table)


def brute_force(predict, table):
    """Of each pair: rms and max of the departure from additivity, and sd of the dependence."""

    def centred_average(*names):
        n = len(table)
        stacked = table.iloc[np.tile(np.arange(n), n)].reset_index(drop=True)
        for name in names:
            stacked[name] = table[name].iloc[np.repeat(np.arange(n), n)].array
        means = predict(stacked).reshape(n, n).mean(axis=1)
        return means - means.mean()

    found = {}
    alone = {name: centred_average(name) for name in table}
    for x, y in combinations(table, 2):
        both = centred_average(x, y)
        e = both - alone[x] - alone[y]
        rms, spread = np.sqrt((e**2).mean()), np.sqrt((both**2).mean())
        found[x, y] = rms, np.abs(e).max(), spread
    return found


def assert_equals_brute_force(found, expected):
    for (x, y), (rms, largest, spread) in expected.items():
        assert found.rms.loc[x, y] == pytest.approx(rms, rel=0, abs=1e-12)
        assert found.max.loc[x, y] == pytest.approx(largest, rel=0, abs=1e-12)
        assert found.spread.loc[x, y] == pytest.approx(spread, rel=0, abs=1e-12)
        if spread > 1e-3:
            assert found.h.loc[x, y] == pytest.approx(rms / spread, rel=0, abs=1e-10)


# Against brute force --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "model",
    [
        RandomForestRegressor(5, random_state=0),
        ExtraTreesRegressor(4, random_state=0),
        GradientBoostingRegressor(n_estimators=6, random_state=0),
        HistGradientBoostingRegressor(max_iter=4, min_samples_leaf=4),
        DecisionTreeRegressor(max_depth=3, random_state=0),
    ],
    ids=lambda model: type(model).__name__,
)
def test_regressors_equal_brute_force(model, table, response):
    model.fit(table, response)
    found = interaction_strengths(model, table)
    assert (found.exact, found.scale, found.n) == (True, "response", ROWS)
    assert_equals_brute_force(found, brute_force(model.predict, table))


def test_forest_of_three_classes_equals_brute_force(table, response):
    model = RandomForestClassifier(5, random_state=0)
    model.fit(table, np.digitize(response, [-0.2, 0.7]))
    found = interaction_strengths(model, table, target=2)
    assert (found.exact, found.scale) == (True, "probability")
    expected = brute_force(lambda rows: model.predict_proba(rows)[:, 2], table)
    assert_equals_brute_force(found, expected)


@pytest.mark.parametrize(
    "model",
    [
        GradientBoostingClassifier(n_estimators=5, random_state=0),
        HistGradientBoostingClassifier(max_iter=4, min_samples_leaf=4),
    ],
    ids=lambda model: type(model).__name__,
)
def test_boosting_equals_brute_force_on_both_scales(model, table, response):
    """Exact on the log-odds, where its trees add up; by predictions for probabilities."""
    model.fit(table, response > 0.1)
    found = interaction_strengths(model, table)
    assert (found.exact, found.scale) == (True, "log-odds")
    assert_equals_brute_force(found, brute_force(model.decision_function, table))
    found = interaction_strengths(model, table[:40], scale="probability")
    assert (found.exact, found.scale) == (False, "probability")
    expected = brute_force(lambda rows: model.predict_proba(rows)[:, 1], table[:40])
    assert_equals_brute_force(found, expected)


def test_boosting_of_three_classes_equals_brute_force(table, response):
    model = GradientBoostingClassifier(n_estimators=4, random_state=0)
    model.fit(table, np.digitize(response, [-0.2, 0.7]))
    found = interaction_strengths(model, table, target=1)

    def against_the_others(rows):
        first, second, third = np.log(model.predict_proba(rows)).T
        return second - (first + third) / 2

    assert_equals_brute_force(found, brute_force(against_the_others, table))


def test_missing_values_and_categories_equal_brute_force(table, response):
    gaps = table.assign(port=pd.Categorical(np.resize(["C", "Q", "S", "B"], ROWS)))
    gaps = gaps.drop(columns="flag").mask(np.random.default_rng(34).random((ROWS, 4)) < 0.2)
    model = HistGradientBoostingRegressor(max_iter=5, min_samples_leaf=3)
    model.fit(gaps, response + (gaps["port"] == "Q") * gaps["smooth"].fillna(1))
    found = interaction_strengths(model, gaps)
    assert found.exact
    assert_equals_brute_force(found, brute_force(model.predict, gaps))
    forest = RandomForestRegressor(4, random_state=0).fit(gaps.drop(columns="port"), response)
    found = interaction_strengths(forest, gaps)
    assert_equals_brute_force(found, brute_force(forest.predict, gaps.drop(columns="port")))


@st.composite
def drawn_tables(draw):
    """Whole numbers with ties and gaps, and a response."""
    rows = draw(st.integers(6, 20))
    elements = st.integers(-4, 4).map(float) | st.just(np.nan)
    values = draw(hnp.arrays(np.float64, (rows, 3), elements=elements, fill=st.nothing()))
    response = draw(hnp.arrays(np.float64, rows, elements=st.integers(-9, 9).map(float)))
    return pd.DataFrame(values, columns=list("abc")), response


@given(drawn=drawn_tables(), seed=st.integers(0, 10**6))
@settings(max_examples=12, deadline=None)
def test_random_forests_equal_brute_force(drawn, seed):
    table, response = drawn
    model = RandomForestRegressor(2, random_state=seed).fit(table, response)
    found = interaction_strengths(model, table)
    assert_equals_brute_force(found, brute_force(model.predict, table))


def test_predictions_give_what_the_leaves_give(table, response):
    model = RandomForestClassifier(6, random_state=0).fit(table, response > 0.1)
    exact = interaction_strengths(model, table)
    asked = interaction_strengths(Hidden(model), table)
    assert (exact.exact, asked.exact) == (True, False)
    for measure in ["h", "rms", "max", "spread"]:
        pd.testing.assert_frame_equal(
            getattr(exact, measure), getattr(asked, measure), rtol=0, atol=1e-12
        )


def test_text_columns_are_asked_about_as_they_are(table, response):
    model = make_pipeline(OneHotEncoder(handle_unknown="ignore"), LinearRegression())
    words = table.assign(tied=table["tied"].map(list("abcde").__getitem__))[:30]
    model.fit(words, response[:30])
    found = interaction_strengths(model, words)
    assert found.h.max(axis=None) < 1e-10
    assert found.spread.loc["tied", "flag"] > 0.1


# Known truths ---------------------------------------------------------------------------------


def test_product_by_hand():
    """x y on the corners of a square: each alone says nothing, together all."""
    corners = pd.DataFrame({"x": [-1.0, -1, 1, 1], "y": [-1.0, 1, -1, 1], "z": [5.0, 6, 7, 9]})
    model = DecisionTreeRegressor().fit(corners[["x", "y"]], corners["x"] * corners["y"])
    found = interaction_strengths(model, corners)
    nan = np.nan
    square = pd.DataFrame([[nan, 1], [1, nan]], index=["x", "y"], columns=["x", "y"])
    for measure in [found.h, found.rms, found.max, found.spread]:
        pd.testing.assert_frame_equal(measure, square)


def test_a_sum_has_no_interaction(table):
    response = table["smooth"] + table["tied"] ** 2
    model = LinearRegression().fit(table, response)
    found = interaction_strengths(model, table)
    assert found.rms.max(axis=None) < 1e-12
    assert found.h.max(axis=None) < 1e-10


def test_friedman_1_by_forest_boosting_and_stumps():
    """The truth holds one interaction, of x1 and x2; a forest shows others, at its floor."""
    values, response = make_friedman1(1000, n_features=6, noise=1, random_state=0)
    table = pd.DataFrame(values, columns=[f"x{number}" for number in range(1, 7)])
    background = table.sample(150, random_state=0)

    def largest_h(model):
        pairs = interaction_strengths(model.fit(table, response), background).pairs()
        return pairs.sort_values("h", ascending=False).head(2)

    forest = largest_h(RandomForestRegressor(200, random_state=0))
    assert forest[["x", "y"]].to_numpy()[0].tolist() == ["x1", "x2"]
    assert forest["h"].round(3).tolist() == [0.276, 0.115]
    boosting = largest_h(GradientBoostingRegressor(n_estimators=300, max_depth=3, random_state=0))
    assert boosting[["x", "y"]].to_numpy()[0].tolist() == ["x1", "x2"]
    assert boosting["h"].round(3).tolist() == [0.281, 0.076]
    stumps = GradientBoostingRegressor(n_estimators=50, max_depth=1, random_state=0)
    assert largest_h(stumps)["h"].tolist() == [0, 0]


def test_exclusive_or_is_all_interaction():
    generator = np.random.default_rng(0)
    table = pd.DataFrame(generator.uniform(-1, 1, (1000, 2)), columns=["a", "b"])
    either = (table["a"] > 0) ^ (table["b"] > 0)
    assert table["a"].corr(table["b"]) == pytest.approx(-0.06, abs=0.005)
    model = RandomForestClassifier(60, random_state=0).fit(table, either)
    found = interaction_strengths(model, table)
    assert found.h.loc["a", "b"] == pytest.approx(0.98, abs=0.005)


# The course's forest --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def fitted(cancer, forest):
    return forest, cancer[0]


@pytest.fixture(scope="module")
def strengths(fitted):
    return interaction_strengths(*fitted)


CLAIMED = [
    ("mean radius", "mean texture", 0.044, 0.0015, 0.0056, 148),
    ("worst area", "worst concave points", 0.098, 0.0143, 0.0334, 1),
    ("worst radius", "worst concave points", 0.114, 0.0131, 0.0266, 2),
    ("mean perimeter", "worst area", 0.126, 0.0125, 0.0203, 3),
    ("area error", "worst concave points", 0.129, 0.0120, 0.0248, 4),
    ("mean concave points", "area error", 0.169, 0.0089, 0.0201, 10),
    ("concave points error", "symmetry error", 0.283, 0.0009, 0.0029, 227),
]


@pytest.mark.parametrize(("x", "y", "h", "rms", "largest", "rank"), CLAIMED)
def test_breast_cancer(x, y, h, rms, largest, rank, strengths):
    assert strengths.n == 398
    assert round(strengths.h.loc[x, y], 3) == h
    assert round(strengths.rms.loc[x, y], 4) == rms
    assert round(strengths.max.loc[x, y], 4) == largest
    pairs = strengths.pairs()
    assert pairs.index[(pairs["x"] == x) & (pairs["y"] == y)].tolist() == [rank - 1]


def test_the_size_of_the_background_matters(fitted):
    model, training = fitted
    few = interaction_strengths(model, training.sample(100, random_state=0))
    assert round(few.h.loc["mean radius", "mean texture"], 3) == 0.048
    assert few.pairs().loc[0, ["x", "y"]].tolist() == ["mean perimeter", "worst area"]
    assert few.pairs().loc[0, "rms"].round(4) == 0.0131
    more = interaction_strengths(model, training.sample(300, random_state=0))
    assert round(more.h.loc["mean radius", "mean texture"], 3) == 0.046


def test_other_seeds_name_another_strongest_pair(fitted):
    _, training = fitted
    benign = datasets.load("breast_cancer").loc[training.index, "diagnosis"] == "benign"
    model = RandomForestClassifier(200, random_state=0).fit(training, benign)
    strongest = interaction_strengths(model, training).pairs().loc[0, ["x", "y"]]
    assert strongest.tolist() == ["worst radius", "worst concave points"]


def test_memory_for_435_pairs(fitted):
    tracemalloc.start()
    try:
        interaction_strengths(*fitted)
        assert tracemalloc.get_traced_memory()[1] < 100e6
    finally:
        tracemalloc.stop()


# H is a ratio whose denominator can vanish -------------------------------------------------------


def test_pairs_are_ranked_by_rms_with_h_beside(strengths):
    pairs = strengths.pairs()
    assert pairs.columns.tolist() == ["x", "y", "h", "rms", "max", "spread"]
    assert pairs["rms"].is_monotonic_decreasing
    assert pairs["h"].idxmax() == 226  # the largest H of 435 belongs to a pair that hardly matters
    np.testing.assert_allclose(pairs["h"] * pairs["spread"], pairs["rms"], rtol=1e-12)


def test_features_that_the_model_ignores_have_no_h(table, response):
    """0 / 0 in leaves, rounding / rounding in predictions: NaN, and an rms of nothing."""
    tree = DecisionTreeRegressor(max_depth=1).fit(table, table["flag"])
    weights = np.array([3.0, 1e-9, 1e-9, 1e-9])  # the last are below what 1e8 + x can hold
    line = LinearRegression().fit(table, table["smooth"])
    line.coef_, line.intercept_ = weights, 1e8
    for model, used in [(tree, "flag"), (line, "smooth")]:
        found = interaction_strengths(model, table)
        ignored = [name for name in NAMES if name != used]
        assert found.h.loc[ignored, ignored].isna().all(axis=None)
        assert found.rms.loc[ignored, ignored].max(axis=None) < 1e-7
        assert (found.h.loc[used, ignored] < 1e-6).all()


def test_a_large_offset_is_no_interaction(table, response):
    """1e8 on every leaf: what float64 has left of the leaves' differences is 1e-8."""
    model = RandomForestRegressor(4, random_state=0).fit(table, response)
    near = interaction_strengths(model, table)
    for tree in model.estimators_:
        tree.tree_.value[...] += 1e8
    assert model.predict(table).min() > 9e7
    far = interaction_strengths(model, table)
    pd.testing.assert_frame_equal(near.rms, far.rms, rtol=0, atol=1e-6)
    pd.testing.assert_frame_equal(near.h, far.h, rtol=0, atol=1e-6)


# Frames, columns, background ------------------------------------------------------------------


def test_frames_are_symmetric_and_carry_the_model_s_features(table, response):
    model = RandomForestRegressor(3, random_state=0).fit(table, response)
    shuffled = table.assign(outcome=response)[["outcome", "flag", "tens", "smooth", "tied"]]
    before = shuffled.copy()
    found = interaction_strengths(model, shuffled)
    expected = interaction_strengths(model, table)
    for measure in ["h", "rms", "max", "spread"]:
        frame = getattr(found, measure)
        assert frame.index.tolist() == frame.columns.tolist() == NAMES
        assert np.isnan(np.diagonal(frame)).all()
        pd.testing.assert_frame_equal(frame, frame.T)
        pd.testing.assert_frame_equal(frame, getattr(expected, measure))
    pd.testing.assert_frame_equal(shuffled, before)
    pairs = found.pairs()
    assert len(pairs) == 6
    assert (pairs["x"].map(NAMES.index) < pairs["y"].map(NAMES.index)).all()


def test_order_of_rows_changes_nothing(table, response):
    model = RandomForestRegressor(3, random_state=0).fit(table, response)
    found = interaction_strengths(model, table.sample(frac=1, random_state=1))
    expected = interaction_strengths(model, table)
    pd.testing.assert_frame_equal(found.rms, expected.rms, rtol=0, atol=1e-12)


def test_background_is_drawn_without_replacement(table, response):
    model = RandomForestRegressor(3, random_state=0).fit(table, response)
    found = interaction_strengths(model, table, background=20, seed=7)
    assert found.n == 20
    rows = np.random.default_rng(7).choice(ROWS, 20, replace=False)
    drawn = interaction_strengths(model, table.iloc[rows])
    pd.testing.assert_frame_equal(found.rms, drawn.rms, rtol=0, atol=1e-12)
    assert interaction_strengths(model, table, background=500).n == ROWS


def test_without_a_number_large_tables_are_drawn_from():
    generator = np.random.default_rng(35)
    table = pd.DataFrame(generator.normal(size=(1200, 2)), columns=["a", "b"])
    tree = DecisionTreeRegressor(max_depth=2).fit(table, table["a"] * table["b"])
    assert interaction_strengths(tree, table).n == 1000
    neighbours = KNeighborsRegressor().fit(table[:200], table["a"][:200])
    assert interaction_strengths(neighbours, table[:200]).n == 100


# Progress -------------------------------------------------------------------------------------


def test_progress_is_told_after_each_pair_and_can_stop(table, response):
    model = Hidden(RandomForestRegressor(2, random_state=0).fit(table, response))
    told = []
    found = interaction_strengths(model, table[:20], progress=lambda *done: told.append(done))
    assert told == [(done, 6) for done in range(1, 7)]
    assert found.rms.notna().sum(axis=None) == 12

    stopped = interaction_strengths(model, table[:20], progress=lambda done, _: done < 2)
    assert stopped.rms.notna().sum(axis=None) == 4
    for x, y in [("smooth", "tied"), ("smooth", "tens")]:
        assert stopped.rms.loc[x, y] == found.rms.loc[x, y]
    assert len(stopped.pairs()) == 6
    assert stopped.pairs()["rms"].isna().tolist() == [False] * 2 + [True] * 4


def test_progress_of_leaves_ends_with_all_pairs(table, response):
    model = RandomForestRegressor(2, random_state=0).fit(table, response)
    told = []
    interaction_strengths(model, table, progress=lambda *done: told.append(done))
    assert told == [(6, 6)]


# Refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize("background", [1, 0, -3])
def test_a_background_needs_two_rows(background, table, response):
    model = RandomForestRegressor(2).fit(table, response)
    with pytest.raises(ValueError, match=f"background is {background}: .* at least 2 rows"):
        interaction_strengths(model, table, background=background)
    with pytest.raises(ValueError, match=r"The table has 1 row: .* at least 2"):
        interaction_strengths(model, table[:1])


def test_one_feature_does_not_interact(table, response):
    model = RandomForestRegressor(2).fit(table[["tied"]], response)
    with pytest.raises(ValueError, match="only feature 'tied': an interaction needs two"):
        interaction_strengths(model, table)


def test_refusals_of_columns_classes_scales_and_outputs(table, response):
    classes = np.digitize(response, [-0.2, 0.7])
    forest = RandomForestClassifier(2).fit(table, classes)
    with pytest.raises(ValueError, match="3 classes: choose target from 0, 1, 2"):
        interaction_strengths(forest, table)
    with pytest.raises(ValueError, match="lacks what the model was fitted on: 'tens'"):
        interaction_strengths(forest, table.drop(columns="tens"), target=1)
    with pytest.raises(ValueError, match=r"log-odds of class 1 are infinite .*scale='probability'"):
        interaction_strengths(forest, table, target=1, scale="log-odds")
    two = RandomForestRegressor(2).fit(table, np.column_stack([response, response]))
    with pytest.raises(ValueError, match="several outputs: fit one model an output"):
        interaction_strengths(two, table)
    boosting = GradientBoostingRegressor(n_estimators=2).fit(table, response)
    with pytest.raises(ValueError, match="Feature 'tied' has missing values, which Gradient"):
        interaction_strengths(boosting, table.assign(tied=np.nan))
    with pytest.raises(ValueError, match="RandomForestRegressor instance is not fitted yet"):
        interaction_strengths(RandomForestRegressor(), table)


def test_log_odds_of_logistic_regression_have_no_interaction_probabilities_do(table, response):
    model = LogisticRegression(max_iter=5000, tol=0.1).fit(table, response > 0.1)
    assert interaction_strengths(model, table).h.max(axis=None) < 1e-10
    assert interaction_strengths(model, table, scale="probability").h.max(axis=None) > 0.01
