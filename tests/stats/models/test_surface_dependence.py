"""partial_dependence and individual_curves against scikit-learn's brute force and plain loops."""

import tracemalloc

import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import mahalanobis
from sklearn import inspection
from sklearn.datasets import make_friedman1
from sklearn.ensemble import (
    ExtraTreesClassifier,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeRegressor

from lib.stats import individual_curves, partial_dependence


class Formula:
    """A model that is what it says."""

    def __init__(self, formula):
        self.formula = formula

    def predict(self, table):
        return self.formula(table)


PRODUCT = Formula(lambda table: table["x1"] * table["x2"] + table["x3"])


@pytest.fixture(scope="module")
def friedman():
    values, response = make_friedman1(90, n_features=6, noise=1, random_state=0)
    table = pd.DataFrame(values, columns=[f"x{number}" for number in range(1, 7)])
    return table, response


def sklearn_grid(model, table, axes, kind="average"):
    """The same quantity, cell by cell: y by row, x by column."""
    classifier = hasattr(model, "classes_")
    return inspection.partial_dependence(
        model,
        table,
        list(axes),
        custom_values=axes,
        method="brute",
        kind=kind,
        response_method="predict_proba" if classifier else "auto",
    )


MODELS = {
    "tree": DecisionTreeRegressor(random_state=0),
    "forest": RandomForestRegressor(20, random_state=0),
    "forest of classes": RandomForestClassifier(20, random_state=0),
    "extra trees": ExtraTreesClassifier(20, min_samples_leaf=3, random_state=0),
    "boosting": GradientBoostingRegressor(n_estimators=20, random_state=0),
    "boosting of classes": GradientBoostingClassifier(n_estimators=20, random_state=0),
    "histogram boosting": HistGradientBoostingRegressor(max_iter=5, random_state=0),
    "linear": LinearRegression(),
    "logistic": LogisticRegression(),
    "neighbours in a pipeline": make_pipeline(StandardScaler(), KNeighborsRegressor()),
}


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_equals_scikit_learn_s_brute_force(friedman, model):
    table, response = friedman
    classifier = "Classifier" in type(model).__name__ or isinstance(model, LogisticRegression)
    model.fit(table, response > np.median(response) if classifier else response)
    surface = partial_dependence(
        model, table, "x1", "x4", size=3, scale="probability" if classifier else None
    )
    assert (surface.x, surface.y) == ("x1", "x4")
    axes = {"x1": surface.values.columns.to_numpy(), "x4": surface.values.index.to_numpy()}
    expected = sklearn_grid(model, table, axes)["average"][0].T
    np.testing.assert_allclose(surface.values, expected, rtol=0, atol=1e-7)


def test_boosting_is_averaged_in_log_odds_unless_asked(friedman):
    table, response = friedman
    model = GradientBoostingClassifier(n_estimators=10).fit(table, response > 14)
    surface = partial_dependence(model, table, "x1", "x2", size=3)
    assert surface.scale == "log-odds"
    for x2 in surface.values.index:
        for x1 in surface.values.columns:
            mean = model.decision_function(table.assign(x1=x1, x2=x2)).mean()
            assert surface.values.loc[x2, x1] == pytest.approx(mean, abs=1e-7)


def test_axes_run_from_the_smallest_to_the_largest_value(friedman):
    table = friedman[0]
    surface = partial_dependence(PRODUCT, table, "x1", "x2")
    x, y = (np.linspace(table[name].min(), table[name].max(), 20) for name in ["x1", "x2"])
    np.testing.assert_array_equal(surface.values.columns, x)
    np.testing.assert_array_equal(surface.values.index, y)


def test_axes_of_few_values_are_these_and_others_may_be_given(friedman):
    table = friedman[0].assign(x1=[1, 2, 3] * 30)
    surface = partial_dependence(PRODUCT, table, "x1", "x2", y_values=[0, 0.25])
    assert surface.values.columns.tolist() == [1, 2, 3]
    assert surface.values.index.tolist() == [0, 0.25]
    expected = np.outer([0, 0.25], [1, 2, 3]) + table["x3"].mean()
    np.testing.assert_allclose(surface.values, expected, rtol=0, atol=1e-12)
    assert surface.interaction_share == pytest.approx(
        np.var([-1, 0, 1]) * np.var([0, 0.25]) / np.var(expected)
    )


def test_rows_may_lack_the_features_that_are_set(friedman):
    table = friedman[0]
    gaps = table.assign(
        x1=table["x1"].mask(table.index % 3 == 1), x2=np.where(table.index, table["x2"], np.nan)
    )
    axes = {"x_values": [0.2, 0.4], "y_values": [0.5, 0.6]}
    pd.testing.assert_frame_equal(
        partial_dependence(PRODUCT, gaps, "x1", "x2", **axes).values,
        partial_dependence(PRODUCT, table, "x1", "x2", **axes).values,
    )


def test_support_knows_x_and_y_alone(friedman):
    table = friedman[0].assign(x2=friedman[0]["x1"] + 0.1 * friedman[0]["x2"])
    surface = partial_dependence(PRODUCT, table, "x1", "x2", size=6)
    both = table[["x1", "x2"]]
    mean, inverse = both.mean(), np.linalg.inv(both.cov())
    farthest = max(mahalanobis(row, mean, inverse) for row in both.to_numpy())
    expected = [
        [mahalanobis([x1, x2], mean, inverse) > farthest for x1 in surface.values.columns]
        for x2 in surface.values.index
    ]
    assert surface.support.outside.to_numpy().tolist() == expected
    assert 0 < surface.support.share_outside < 1
    assert surface.support.rows.sum(axis=None) == len(table)


# Long work -------------------------------------------------------------------------------------


@pytest.fixture
def one_cell_at_a_time(monkeypatch):
    monkeypatch.setattr("lib.stats.models.predictions._NUMBERS_AT_A_TIME", 1)


def test_work_in_parts_changes_nothing(friedman, monkeypatch):
    table = friedman[0]
    whole = partial_dependence(PRODUCT, table, "x1", "x2", size=5).values
    curves = individual_curves(PRODUCT, table, "x1", size=7)
    for numbers in [1, 4 * table.size, 10 * table.size]:
        monkeypatch.setattr("lib.stats.models.predictions._NUMBERS_AT_A_TIME", numbers)
        found = partial_dependence(PRODUCT, table, "x1", "x2", size=5).values
        pd.testing.assert_frame_equal(found, whole, rtol=0, atol=0)
        found = individual_curves(PRODUCT, table, "x1", size=7)
        pd.testing.assert_frame_equal(found, curves, rtol=0, atol=0)


def test_progress_counts_cells(friedman, one_cell_at_a_time):
    seen = []
    partial_dependence(
        PRODUCT, friedman[0], "x1", "x2", size=3, progress=lambda *done: seen.append(done)
    )
    assert seen == [(done, 9) for done in range(1, 10)]


def test_trees_report_once(friedman):
    table, response = friedman
    model = DecisionTreeRegressor(max_depth=3).fit(table, response)
    seen = []
    partial_dependence(model, table, "x1", "x2", size=3, progress=lambda *done: seen.append(done))
    assert seen == [(9, 9)]


def test_stopped_work_leaves_the_cells_not_reached_missing(friedman, one_cell_at_a_time):
    table = friedman[0]
    whole = partial_dependence(PRODUCT, table, "x1", "x2", size=3).values.to_numpy().ravel()
    stopped = partial_dependence(
        PRODUCT, table, "x1", "x2", size=3, progress=lambda done, _: done < 4
    )
    found = stopped.values.to_numpy().ravel()
    np.testing.assert_array_equal(found[:4], whole[:4])
    assert np.isnan(found[4:]).all()
    assert np.isnan(stopped.interaction_share)
    curves = individual_curves(PRODUCT, table, "x1", size=5, progress=lambda done, _: done < 2)
    assert curves.isna().all(axis=1).tolist() == [False, False, True, True, True]


@pytest.mark.parametrize(
    "work",
    [
        lambda table: partial_dependence(Formula(lambda rows: rows[0]), table, 0, 1),
        lambda table: individual_curves(Formula(lambda rows: rows[0]), table, 0),
    ],
)
def test_memory_stays_below_300_megabytes(work):
    """2000 x 200: all cells at once would take 1.3 GB."""
    table = pd.DataFrame(np.random.default_rng(0).normal(size=(2000, 200)))
    tracemalloc.start()
    try:
        work(table)
        assert tracemalloc.get_traced_memory()[1] < 300e6
    finally:
        tracemalloc.stop()


# Individual curves -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["forest of classes", "boosting", "neighbours in a pipeline"])
def test_curves_equal_scikit_learn_s_and_their_mean_is_the_partial_dependence(friedman, kind):
    table, response = friedman
    model = MODELS[kind].fit(table, response > 14 if kind == "forest of classes" else response)
    curves = individual_curves(model, table, "x4", size=5)
    assert curves.index.name == "x4"
    assert curves.columns.tolist() == table.index.tolist()
    expected = sklearn_grid(model, table, {"x4": curves.index.to_numpy()}, kind="both")
    np.testing.assert_allclose(curves.T, expected["individual"][0], rtol=0, atol=1e-7)
    np.testing.assert_allclose(curves.mean(axis=1), expected["average"][0], rtol=0, atol=1e-7)


def test_curves_of_an_additive_model_are_parallel(friedman):
    additive = Formula(lambda table: np.sin(9 * table["x1"]) + table["x2"] * table["x3"])
    curves = individual_curves(additive, friedman[0], "x1")
    assert len(curves) == 50
    np.testing.assert_allclose((curves - curves.iloc[0]).std(axis=1), 0, rtol=0, atol=1e-12)


def test_curves_keep_row_labels_and_scale():
    table = pd.DataFrame({"x": [0.0, 1, 2, 3], "z": [1, 0, 0, 1]}, index=list("dabc"))
    model = LogisticRegression().fit(table, [0, 1, 0, 1])
    log_odds = individual_curves(model, table, "x", x_values=[0, 5])
    assert log_odds.columns.tolist() == list("dabc")
    probability = individual_curves(model, table, "x", x_values=[0, 5], scale="probability")
    np.testing.assert_allclose(np.log(probability / (1 - probability)), log_odds, atol=1e-12)
    other = individual_curves(model, table, "x", x_values=[0, 5], target=0, scale="probability")
    np.testing.assert_allclose(other, 1 - probability, rtol=0, atol=1e-12)


def test_a_model_of_one_feature_has_one_curve_for_every_row():
    table = pd.DataFrame({"x": [0.0, 1, 3]})
    model = LinearRegression().fit(table, [1, 3, 7])
    curves = individual_curves(model, table, "x")
    np.testing.assert_allclose(curves, [[1] * 3, [3] * 3, [7] * 3], rtol=0, atol=1e-12)


# Refusals --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"x": "x9"}, "no feature 'x9': choose from 'x1', 'x2'"),
        ({"y": "x1"}, "x and y are both 'x1'"),
        ({"size": 0}, "size is 0: a grid needs at least 2 values"),
        ({"x_values": [2, 1]}, "values given for 'x1' are not two or more"),
        ({"scale": "log-odds"}, "A regressor has no log-odds"),
    ],
)
def test_options_are_refused_by_name(friedman, options, message):
    with pytest.raises(ValueError, match=message):
        partial_dependence(PRODUCT, friedman[0], **({"x": "x1", "y": "x2"} | options))
    if "y" not in options:
        with pytest.raises(ValueError, match=message):
            individual_curves(PRODUCT, friedman[0], **({"x": "x1"} | options))


def test_constant_features_are_refused(friedman):
    table = friedman[0].assign(x1=0.1)
    for work in (
        lambda: partial_dependence(PRODUCT, table, "x1", "x2"),
        lambda: individual_curves(PRODUCT, table, "x1"),
    ):
        with pytest.raises(ValueError, match="Column 'x1' is constant or empty"):
            work()
