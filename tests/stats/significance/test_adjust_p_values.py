"""adjust_p_values against R, statsmodels and its own definition."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from lib.stats import adjust_p_values

PAIRS = json.loads((Path(__file__).parents[1] / "reference" / "highway.json").read_text())["pairs"]
STATSMODELS = {"bonferroni": "bonferroni", "holm": "holm", "bh": "fdr_bh", "by": "fdr_by"}
R_NAMES = {"none": "p", "bonferroni": "bonferroni", "holm": "holm", "bh": "BH", "by": "BY"}
ADJUSTMENTS = pytest.mark.parametrize("method", list(STATSMODELS))
EVERY_METHOD = pytest.mark.parametrize("method", list(R_NAMES))
P_VALUES = st.lists(
    st.floats(0, 1) | st.sampled_from([0.0, 0.01, 0.05, 1.0]), min_size=1, max_size=40
)


@EVERY_METHOD
def test_equals_r_on_the_highway_pairs(method):
    p = np.array([pair["p"] for pair in PAIRS])
    expected = np.array([pair[R_NAMES[method]] for pair in PAIRS])
    np.testing.assert_allclose(adjust_p_values(p, method), expected, rtol=1e-12, atol=0)


@pytest.fixture(scope="module", autouse=True)
def no_garbage_collected():
    """statsmodels collects it at every "holm", 0.1 s a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gc.collect", lambda: 0)
        yield


@ADJUSTMENTS
@given(p=P_VALUES)
@settings(max_examples=50, deadline=None)
def test_equals_statsmodels(method, p):
    expected = multipletests(p, method=STATSMODELS[method])[1]
    np.testing.assert_allclose(adjust_p_values(p, method), expected, rtol=1e-12, atol=1e-300)


@ADJUSTMENTS
def test_equals_statsmodels_for_thousands_of_tests_with_ties(method):
    p = np.random.default_rng(0).beta(0.3, 1, size=5000).round(4)
    expected = multipletests(p, method=STATSMODELS[method])[1]
    np.testing.assert_allclose(adjust_p_values(p, method), expected, rtol=1e-12, atol=0)


@EVERY_METHOD
@given(p=P_VALUES)
@settings(max_examples=50, deadline=None)
def test_never_below_p_never_above_one_and_in_the_same_order(method, p):
    adjusted = adjust_p_values(p, method)
    assert (adjusted >= np.array(p)).all()
    assert (adjusted <= 1).all()
    assert (np.diff(adjusted[np.argsort(p)]) >= 0).all()


@given(p=P_VALUES)
@settings(max_examples=50, deadline=None)
def test_methods_are_ordered_by_severity(p):
    none, bh, by, holm, bonferroni = (
        adjust_p_values(p, method) for method in ["none", "bh", "by", "holm", "bonferroni"]
    )
    room = 1 + 1e-12
    assert (none <= bh * room).all()
    assert (bh <= holm * room).all()
    assert (bh <= by * room).all()
    assert (holm <= bonferroni * room).all()


@EVERY_METHOD
def test_missing_p_values_stay_missing_and_do_not_count(method):
    p = np.array([0.001, np.nan, 0.04, 0.03, np.nan, 0.5])
    adjusted = adjust_p_values(p, method)
    assert np.isnan(adjusted[[1, 4]]).all()
    np.testing.assert_array_equal(adjusted[[0, 2, 3, 5]], adjust_p_values(p[[0, 2, 3, 5]], method))


@EVERY_METHOD
@pytest.mark.parametrize("p", [[], [np.nan, np.nan]])
def test_no_tests_at_all(method, p):
    np.testing.assert_array_equal(adjust_p_values(p, method), p)


@EVERY_METHOD
def test_a_single_test_needs_no_adjustment(method):
    assert adjust_p_values([0.03], method).tolist() == [0.03]


def test_a_series_keeps_its_index_and_name():
    p = pd.Series([0.01, 0.04], index=["x", "y"], name="p")
    expected = pd.Series([0.02, 0.08], index=["x", "y"], name="p")
    pd.testing.assert_series_equal(adjust_p_values(p, "bonferroni"), expected)


@pytest.mark.parametrize("dtype", ["Float64", "double[pyarrow]"])
def test_nullable_series(dtype):
    p = pd.Series([0.01, None, 0.04], dtype=dtype)
    np.testing.assert_allclose(adjust_p_values(p, "bonferroni"), [0.02, np.nan, 0.08])


@EVERY_METHOD
def test_the_input_is_left_as_it_was(method):
    p = np.array([0.04, 0.01])
    adjust_p_values(p, method)
    adjust_p_values(pd.Series(p), method)
    assert p.tolist() == [0.04, 0.01]


@pytest.mark.parametrize("wrong", [-1e-9, 1.0000001, np.inf, -np.inf])
def test_values_outside_zero_to_one_are_named(wrong):
    with pytest.raises(ValueError, match=r"at position 1 is not between 0 and 1"):
        adjust_p_values([0.5, wrong, 0.2], "holm")


@ADJUSTMENTS
def test_each_row_of_several_dimensions_is_adjusted_by_itself(method):
    p = np.random.default_rng(0).beta(0.3, 1, size=(3, 4, 30))
    p[0, :, 5], p[1, 2, :20], p[2, 3] = np.nan, np.nan, np.nan
    adjusted = adjust_p_values(p, method)
    assert adjusted.shape == p.shape
    for table in np.ndindex(3, 4):
        alone = p[table][~np.isnan(p[table])]
        expected = multipletests(alone, method=STATSMODELS[method])[1] if alone.size else alone
        made = ~np.isnan(adjusted[table])
        np.testing.assert_array_equal(made, ~np.isnan(p[table]))
        np.testing.assert_allclose(adjusted[table][made], expected, rtol=1e-12, atol=0)


def test_a_value_outside_is_named_in_several_dimensions():
    with pytest.raises(ValueError, match=r"at position \(1, 0\) is not between 0 and 1"):
        adjust_p_values([[0.5, 0.2], [1.5, 0.2]], "holm")


def test_a_single_number_is_refused():
    with pytest.raises(ValueError, match="single number"):
        adjust_p_values(np.array(0.5), "holm")


def test_unknown_methods_are_refused():
    with pytest.raises(
        ValueError, match="Unknown adjustment 'fdr': choose from none, bonferroni, holm, bh, by"
    ):
        adjust_p_values([0.5], "fdr")
