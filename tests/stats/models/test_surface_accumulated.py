"""accumulated_effects against its definition in a plain loop, and against closed forms."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.interpolate import RegularGridInterpolator
from sklearn.ensemble import GradientBoostingClassifier

from lib.stats import accumulated_effects, partial_dependence


class Formula:
    """A model that is what it says."""

    def __init__(self, formula):
        self.formula = formula

    def predict(self, table):
        return self.formula(table)


def normal_table(rows=300, correlation=0.5, seed=0):
    """a and b with this correlation; c leans on both."""
    rng = np.random.default_rng(seed)
    a, b, c = rng.normal(size=(3, rows))
    b = correlation * a + np.sqrt(1 - correlation**2) * b
    return pd.DataFrame({"a": a, "b": b, "c": 0.8 * a - 0.3 * b + 0.4 * c})


def on_the_grid(surface, f):
    return f(*np.meshgrid(surface.values.columns, surface.values.index))


# The definition --------------------------------------------------------------------------------


def effects_in_a_loop(predict, table, x, y, x_ends, y_ends):
    """Apley and Zhu's effects of order 0, 1, 1 and 2, one row and one bin at a time.

    Each is centred over the rows: the mean of its values at the rows' own x and y. Bins without
    rows are not provided for.
    """

    def bin_of(value, ends):
        return next(k for k in range(1, len(ends)) if value <= ends[k])

    def step(row, k, ends, feature):
        return predict(row | {feature: ends[k]}) - predict(row | {feature: ends[k - 1]})

    def accumulate(of_bin, ends):
        return np.array([sum(of_bin[k] for k in range(1, upto + 1)) for upto in range(len(ends))])

    def main_effect(steps_of, ends, feature):
        """steps_of(row, k): what the row says about bin k of the feature."""
        of_bin = {}
        for k in range(1, len(ends)):
            members = [row for row in rows if bin_of(row[feature], ends) == k]
            of_bin[k] = np.mean([steps_of(row, k) for row in members])
        effect = accumulate(of_bin, ends)
        return effect - np.interp(table[feature], ends, effect).mean()

    rows = table.to_dict("records")
    mean = np.mean([predict(row) for row in rows])
    of_x = main_effect(lambda row, k: step(row, k, x_ends, x), x_ends, x)
    of_y = main_effect(lambda row, k: step(row, k, y_ends, y), y_ends, y)

    both = np.zeros((len(y_ends), len(x_ends)))
    for m in range(1, len(y_ends)):
        for k in range(1, len(x_ends)):
            steps = [
                step(row | {y: y_ends[m]}, k, x_ends, x)
                - step(row | {y: y_ends[m - 1]}, k, x_ends, x)
                for row in rows
                if (bin_of(row[x], x_ends), bin_of(row[y], y_ends)) == (k, m)
            ]
            assert steps, "this loop knows no empty bins"
            both[m:, k:] += np.mean(steps)

    def without_main_effect(both, x, y, x_ends, y_ends):
        at = RegularGridInterpolator((y_ends, x_ends), both)

        def step_of_both(row, k):
            return np.diff(at([[row[y], x_ends[end]] for end in (k - 1, k)])).item()

        return both - main_effect(step_of_both, x_ends, x)

    both = without_main_effect(both, x, y, x_ends, y_ends)
    both = without_main_effect(both.T, y, x, y_ends, x_ends).T
    own = RegularGridInterpolator((y_ends, x_ends), both)(table[[y, x]])
    return mean + of_x + of_y[:, np.newaxis] + both - own.mean()


@pytest.mark.parametrize(
    "f",
    [
        lambda row: np.sin(2 * row["a"] * row["b"]) + row["c"] ** 2 * row["a"],
        lambda row: 1.0 * (row["a"] > 0) * (row["b"] < row["c"]),
    ],
    ids=["smooth", "steps"],
)
def test_equals_the_definition(f):
    table = normal_table(rows=60, correlation=0.2)
    surface = accumulated_effects(Formula(f), table, "a", "b", size=4)
    a_ends, b_ends = (table[name].sort_values().iloc[[0, 19, 39, 59]] for name in ["a", "b"])
    np.testing.assert_array_equal(surface.values.columns, a_ends)
    np.testing.assert_array_equal(surface.values.index, b_ends)
    expected = effects_in_a_loop(f, table, "a", "b", a_ends.to_numpy(), b_ends.to_numpy())
    np.testing.assert_allclose(surface.values, expected, rtol=0, atol=1e-11)


# Closed forms ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "f",
    [
        lambda a, b: a * b,
        lambda a, b: 2 - a + 3 * b + a * b,
        lambda a, b: 5 + 0 * (a + b),
        lambda a, b: a - 4 * b,
    ],
    ids=["product", "linear and product", "constant", "linear"],
)
@pytest.mark.parametrize("correlation", [0.0, 0.6])
def test_a_bilinear_model_is_drawn_as_it_is(f, correlation):
    """Given rows in every bin: an empty one borrows a step that may not be its own."""
    table = normal_table(rows=2000, correlation=correlation)[["a", "b"]]
    surface = accumulated_effects(
        Formula(lambda rows: f(rows["a"], rows["b"])), table, "a", "b", size=5
    )
    bins = [pd.qcut(table[name], 4) for name in table]
    assert (pd.crosstab(*bins) > 0).all(axis=None)
    np.testing.assert_allclose(surface.values, on_the_grid(surface, f), rtol=0, atol=1e-10)


@pytest.mark.parametrize("correlation", [0.0, 0.6, 0.99])
def test_an_additive_model_has_no_interaction(correlation):
    """Also where most bins are empty, and whatever the other columns do."""
    model = Formula(lambda rows: np.exp(rows["a"]) - rows["b"] ** 2 + 3 * rows["c"])
    surface = accumulated_effects(model, normal_table(correlation=correlation), "a", "b")
    np.testing.assert_allclose(surface.interaction(), 0, rtol=0, atol=1e-11)


def test_steps_of_x_are_taken_where_the_rows_are():
    """a * c with c = 0.8 a - 0.3 b + noise: the slope in a is the mean of c given a.

    With correlation 0.5 that mean is (0.8 - 0.15) a, so the accumulated effect of a is
    0.325 a² and a constant; b has no effect at all. The partial dependence, which sends every
    row everywhere, says a times the mean of c: nothing. Tolerance: four standard errors of the
    sum of the steps, 0.1.
    """
    table = normal_table(rows=20_000)
    model = Formula(lambda rows: rows["a"] * rows["c"])
    surface = accumulated_effects(model, table, "a", "b", size=30)
    a = surface.values.columns.to_numpy()
    common = np.abs(a) < 2
    effect = surface.values.loc[:, common].to_numpy()
    expected = 0.325 * a[common] ** 2 + (table["a"] * table["c"]).mean() - 0.325
    np.testing.assert_allclose(effect, np.tile(expected, (len(effect), 1)), rtol=0, atol=0.1)
    flat = partial_dependence(model, table[:2000], "a", "b", size=5, x_values=[-1, 0, 1]).values
    assert np.abs(flat).max(axis=None) < 0.1


# Properties ------------------------------------------------------------------------------------


@given(seed=st.integers(0, 1000), size=st.integers(2, 9), digits=st.integers(0, 2))
@settings(max_examples=12, deadline=None)
def test_the_mean_over_the_rows_is_the_mean_prediction(seed, size, digits):
    """With ties and empty bins."""
    table = normal_table(rows=40, seed=seed).round(digits)
    model = Formula(lambda rows: np.sin(rows["a"] * rows["b"]) + rows["c"] ** 2)
    surface = accumulated_effects(model, table, "a", "b", size=size)
    axes = surface.values.index.to_numpy(), surface.values.columns.to_numpy()
    at = RegularGridInterpolator(axes, surface.values.to_numpy())
    assert at(table[["b", "a"]]).mean() == pytest.approx(model.predict(table).mean(), abs=1e-12)


@given(seed=st.integers(0, 1000), size=st.integers(2, 9), digits=st.integers(0, 2))
@settings(max_examples=12, deadline=None)
def test_x_and_y_may_change_places(seed, size, digits):
    table = normal_table(rows=40, seed=seed).round(digits)
    model = Formula(lambda rows: np.sin(rows["a"] * rows["b"]) + rows["c"] * rows["a"])
    found = accumulated_effects(model, table, "b", "a", size=size).values
    expected = accumulated_effects(model, table, "a", "b", size=size).values
    np.testing.assert_allclose(found.T, expected, rtol=0, atol=1e-11)


def test_the_order_of_rows_changes_nothing():
    table = normal_table()
    model = Formula(lambda rows: np.sin(rows["a"] * rows["b"]) + rows["c"])
    expected = accumulated_effects(model, table, "a", "b").values
    found = accumulated_effects(model, table.sample(frac=1, random_state=1), "a", "b").values
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-11)


# Bins ------------------------------------------------------------------------------------------


def test_two_dimensional_effects_have_empty_cells():
    """On a diagonal cloud most pairs of quantiles lie where no row is: borrowed, and flagged."""
    table = normal_table(correlation=0.99)
    surface = accumulated_effects(
        Formula(lambda rows: 1.0 * (rows["a"] > 0) * (rows["b"] > 0)), table, "a", "b", size=10
    )
    assert np.isfinite(surface.values).all(axis=None)
    rows = surface.support.rows
    assert rows.sum(axis=None) == len(table)
    assert (rows == 0).mean(axis=None) > 0.4
    assert rows.iloc[0, -1] == rows.iloc[-1, 0] == 0
    assert surface.support.outside.iloc[0, -1]
    assert surface.support.outside.iloc[-1, 0]
    assert not surface.support.outside.iloc[5, 5]


def test_an_empty_bin_borrows_the_step_of_the_nearest_with_rows():
    """Two bins of x, three of y, and no row in the last of both: x * y² by hand.

    In units of the ranges its neighbour in y is 1/3 away and lends, though its neighbour in x,
    1/2 away, is nearer in the numbers as they stand.
    """
    table = pd.DataFrame({"x": [0, 0, 0, 0.5, 1, 1], "y": [0, 2, 3, 0, 1, 2]})
    model = Formula(lambda rows: rows["x"] * rows["y"] ** 2)
    surface = accumulated_effects(model, table, "x", "y")
    steps_of_both = surface.values.diff().T.diff().T.iloc[1:, 1:]
    expected = [[0.5, 0.5], [1.5, 1.5], [2.5, 1.5]]
    np.testing.assert_allclose(steps_of_both, expected, rtol=0, atol=1e-12)
    assert surface.support.rows.loc[3, 1] == 0


def test_bins_equally_near_lend_their_mean():
    table = pd.DataFrame({"x": [0, 1, 0, 2.0], "y": [0, 0, 2, 1.0]})
    model = Formula(lambda rows: rows["x"] * rows["y"] * (1 + rows["x"] - 2 * rows["y"]))
    surface = accumulated_effects(model, table, "x", "y")
    second = surface.values.diff().T.diff().T.iloc[1:, 1:].to_numpy()
    assert second[1, 1] == pytest.approx((second[0, 1] + second[1, 0]) / 2, abs=1e-12)
    assert second[0, 1] != pytest.approx(second[1, 0])


def test_few_distinct_values_are_the_axes_and_rows_count_their_combinations():
    rng = np.random.default_rng(0)
    table = pd.DataFrame({"cabin": rng.integers(1, 4, 200), "lit": rng.random(200) < 0.1})
    table["fare"] = 1.0 / table["cabin"]
    surface = accumulated_effects(
        Formula(lambda rows: rows["cabin"] + 5 * rows["lit"]), table, "cabin", "lit"
    )
    assert surface.values.columns.tolist() == [1, 2, 3]
    assert surface.values.index.tolist() == [0, 1]
    np.testing.assert_allclose(surface.values, [[1, 2, 3], [6, 7, 8]], rtol=0, atol=1e-12)
    expected = pd.crosstab(table["lit"], table["cabin"]).to_numpy()
    np.testing.assert_array_equal(surface.support.rows, expected)


def test_quantiles_that_coincide_are_one():
    table = pd.DataFrame({"a": [0.0] * 60 + list(range(1, 41)), "b": np.arange(100.0)})
    surface = accumulated_effects(Formula(lambda rows: rows["a"]), table, "a", "b", size=11)
    assert surface.values.columns.tolist() == [0, 10, 20, 30, 40]
    assert len(surface.values.index) == 11


def test_rows_without_x_or_y_are_left_out():
    table = normal_table()
    model = Formula(lambda rows: rows["a"] * rows["b"] * rows["c"])
    gaps = pd.concat([table, table.assign(a=np.nan), table.assign(b=np.nan)])
    pd.testing.assert_frame_equal(
        accumulated_effects(model, gaps, "a", "b").values,
        accumulated_effects(model, table, "a", "b").values,
    )


# Scales and refusals ---------------------------------------------------------------------------


def test_scale_and_target_are_those_of_the_model():
    table = normal_table()
    model = GradientBoostingClassifier(n_estimators=10).fit(table, table["a"] * table["b"] > 0)
    assert accumulated_effects(model, table, "a", "b").scale == "log-odds"
    of_one, of_other = (
        accumulated_effects(model, table, "a", "b", target=target, scale="probability")
        for target in (True, False)
    )
    np.testing.assert_allclose(of_one.values + of_other.values, 1, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"x": "e"}, "no feature 'e': choose from 'a', 'b', 'c'"),
        ({"y": "a"}, "x and y are both 'a'"),
        ({"size": 1}, "size is 1: a grid needs at least 2 values"),
        ({"data": normal_table().assign(b=1.0)}, "Column 'b' is constant or empty"),
        ({"data": normal_table().assign(b=np.nan)}, "No row has both 'a' and 'b': add rows"),
        ({"scale": "probability"}, "A regressor has no probability"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(options, message):
    model = Formula(lambda rows: rows["a"])
    usual = {"data": normal_table(), "x": "a", "y": "b"}
    with pytest.raises(ValueError, match=message):
        accumulated_effects(model, **(usual | options))
