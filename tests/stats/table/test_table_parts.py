"""What every measure asks of a table, beside brute force."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from lib.stats.table.pairs import by_strength, matrix_of, pairs_of
from lib.stats.table.reading import numeric_matrix
from lib.stats.table.rows import complete_rows, row_blocks, shared_rows
from lib.stats.table.variation import constant_columns, varying_in_shared_rows


@given(
    values=hnp.arrays(
        np.float64,
        st.tuples(st.integers(1, 9), st.integers(2, 4)),
        elements=st.sampled_from([0.3, 0.1 + 0.2, 1.0, 1e8, 1e8 + 1.5e-8, np.nan]),
    )
)
@settings(max_examples=100, deadline=None)
def test_what_varies_in_shared_rows_equals_a_look_at_each_pair(values):
    found = varying_in_shared_rows(values)
    for first, second in itertools.permutations(range(values.shape[1]), 2):
        pair = complete_rows(values[:, [first, second]])
        if len(pair):
            assert found[first, second] == ~constant_columns(pair)[0]
    assert np.diagonal(found).tolist() == (~constant_columns(values)).tolist()


@given(
    head=st.lists(st.sampled_from([1.0, 1 + 2**-52, 1 + 2**-50, 1 + 2**-49, np.nan]), min_size=1),
    late=st.sampled_from([1.0, 1 + 2**-51, 1 + 2**-50, 1.9, -1e300, 1e17, np.nan]),
)
@settings(max_examples=100, deadline=None)
def test_constant_columns_look_at_every_row_that_matters(head, late):
    """The definition: not constant where the range exceeds four roundings of the largest size."""
    column = np.resize(np.array(head), 100)
    column[-1] = late
    there = column[~np.isnan(column)]
    varies = len(there) and np.ptp(there) > 4 * np.finfo(float).eps * np.abs(there).max()
    assert constant_columns(column[:, np.newaxis])[0] == (not varies)


@pytest.mark.parametrize("columns", [2, 3, 7])
def test_a_matrix_is_its_pairs_and_its_diagonal(columns):
    values = np.random.default_rng(columns).normal(size=(columns, columns))
    matrix = values + values.T
    first, second = np.triu_indices(columns, 1)
    assert pairs_of(matrix).tolist() == matrix[first, second].tolist()
    assert matrix_of(pairs_of(matrix), np.diagonal(matrix)).tolist() == matrix.tolist()


@pytest.mark.parametrize("rows", [1, 1000, 7000, 50_000])
def test_blocks_of_rows_are_all_rows_in_order(rows):
    values = np.arange(rows * 10.0).reshape(rows, 10)
    assert np.array_equal(np.concatenate(list(row_blocks(values))), values)


def test_shared_rows_of_many_blocks_equal_pandas():
    rng = np.random.default_rng(4)
    table = pd.DataFrame(rng.normal(size=(20_000, 10)))
    table = table.mask(rng.random(table.shape) < 0.3)
    there = table.notna().astype(int)
    assert np.array_equal(shared_rows(numeric_matrix(table)), there.T @ there)


@given(
    values=st.lists(
        st.sampled_from(
            [0.0, -0.0, 1.0, -1.0, 1 + 2**-52, 1 - 2**-53, np.nan, -np.nan, -np.inf, 5e-324]
        )
        | st.floats(allow_nan=False),
        max_size=40,
    )
)
@settings(max_examples=200, deadline=None)
def test_by_strength_is_a_stable_sort_by_size(values):
    """Sizes that differ in their last bit alone, equal ones, none."""
    numbered = list(enumerate(values))
    there = [pair for pair in numbered if not np.isnan(pair[1])]
    ordered = sorted(there, key=lambda pair: -abs(pair[1]))
    missing = [pair for pair in numbered if np.isnan(pair[1])]
    expected = [place for place, _ in ordered + missing]
    assert by_strength(np.array(values)).tolist() == expected


def test_by_strength_of_many_values():
    values = np.random.default_rng(0).normal(size=5000).round(3)
    expected = sorted(range(5000), key=lambda place: -abs(values[place]))
    assert by_strength(values).tolist() == expected


def test_shared_rows_and_variation_beside_another_table():
    rng = np.random.default_rng(5)
    values = rng.integers(0, 2, size=(6, 7)).astype(float)
    values[rng.random(values.shape) < 0.4] = np.nan
    whole_n, whole_varying = shared_rows(values), varying_in_shared_rows(values)
    x, y = values[:, [4, 1]], values[:, [0, 2, 3]]
    assert np.array_equal(shared_rows(x, y), whole_n[np.ix_([4, 1], [0, 2, 3])])
    assert np.array_equal(varying_in_shared_rows(x, y), whole_varying[np.ix_([4, 1], [0, 2, 3])])


def test_huge_identifiers_are_shifted_and_other_columns_are_not():
    start = 1_700_000_000_000_000_000
    table = pd.DataFrame(
        {
            "id": pd.array([start, None, start + 3], dtype="Int64"),
            "wide": np.array([-(2**62), 0, 2**62]),
            "small": [4, 5, 6],
            "huge": [1e30, 2e30, np.nan],
        }
    )
    expected = [[0, -(2.0**62), 4, 1e30], [np.nan, 0, 5, 2e30], [3, 2.0**62, 6, np.nan]]
    np.testing.assert_array_equal(numeric_matrix(table), expected)


def test_the_table_cannot_be_written_through_the_matrix():
    table = pd.DataFrame({"x": [1.0, 2.0], "y": [3.0, 4.0]})
    before = table.copy()
    values = numeric_matrix(pd.DataFrame(np.array(table), columns=["x", "y"]))
    with pytest.raises(ValueError, match="read-only"):
        values[0, 0] = 9
    pd.testing.assert_frame_equal(table, before)
