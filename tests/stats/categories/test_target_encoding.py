"""target_encode against a plain loop, and the leak that it closes."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.stats import target_encode

BOTH = pytest.mark.parametrize("leave_one_out", [True, False])


def encoded_row_by_row(groups, values, leave_one_out):
    encoded = []
    for row, group in enumerate(groups):
        members = [
            value
            for other, value in enumerate(values)
            if groups[other] == group
            and not np.isnan(value)
            and not (leave_one_out and other == row)
        ]
        known = group is not None and members
        encoded.append(np.mean(members) if known else np.nan)
    return encoded


@BOTH
@given(
    rows=st.lists(
        st.tuples(st.sampled_from([*"abcd", None]), st.sampled_from([1.5, -2, 7, 0.1, np.nan])),
        min_size=1,
        max_size=15,
    )
)
@settings(max_examples=30, deadline=None)
def test_equals_a_plain_loop(leave_one_out, rows):
    groups, values = ([*column] for column in zip(*rows, strict=True))
    found = target_encode(groups, values, leave_one_out=leave_one_out)
    expected = encoded_row_by_row(groups, values, leave_one_out)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)


def test_a_row_s_own_value_stays_out_unless_asked_otherwise():
    assert target_encode(list("aab"), [1, 2, 3]).tolist()[:2] == [2, 1]
    assert target_encode(list("aab"), [1, 2, 3], leave_one_out=False).tolist() == [1.5, 1.5, 3]


@pytest.mark.parametrize("row", range(3))
@pytest.mark.parametrize(("huge", "others"), [(1e12, [0.1, 0.2]), (1e16, [1, 2]), (-1e300, [3, 4])])
def test_a_huge_value_costs_the_mean_of_the_others_no_digits(huge, others, row):
    values = np.insert(np.array(others, dtype=float), row, huge)
    assert target_encode(["a"] * 3, values)[row] == pytest.approx(sum(others) / 2, rel=1e-15)


def test_the_leak_of_a_hundred_groups_of_pure_noise():
    """In sample r is sqrt(99 / 499) = .445 on average, leaving one out about 0.

    Means of 40 draws of 500 rows. The theory takes every group to have a row; 500 rows leave
    0.7 of 100 groups empty. The standard errors are about .007; the tolerance is four of them.
    """
    rng = np.random.default_rng(3)
    in_sample, without_own = [], []
    for _ in range(40):
        groups, values = rng.integers(100, size=500), pd.Series(rng.normal(size=500))
        in_sample.append(values.corr(target_encode(groups, values, leave_one_out=False)))
        without_own.append(values.corr(target_encode(groups, values)))
    assert np.mean(in_sample) == pytest.approx(np.sqrt(99 / 499), abs=0.028)
    assert np.mean(without_own) == pytest.approx(0, abs=0.028)


def test_a_group_s_only_value_has_no_others():
    assert np.isnan(target_encode(list("aab"), [1, 2, 3])[2])
    assert np.isnan(target_encode(["a", "a"], [1, np.nan])[0])


def test_a_row_without_a_value_gets_the_mean_of_its_group_s_others():
    found = target_encode(list("aaab"), [1, 2, np.nan, np.nan])
    assert found.tolist()[:3] == [2, 1, 1.5]
    assert np.isnan(found[3])


@BOTH
def test_values_around_1e8_keep_their_digits(leave_one_out):
    """Numbers of that size are 1.5e-8 apart: the result may be off by two such steps."""
    rng = np.random.default_rng(0)
    groups, values = rng.integers(8, size=3000).tolist(), rng.integers(100, size=3000) / 16
    found = target_encode(groups, values + 1e8, leave_one_out=leave_one_out) - 1e8
    expected = target_encode(groups, values, leave_one_out=leave_one_out)
    np.testing.assert_allclose(found, expected, rtol=0, atol=3e-8)


@BOTH
def test_labels_and_name_are_those_of_the_groups(leave_one_out):
    towns = pd.Series(["Ulm", "Ulm", "Bern", "Bern"], index=[7, 5, 5, 1], name="town")
    found = target_encode(towns, [1, 2, 3, 4], leave_one_out=leave_one_out)
    assert found.index.equals(towns.index)
    assert found.name == "town"
    assert found.dtype == np.float64
    values = pd.Series([1, 2, 3, 4], index=[7, 5, 5, 1], name="rent")
    labelled = target_encode(towns.tolist(), values, leave_one_out=leave_one_out)
    assert labelled.index.equals(values.index)
    assert labelled.name is None
    np.testing.assert_array_equal(labelled, found)


def test_booleans_are_0_and_1():
    assert target_encode(list("aaa"), [True, False, True]).tolist() == [0.5, 1, 0.5]


@pytest.mark.parametrize(
    ("groups", "values", "message"),
    [
        (["a", "b"], ["1", "2"], "Column 'values' is not numeric"),
        (["a", "b"], [1, np.inf], "Column 'values' is infinite in places"),
        (["a", "b"], [1, 2, 3], "groups has 2, values has 3"),
        ([["a"], ["b"]], [1, 2], "Column 'groups' has values such as lists"),
        ([], np.array([]), "but no rows"),
    ],
)
def test_what_cannot_be_encoded_is_named(groups, values, message):
    with pytest.raises(ValueError, match=message):
        target_encode(groups, values)
