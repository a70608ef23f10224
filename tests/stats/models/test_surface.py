"""Surface: main effects, interaction and its share, on formulas whose answers are known."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import special

from lib.stats import Surface

AXIS = np.linspace(-1, 1, 50)
NUMBERS = st.integers(-1000, 1000).map(lambda number: number / 8)


def formula(f, scale="response"):
    x, y = np.meshgrid(AXIS, AXIS)
    return Surface(
        pd.DataFrame(f(x, y), index=pd.Index(AXIS, name="x2"), columns=pd.Index(AXIS, name="x1")),
        scale,
    )


@st.composite
def grids(draw, least=1):
    shape = draw(st.tuples(st.integers(least, 6), st.integers(least, 6)))
    return pd.DataFrame(draw(hnp.arrays(np.float64, shape, elements=NUMBERS)))


def sigmoid(x, y):
    return special.expit(4 * (x + y))


GALLERY = {
    "a smooth product": (lambda x, y: x * y, 1),
    "diagonal bands": (lambda x, y: x + y, 0),
    "two sharp steps": (lambda x, y: (x > 0) + 1.0 * (y > 0), 0),
    "and": (lambda x, y: 1.0 * ((x > 0) & (y > 0)), 1 / 3),
    "exclusive or": (lambda x, y: 1.0 * ((x > 0) ^ (y > 0)), 1),
    "sigmoid of a sum": (sigmoid, 0.105),
    "irregular": (lambda x, y: np.sin(6 * x) + np.sin(9 * y) + 0.3 * np.sign(np.sin(20 * x)), 0),
    "ring": (lambda x, y: x**2 + y**2, 0),
    "distance": (lambda x, y: np.abs(x - y), 0.80),
    "maximum": (np.maximum, 0.20),
}


@pytest.mark.parametrize(("f", "share"), GALLERY.values(), ids=GALLERY)
def test_what_looks_smooth_or_sharp_or_diagonal_says_nothing_of_interaction(f, share):
    """Exact where the share is 0, 1/3 or 1; the others to the digits that they are given with."""
    exact = share in {0, 1 / 3, 1}
    assert formula(f).interaction_share == pytest.approx(share, abs=1e-12 if exact else 0.005)


def test_and_by_hand():
    """Three quarters of nothing and a quarter of one: each cell departs by a quarter."""
    surface = formula(GALLERY["and"][0])
    assert np.abs(surface.interaction()).to_numpy() == pytest.approx(0.25)
    effects = surface.main_effects()
    assert effects.iloc[0, 0] == pytest.approx(-0.25)
    assert effects.iloc[-1, -1] == pytest.approx(0.75)


def test_interaction_depends_on_the_scale():
    probabilities = formula(sigmoid, "probability")
    assert probabilities.interaction_share == pytest.approx(0.105, abs=5e-4)
    log_odds = probabilities.on_log_odds()
    assert log_odds.scale == "log-odds"
    assert log_odds.interaction_share == pytest.approx(0, abs=1e-12)
    x, y = np.meshgrid(AXIS, AXIS)
    np.testing.assert_allclose(log_odds.values, 4 * (x + y), rtol=1e-12, atol=1e-12)
    assert (log_odds.x, log_odds.y) == ("x1", "x2")


def test_main_effects_are_the_least_squares_fit_of_two_factors():
    values = pd.DataFrame(np.random.default_rng(0).normal(size=(4, 7)) + 5)
    row, column = (factor.ravel().astype(str) for factor in np.indices(values.shape))
    factors = pd.DataFrame({"row": row, "column": column})
    design = sm.add_constant(pd.get_dummies(factors, drop_first=True, dtype=float))
    fit = sm.OLS(values.to_numpy().ravel(), design).fit()
    surface = Surface(values)
    fitted = fit.fittedvalues.to_numpy().reshape(values.shape)
    np.testing.assert_allclose(surface.main_effects(), fitted, rtol=0, atol=1e-12)
    np.testing.assert_allclose(surface.interaction(), values - fitted, rtol=0, atol=1e-12)
    assert surface.interaction_share == pytest.approx(1 - fit.rsquared, abs=1e-12)


def test_frames_carry_the_features():
    surface = formula(lambda x, y: x * y)
    assert (surface.x, surface.y) == ("x1", "x2")
    for frame in (surface.main_effects(), surface.interaction()):
        pd.testing.assert_index_equal(frame.index, surface.values.index)
        pd.testing.assert_index_equal(frame.columns, surface.values.columns)


@given(values=grids())
@settings(max_examples=30, deadline=None)
def test_main_effects_and_interaction_add_up(values):
    surface = Surface(values)
    np.testing.assert_allclose(
        surface.main_effects() + surface.interaction(), values, rtol=0, atol=1e-12
    )


@given(values=grids())
@settings(max_examples=30, deadline=None)
def test_interaction_has_no_row_and_no_column_mean(values):
    interaction = Surface(values).interaction()
    for axis in (0, 1):
        np.testing.assert_allclose(interaction.mean(axis=axis), 0, rtol=0, atol=1e-13)


@given(values=grids(), size=st.sampled_from([1e-200, 1e-8, 1.0, 1e8, 1e200]))
@settings(max_examples=30, deadline=None)
def test_share_is_a_share_whatever_the_unit(values, size):
    share = Surface(values * size).interaction_share
    if np.ptp(values) == 0:
        assert np.isnan(share)
    else:
        assert 0 <= share <= 1
        assert share == pytest.approx(Surface(values).interaction_share, abs=1e-12)


@given(values=grids(least=2), data=st.data())
@settings(max_examples=30, deadline=None)
def test_what_x_or_y_does_alone_is_no_interaction(values, data):
    rows = data.draw(hnp.arrays(np.float64, len(values), elements=NUMBERS))
    columns = data.draw(hnp.arrays(np.float64, values.shape[1], elements=NUMBERS))
    moved = values + rows[:, np.newaxis] + columns
    np.testing.assert_allclose(
        Surface(moved).interaction(), Surface(values).interaction(), rtol=0, atol=1e-11
    )


@given(values=grids())
@settings(max_examples=30, deadline=None)
def test_x_and_y_may_change_places(values):
    found = Surface(values.T).interaction()
    np.testing.assert_allclose(found.T, Surface(values).interaction(), rtol=0, atol=1e-12)


def test_additive_at_a_large_offset_stays_additive():
    surface = formula(lambda x, y: 1e8 + x + y)
    assert surface.interaction_share < 1e-14
    assert formula(lambda x, y: 1e8 + x * y).interaction_share == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("offset", [0.0, 0.7, 1e8])
def test_a_flat_surface_has_no_share(offset):
    rounding = np.random.default_rng(0).choice([0.0, 2e-16 * offset], size=(5, 5))
    surface = Surface(pd.DataFrame(offset + rounding))
    assert np.isnan(surface.interaction_share)
    np.testing.assert_allclose(surface.interaction(), 0, rtol=0, atol=1e-15 * offset)


def test_one_row_interacts_with_nothing():
    assert Surface(pd.DataFrame([[1.0, 5.0, 2.0]])).interaction_share == 0


def test_a_missing_cell_leaves_the_decomposition_undefined():
    surface = Surface(pd.DataFrame([[1.0, 2.0], [3.0, None]]))
    assert surface.main_effects().isna().all(axis=None)
    assert surface.interaction().isna().all(axis=None)
    assert np.isnan(surface.interaction_share)


def test_log_odds_of_a_missing_cell_are_missing():
    found = Surface(pd.DataFrame([[0.5, None]]), "probability").on_log_odds().values
    assert found.iloc[0, 0] == 0
    assert np.isnan(found.iloc[0, 1])


@pytest.mark.parametrize(
    ("scale", "values", "message"),
    [
        ("response", [[0.5]], "on the response scale: only probabilities have log-odds"),
        ("log-odds", [[0.5]], "on the log-odds scale: only probabilities"),
        ("probability", [[0.0, 0.5], [1.0, 0.2]], r"2 of 4 cells are not between 0 and 1, .*stay"),
    ],
)
def test_log_odds_are_refused_where_they_do_not_exist(scale, values, message):
    with pytest.raises(ValueError, match=message):
        Surface(pd.DataFrame(values), scale).on_log_odds()


def test_infinite_values_are_named():
    values = pd.DataFrame([[1.0, np.inf]], index=[2.5], columns=[7, 8])
    with pytest.raises(ValueError, match=r"infinite in row 2\.5, column 8: choose another scale"):
        Surface(values)


def test_values_that_are_not_numbers_are_refused():
    with pytest.raises(ValueError, match=r"not all numbers .*pd\.to_numeric"):
        Surface(pd.DataFrame([["a", 1]]))


def test_no_values_are_refused():
    with pytest.raises(ValueError, match="no values: give each feature at least one"):
        Surface(pd.DataFrame())
