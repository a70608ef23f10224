"""V, U and residuals of tables that are counted already."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats.contingency import association
from statsmodels.stats.contingency_tables import Table

from lib.stats import adjusted_residuals, cramers_v, theils_u

# Degree by employment: an example of corrNominal in FSDA (rosa.unipr.it/FSDA/corrNominal.html).
EMPLOYMENT = [[150, 80, 20, 50], [80, 250, 30, 140], [30, 50, 0, 120]]


def columns(seed=0, rows=200):
    rng = np.random.default_rng(seed)
    x = rng.integers(4, size=rows)
    y = np.where(rng.random(rows) < 0.3, x % 3, rng.integers(3, size=rows))
    sizes = pd.Series(pd.Categorical.from_codes(x, ["S", "M", "L", "XL"]), name="size")
    return sizes, pd.Series(y, name="rooms")


def test_published_values():
    assert cramers_v(table=EMPLOYMENT, corrected=False) == pytest.approx(0.3326, abs=5e-5)
    assert theils_u(table=np.transpose(EMPLOYMENT)) == pytest.approx(0.08716, abs=5e-6)


def test_values_equal_scipy_and_statsmodels():
    v = association(EMPLOYMENT, method="cramer", correction=False)
    assert cramers_v(table=EMPLOYMENT, corrected=False) == pytest.approx(v, abs=1e-12)
    residuals = Table(np.array(EMPLOYMENT), shift_zeros=False).standardized_resids
    np.testing.assert_allclose(adjusted_residuals(table=EMPLOYMENT), residuals, rtol=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_a_crosstab_says_what_its_columns_say(seed):
    x, y = columns(seed)
    table = pd.crosstab(x, y)
    for corrected in (True, False):
        expected = cramers_v(x, y, corrected=corrected)
        assert cramers_v(table=table, corrected=corrected) == pytest.approx(expected, abs=1e-12)
        array = table.to_numpy()
        assert cramers_v(table=array, corrected=corrected) == pytest.approx(expected, abs=1e-12)
    assert theils_u(table=table) == pytest.approx(theils_u(x, given=y), abs=1e-12)
    assert theils_u(table=table.T) == pytest.approx(theils_u(y, given=x), abs=1e-12)
    pd.testing.assert_frame_equal(
        adjusted_residuals(table=table),
        adjusted_residuals(x, y),
        check_index_type=False,
        atol=1e-12,
        check_categorical=False,
    )


def test_residuals_keep_the_table_s_order_and_names():
    table = pd.DataFrame(
        [[3, 0, 5], [0, 0, 0], [4, 0, 1]],
        index=pd.Index(["tall", "none", "small"], name="height"),
        columns=pd.Index(["yes", "never", "no"], name="answer"),
    )
    found = adjusted_residuals(table=table)
    pd.testing.assert_index_equal(found.index, pd.Index(["tall", "small"], name="height"))
    pd.testing.assert_index_equal(found.columns, pd.Index(["yes", "no"], name="answer"))
    assert found.loc["tall", "yes"] < 0 < found.loc["tall", "no"]


def test_rows_and_columns_without_counts_are_no_levels():
    table = np.array(EMPLOYMENT)
    empty = np.insert(np.insert(table, 1, 0, axis=0), 4, 0, axis=1)
    assert cramers_v(table=empty) == pytest.approx(cramers_v(table=table), abs=1e-12)
    assert np.isnan(cramers_v(table=[[3, 4], [0, 0]]))
    assert np.isnan(theils_u(table=[[3, 4], [0, 0]]))
    assert theils_u(table=[[3, 0], [4, 0]]) == 0
    assert adjusted_residuals(table=[[3, 4], [0, 0]]).isna().all(axis=None)


def test_labels_may_repeat_and_have_several_levels():
    table = pd.DataFrame(EMPLOYMENT, index=["a", "a", "b"], columns=list("wxyz"))
    assert cramers_v(table=table) == cramers_v(table=EMPLOYMENT)
    table.index = pd.MultiIndex.from_tuples([("a", 1), ("a", 2), ("b", 1)])
    assert adjusted_residuals(table=table).index.tolist() == table.index.tolist()


def test_totals_that_pandas_adds_are_refused():
    x, y = columns()
    table = pd.crosstab(x, y, margins=True)
    with pytest.raises(ValueError, match=r"are totals: leave them out.*table.iloc\[:-1, :-1\]"):
        cramers_v(table=table)
    expected = cramers_v(x, y)
    assert cramers_v(table=table.iloc[:-1, :-1]) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ([[1, -2], [3, 4]], "The count of 0, 1 is negative"),
        ([[1, 2], [3, None]], "The count of 1, 1 is missing: where there are no rows, it is 0"),
        ([[0.1, 0.2], [0.3, 0.4]], "The count of 0, 0 is not whole: pass how many rows"),
        ([[1, np.inf], [3, 4]], "The count of 0, 1 is not whole"),
        ([[0, 0], [0, 0]], "All counts are 0"),
        ([1, 2, 3], "The table of counts has 1 dimensions: pass rows and columns"),
        ([["a", "b"], ["c", "d"]], "The table of counts is not numeric"),
    ],
)
@pytest.mark.parametrize("function", [cramers_v, theils_u, adjusted_residuals])
def test_what_is_no_table_of_counts_is_refused(function, table, message):
    with pytest.raises(ValueError, match=message):
        function(table=table)


def test_a_table_stands_in_place_of_columns():
    x, y = columns()
    for call in (
        lambda: cramers_v(x, y, table=EMPLOYMENT),
        lambda: cramers_v(table=EMPLOYMENT, weights=[1, 2, 3], weights_are="frequency"),
        lambda: theils_u(x, table=EMPLOYMENT),
        lambda: adjusted_residuals(y=y, table=EMPLOYMENT),
    ):
        with pytest.raises(ValueError, match="Pass either table, which is counted already, or x"):
            call()
    with pytest.raises(ValueError, match="Pass x and given, a column each, or table"):
        theils_u(x)
    with pytest.raises(ValueError, match="Pass x and y, a column each, or table"):
        cramers_v()
