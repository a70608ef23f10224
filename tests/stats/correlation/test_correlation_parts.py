"""What correlate is made of, beside brute force."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from lib.stats.correlation.inversions import count_inversions
from lib.stats.correlation.orders import _different_orders
from lib.stats.correlation.ranks import rank_deviations

LENGTHS = [1, 2, 15, 16, 17, 31, 32, 33, 64, 65, 100, 257]


@pytest.mark.parametrize("length", LENGTHS)
def test_inversions_equal_those_of_all_pairs(length):
    rng = np.random.default_rng(length)
    for largest in [1, 3, length, 2**30 - 1]:
        sequences = rng.integers(0, largest, size=(5, length)).astype(np.int32)
        expected = [
            sum(a > b for a, b in itertools.combinations(row, 2)) for row in sequences.tolist()
        ]
        ascending = [sorted(row) for row in sequences.tolist()]
        assert count_inversions(sequences).tolist() == expected
        assert sequences.tolist() == ascending


@pytest.mark.parametrize("length", LENGTHS)
def test_inversions_of_orders_that_are_known(length):
    up = np.arange(length, dtype=np.int32)
    sequences = np.array([up, up[::-1], np.zeros(length, dtype=np.int32)])
    assert count_inversions(sequences).tolist() == [0, length * (length - 1) // 2, 0]


@pytest.mark.parametrize("ranks", [(1, 2, 3, 4), (1, 1, 2, 3), (0, 0, 5, 5, 5), (7, 7, 7)])
def test_every_different_order_is_there_once(ranks):
    found = [tuple(order) for order in _different_orders(ranks).tolist()]
    assert sorted(found) == sorted(set(itertools.permutations(ranks)))


@given(column=hnp.arrays(np.float64, st.integers(1, 30), elements=st.integers(-5, 5).map(float)))
@settings(max_examples=50, deadline=None)
def test_rank_deviations_are_twice_the_distance_from_the_mean_rank(column):
    expected = 2 * pd.Series(column).rank() - (len(column) + 1)
    assert rank_deviations(column).tolist() == expected.tolist()
