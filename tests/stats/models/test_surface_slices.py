"""slice_grid against plain loops, and the support of its cells against scipy's distances."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import mahalanobis
from sklearn.compose import make_column_transformer
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

from datasets import load
from lib.stats import slice_grid


class Formula:
    """A model that is what it says."""

    def __init__(self, formula):
        self.formula = formula

    def predict(self, table):
        return self.formula(table)


SUM = Formula(lambda table: table.sum(axis=1))


def normal_table(rows=60, seed=0):
    """Three columns that go together, in different units, and a fourth alone."""
    rng = np.random.default_rng(seed)
    a, b, c, d = rng.normal(size=(4, rows))
    return pd.DataFrame({"a": a, "b": 100 * (a + b), "c": 0.01 * (a - b + c) + 7, "d": d})


# The forest on breast cancer -------------------------------------------------------------------


@pytest.fixture(scope="module")
def slice_of(cancer, forest):
    """Radius x texture over the range of the test rows, the others held by the training rows."""
    train, test, _, _ = cancer

    def slice_(fill, size=50):
        along = {
            name: np.linspace(test[name].min(), test[name].max(), size)
            for name in ["mean radius", "mean texture"]
        }
        x_values, y_values = along.values()
        return slice_grid(forest, train, *along, fill=fill, x_values=x_values, y_values=y_values)

    return slice_


def test_the_map_of_radius_and_texture_is_nearly_additive(slice_of):
    surface = slice_of("mean")
    assert surface.scale == "probability"
    values = surface.values.to_numpy()
    assert (values.min(), values.max()) == pytest.approx((0.59, 0.77), abs=1e-9)
    assert surface.interaction_share == pytest.approx(0.0028, abs=5e-5)
    assert surface.on_log_odds().interaction_share == pytest.approx(0.0013, abs=5e-5)
    assert surface.interaction().abs().max(axis=None) == pytest.approx(0.0071, abs=5e-5)
    assert np.ptp(surface.values.mean(axis=0)) == pytest.approx(0.099, abs=5e-4)
    assert np.ptp(surface.values.mean(axis=1)) == pytest.approx(0.0865, abs=5e-4)


def test_the_filler_decides_what_the_map_says(cancer, slice_of):
    train, _, benign, _ = cancer
    fills = {
        (0.85, 1.00): "median",
        (0.88, 1.00): train[benign].mean(),
        (0.00, 0.06): train[~benign].mean(),
    }
    for ends, fill in fills.items():
        values = slice_of(fill).values.to_numpy()
        assert (values.min(), values.max()) == pytest.approx(ends, abs=1e-9)


@pytest.mark.parametrize(("fill", "probability"), [("mean", 0.72), ("median", 1.00)])
def test_the_average_patient_depends_on_the_average(cancer, forest, fill, probability):
    train = cancer[0]
    centre = train.agg(fill)
    surface = slice_grid(
        forest,
        train,
        "mean radius",
        "mean texture",
        fill=fill,
        x_values=[centre["mean radius"], 30],
        y_values=[centre["mean texture"], 40],
    )
    assert surface.values.iloc[0, 0] == pytest.approx(probability, abs=1e-9)


def test_most_of_the_map_is_no_patient(slice_of):
    assert slice_of("mean").support.share_outside == pytest.approx(0.91, abs=0.005)
    for fill in ["median", "mean"]:
        assert 0.90 < slice_of(fill).support.share_outside < 0.925


def test_a_third_of_ten_by_ten_cells_holds_no_patient(cancer, forest):
    """Cells around the middles of ten equal bins are these bins."""
    train, test, _, _ = cancer
    middles = [
        (lambda ends: (ends[1:] + ends[:-1]) / 2)(
            np.linspace(test[name].min(), test[name].max(), 11)
        )
        for name in ["mean radius", "mean texture"]
    ]
    surface = slice_grid(
        forest,
        train,
        "mean radius",
        "mean texture",
        x_values=middles[0],
        y_values=middles[1],
    )
    assert (surface.support.rows == 0).mean(axis=None) == pytest.approx(0.34)


# Values ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("fill", ["mean", "median"])
@pytest.mark.parametrize("model", [LinearRegression(), LogisticRegression()])
def test_equals_a_loop_over_cells(model, fill):
    table = normal_table()
    target = table["a"] * table["d"] + table["b"] / 100
    classifier = isinstance(model, LogisticRegression)
    model.fit(table, target > 0 if classifier else target)
    surface = slice_grid(
        model, table, "b", "d", fill=fill, size=4, scale="probability" if classifier else None
    )
    assert surface.scale == ("probability" if classifier else "response")
    assert (surface.x, surface.y) == ("b", "d")
    np.testing.assert_array_equal(
        surface.values.columns, np.linspace(table["b"].min(), table["b"].max(), 4)
    )
    np.testing.assert_array_equal(
        surface.values.index, np.linspace(table["d"].min(), table["d"].max(), 4)
    )
    for d in surface.values.index:
        for b in surface.values.columns:
            row = table.agg(fill).to_frame().T.assign(b=b, d=d)
            expected = model.predict_proba(row)[0, 1] if classifier else model.predict(row)[0]
            assert surface.values.loc[d, b] == pytest.approx(expected, rel=1e-12, abs=1e-12)


def test_the_order_of_columns_does_not_matter():
    table = normal_table()
    model = LinearRegression().fit(table, table["a"] - table["d"])
    reordered = table[["d", "c", "b", "a"]].assign(note="not of the fit")
    pd.testing.assert_frame_equal(
        slice_grid(model, reordered, "a", "d").values, slice_grid(model, table, "a", "d").values
    )


def test_gradient_boosting_is_shown_in_log_odds_unless_asked():
    table = normal_table()
    model = GradientBoostingClassifier(n_estimators=5).fit(table, table["a"] * table["d"] > 0)
    log_odds = slice_grid(model, table, "a", "d", size=5)
    assert log_odds.scale == "log-odds"
    probability = slice_grid(model, table, "a", "d", size=5, scale="probability")
    np.testing.assert_allclose(
        probability.on_log_odds().values, log_odds.values, rtol=1e-9, atol=1e-12
    )


def test_target_chooses_the_class():
    iris = load("iris")
    species = iris.pop("species").astype(str)
    model = LogisticRegression(max_iter=1000).fit(iris, species)
    x, y = iris.columns[:2]
    total = sum(
        slice_grid(model, iris, x, y, size=4, target=name, scale="probability").values
        for name in species.unique()
    )
    np.testing.assert_allclose(total, 1, rtol=0, atol=1e-12)


@pytest.mark.parametrize("as_what", [dict, pd.Series])
def test_others_are_held_at_given_values(as_what):
    held = as_what({"d": 3, "c": 0.5, "a": "ignored", "note": "ignored"})
    surface = slice_grid(SUM, normal_table(), "a", "b", fill=held, size=3)
    x, y = np.meshgrid(surface.values.columns, surface.values.index)
    np.testing.assert_allclose(surface.values, x + y + 3.5, rtol=1e-12, atol=1e-9)


def test_a_row_of_the_table_is_a_filler():
    table = normal_table()
    patient = table.iloc[7]
    surface = slice_grid(SUM, table, "a", "b", fill=patient, size=3)
    x, y = np.meshgrid(surface.values.columns, surface.values.index)
    expected = x + y + patient["c"] + patient["d"]
    np.testing.assert_allclose(surface.values, expected, rtol=1e-12, atol=1e-9)


def test_few_distinct_values_are_the_axis():
    table = normal_table().assign(cabin=[1, 3, 2] * 20, lit=[True, False] * 30)
    surface = slice_grid(SUM, table, "cabin", "lit")
    assert surface.values.columns.tolist() == [1, 2, 3]
    assert surface.values.index.tolist() == [0, 1]
    assert surface.support.rows.to_numpy().tolist() == [[10, 10, 10], [10, 10, 10]]


def test_missing_values_leave_filler_and_axes_alone():
    table = normal_table()
    with_gaps = pd.concat([table, table.assign(a=np.nan, d=np.nan)])
    pd.testing.assert_frame_equal(
        slice_grid(SUM, with_gaps, "a", "b").values, slice_grid(SUM, table, "a", "b").values
    )


def test_an_empty_column_is_held_at_missing():
    table = normal_table().assign(empty=np.nan)
    held_at_missing = Formula(lambda rows: rows["a"].where(rows["empty"].isna()))
    surface = slice_grid(held_at_missing, table, "a", "b", size=5)
    assert np.isfinite(surface.values).all(axis=None)
    without = slice_grid(SUM, normal_table(), "a", "b", size=5)
    pd.testing.assert_frame_equal(surface.support.outside, without.support.outside)


def words():
    """A model of two numbers and a word, and its table; "x" is the most frequent word."""
    table = normal_table()[["a", "b"]].assign(word=list("xyxz") * 15)
    model = make_pipeline(
        make_column_transformer((OneHotEncoder(), ["word"]), remainder="passthrough"),
        LinearRegression(),
    )
    return model.fit(table, table["a"] + 10 * (table["word"] == "y")), table


@pytest.mark.parametrize(("fill", "extra"), [("mean", 0), ({"word": "y"}, 10)])
def test_words_are_held_at_the_most_frequent_or_at_the_one_given(fill, extra):
    model, table = words()
    surface = slice_grid(model, table, "a", "b", fill=fill, size=3)
    expected = np.tile(surface.values.columns.to_numpy() + extra, (3, 1))
    np.testing.assert_allclose(surface.values, expected, rtol=0, atol=1e-9)


# Support ---------------------------------------------------------------------------------------


def outside_in_a_loop(points, data):
    mean, inverse = data.mean(), np.linalg.inv(data.cov())
    farthest = max(mahalanobis(row, mean, inverse) for row in data.to_numpy())
    return np.array([mahalanobis(point, mean, inverse) > farthest for point in points])


def test_outside_equals_scipy_s_mahalanobis_distance():
    table = normal_table()
    surface = slice_grid(SUM, table, "a", "d", size=12)
    points = [
        [a, table["b"].mean(), table["c"].mean(), d]
        for d in surface.values.index
        for a in surface.values.columns
    ]
    expected = outside_in_a_loop(points, table)
    assert 0.2 < expected.mean() < 0.95
    np.testing.assert_array_equal(surface.support.outside.to_numpy().ravel(), expected)
    assert surface.support.share_outside == expected.mean()


def test_rows_are_those_nearer_to_this_value_than_to_the_next():
    table = normal_table()
    surface = slice_grid(SUM, table, "a", "d", size=7)
    expected = pd.DataFrame(0, surface.values.index, surface.values.columns)
    for row in table.itertuples():
        nearest_a = np.abs(expected.columns - row.a).argmin()
        nearest_d = np.abs(expected.index - row.d).argmin()
        expected.iloc[nearest_d, nearest_a] += 1
    pd.testing.assert_frame_equal(surface.support.rows, expected)
    assert surface.support.rows.sum(axis=None) == len(table)


def test_rows_beyond_the_grid_are_in_no_cell():
    """The first and the last cell reach as far outwards as inwards: here 0.5 and 1."""
    table = pd.DataFrame({"x": [-0.6, -0.4, 0.4, 0.6, 2.9, 3.9, 4.1], "y": [0.0, 1, 0, 1, 0, 1, 0]})
    rows = slice_grid(SUM, table, "x", "y", x_values=[0, 1, 3]).support.rows
    assert rows.sum().tolist() == [2, 1, 2]


def test_a_row_of_the_data_is_never_outside():
    table = normal_table(rows=12)
    for _, row in table.iterrows():
        surface = slice_grid(
            SUM,
            table,
            "a",
            "b",
            fill=row,
            x_values=[row["a"], row["a"] + 100],
            y_values=[row["b"], row["b"] + 1e4],
        )
        assert surface.support.outside.to_numpy().tolist() == [[False, True], [True, True]]


def test_leaving_an_exact_relation_is_outside():
    """A total that is not the sum of its parts: a pseudo-inverse would not notice."""
    parts = normal_table()[["a", "d"]]
    table = parts.assign(total=parts.sum(axis=1), one=1.0)
    surface = slice_grid(SUM, table, "a", "d", size=9)
    x, y = np.meshgrid(surface.values.columns, surface.values.index)
    on_the_relation = np.abs(x + y - table["total"].mean()) < 1e-3
    assert surface.support.outside[~on_the_relation].to_numpy()[~on_the_relation].all()


def test_a_filler_that_moves_a_constant_is_outside():
    table = normal_table()[["a", "d"]].assign(one=1.0)
    inside = slice_grid(SUM, table, "a", "d", size=5)
    moved = slice_grid(SUM, table, "a", "d", size=5, fill={"one": 2})
    assert inside.support.share_outside < 0.9
    assert moved.support.share_outside == 1


@given(
    factor=st.sampled_from([1e-8, 0.5, 1e6]),
    shift=st.sampled_from([-1e6, 0, 1e8]),
    seed=st.integers(0, 50),
)
@settings(max_examples=10, deadline=None)
def test_units_and_order_of_rows_move_no_cell_outside(factor, shift, seed):
    table = normal_table(rows=30, seed=seed).round(3)
    expected = slice_grid(SUM, table, "a", "d", size=6).support
    moved = table.assign(a=table["a"] * factor, c=table["c"] + shift).sample(frac=1, random_state=0)
    found = slice_grid(SUM, moved, "a", "d", size=6).support
    np.testing.assert_array_equal(found.outside, expected.outside)
    np.testing.assert_array_equal(found.rows.sum(axis=1), expected.rows.sum(axis=1))


def test_words_have_no_distance():
    model, table = words()
    found = slice_grid(model, table, "a", "b", size=5).support.outside
    numbers = table.drop(columns="word")
    expected = slice_grid(SUM, numbers, "a", "b", size=5).support.outside
    pd.testing.assert_frame_equal(found, expected)


# Refusals --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"x": "radius"}, "no feature 'radius': choose from 'a', 'b', 'c', 'd'"),
        ({"y": "a"}, "x and y are both 'a': choose two different features"),
        ({"size": 1}, "size is 1: a grid needs at least 2 values a side"),
        ({"x_values": [1]}, "values given for 'a' are not two or more finite numbers in ascending"),
        ({"y_values": [1, 1]}, r"values given for 'b' are not .*: np\.unique\(values\) sorts"),
        ({"y_values": [1, np.nan]}, "values given for 'b' are not"),
        ({"y_values": ["low", "high"]}, "values given for 'b' are not"),
        ({"fill": "mode"}, "Unknown fill 'mode': choose 'mean' or 'median', or give each"),
        ({"fill": {"c": 1}}, "fill has no value for 'd': give each column that is held one"),
        ({"fill": {"c": 1, "d": "x"}}, "fill has 'x' for column 'd': give a finite number"),
        ({"fill": {"c": np.inf, "d": 0}}, "fill has inf for column 'c': give a finite number"),
        ({"scale": "odds"}, "Unknown scale 'odds'"),
        ({"scale": "probability"}, "A regressor has no probability"),
        ({"target": "benign"}, "A regressor has no classes"),
    ],
)
def test_options_are_refused_by_name(options, message):
    with pytest.raises(ValueError, match=message):
        slice_grid(SUM, normal_table(), **({"x": "a", "y": "b"} | options))


@pytest.mark.parametrize("constant", [[3.0] * 60, [np.nan] * 60, [0.3, 0.1 + 0.2] * 30])
def test_a_constant_feature_is_named(constant):
    with pytest.raises(ValueError, match="Column 'e' is constant or empty: there is nothing to"):
        slice_grid(SUM, normal_table().assign(e=constant), "a", "e")


def test_a_feature_that_is_not_numeric_is_named():
    model, table = words()
    with pytest.raises(ValueError, match="Column 'word' is not numeric: vary a number, or give"):
        slice_grid(model, table, "a", "word")


def test_an_unknown_word_is_named():
    model, table = words()
    with pytest.raises(
        ValueError, match="fill has 'w' for column 'word': choose from 'x', 'y', 'z'"
    ):
        slice_grid(model, table, "a", "b", fill={"word": "w"})
