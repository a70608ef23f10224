"""What every refusal keeps to, and what every function refuses."""

import inspect
import re

import numpy as np
import pandas as pd
import polars as pl
import pytest
from every_function import columns_for, numbers

import lib.stats
from lib.stats import (
    adjust_p_values,
    adjusted_residuals,
    correlate,
    cramers_v,
    cross_correlation,
    distance_correlate,
    mutual_information,
    neighbour_similarity,
    partial_correlate,
    target_encode,
    theils_u,
)

TABLE, X, Y = numbers(gaps=False), *columns_for("permutation_test")

FLAGS = {
    "cramers_v": lambda **flag: cramers_v(X, Y, **flag),
    "cross_correlation": lambda **flag: cross_correlation(X, Y, 3, **flag),
    "distance_correlate": lambda **flag: distance_correlate(TABLE, **flag),
    "mutual_information": lambda **flag: mutual_information(TABLE, **flag),
    "partial_correlate": lambda **flag: partial_correlate(TABLE, **flag),
    "target_encode": lambda **flag: target_encode(X, Y, **flag),
}


def flags_of(function):
    parameters = inspect.signature(function).parameters.values()
    return [one.name for one in parameters if isinstance(one.default, bool)]


def test_every_function_with_a_flag_is_tried():
    functions = {name: getattr(lib.stats, name) for name in lib.stats.__all__}
    with_flags = {
        name
        for name, function in functions.items()
        if inspect.isfunction(function) and flags_of(function)
    }
    assert with_flags == {*FLAGS}


@pytest.mark.parametrize("wrong", ["no", None, 2, np.nan, [True]], ids=str)
@pytest.mark.parametrize("function", FLAGS)
def test_a_flag_is_true_or_false(function, wrong):
    """corrected="no" corrected V to 0."""
    for flag in flags_of(getattr(lib.stats, function)):
        with pytest.raises(
            ValueError, match=f"{flag} is {re.escape(repr(wrong))}: choose True or False"
        ):
            FLAGS[function](**{flag: wrong})
        FLAGS[function](**{flag: np.True_})


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (np.arange(15.0).reshape(5, 3), "rows are not named"),
        (pd.DataFrame([[1, 50], [7, 1]]), "beyond 1"),
        (pd.DataFrame([[1, 0.5], [0.7, 1]]), "not symmetric"),
        (pd.DataFrame([[0, 0.5], [0.5, 0]]), "diagonal is not 1"),
        (TABLE, "rows are not named"),
        (TABLE.corr().iloc[:3], "rows are not named"),
        (TABLE.corr()[["x", "x", "y"]].loc[["x", "x", "y"]], "rows are not named"),
        (TABLE.corr().replace(1, np.inf), "beyond 1"),
    ],
)
def test_only_correlations_have_similar_neighbours(wrong, reason):
    """Two columns of counts had a similarity of 50, "between 0 and 1"."""
    with pytest.raises(ValueError, match=rf"no matrix of correlations.*{reason}.*correlate\(data"):
        neighbour_similarity(wrong)
    r = correlate(TABLE).r
    assert neighbour_similarity(r.loc[[*r][::-1]]) == neighbour_similarity(r)


COUNTS = [[10, 5, 2], [3, 20, 4]]


@pytest.mark.parametrize("function", [cramers_v, theils_u, adjusted_residuals])
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (np.ma.array(COUNTS, mask=np.eye(2, 3)), "The count of 0, 0 is missing"),
        (np.array(COUNTS) + 1j, "not numeric in 0, 1, 2: pass counts alone"),
        (pd.DataFrame(COUNTS) + 1j, "not numeric in 0, 1, 2: pass counts alone"),
        (np.array(COUNTS).astype(str), "not numeric in 0, 1, 2: pass counts alone"),
        (pd.DataFrame(COUNTS).astype(str), "not numeric in 0, 1, 2: pass counts alone"),
        (np.array(COUNTS) > 4, "not numeric in 0, 1, 2: pass counts alone"),
        (pd.DataFrame(COUNTS).astype("timedelta64[s]"), "not numeric in 0, 1, 2"),
    ],
)
def test_counts_are_numbers_that_are_there(function, wrong, message):
    """The masked count was counted, and of complex ones the real part was."""
    with pytest.raises(ValueError, match=message):
        function(table=wrong)


@pytest.mark.parametrize(
    "form",
    [
        lambda table: table.to_dict("list"),
        lambda table: table.to_dict("records"),
        lambda table: pl.DataFrame(table.to_dict("list")),
        lambda table: pl.DataFrame(table.to_dict("list")).to_arrow(),
        lambda table: table.astype(object),
        lambda table: table.to_records(index=False),
    ],
)
def test_counts_in_every_form_keep_their_names(form):
    table = pd.DataFrame(COUNTS, columns=["red", "grey", "blue"])
    found = adjusted_residuals(table=form(table))
    pd.testing.assert_frame_equal(found, adjusted_residuals(table=table))


def test_the_way_out_of_counts_with_a_column_of_names_works():
    table = pd.DataFrame(COUNTS, columns=["red", "grey", "blue"]).assign(sex=["f", "m"])
    with pytest.raises(ValueError, match=r"not numeric in 'sex'.*table\.set_index\('sex'\)"):
        cramers_v(table=table)
    assert cramers_v(table=table.set_index("sex")) == cramers_v(table=COUNTS)


def test_a_matrix_of_p_is_not_adjusted_row_by_row():
    """Each row of k adjusted by itself counted k - 1 tests, and the result was not symmetric."""
    found = correlate(TABLE, adjust="holm")
    for table in [found.p, found.p.iloc[:2], pl.DataFrame(found.p.to_dict("list"))]:
        with pytest.raises(ValueError, match=r"found\.pairs\(\)\['p'\].*found\.p_adjusted"):
            adjust_p_values(table, "holm")
    adjusted = adjust_p_values(found.pairs()["p"], "holm")
    np.testing.assert_allclose(adjusted, found.pairs()["p_adjusted"])
