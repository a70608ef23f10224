"""Sums over parts of a table are those of the whole, whatever the parts."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.stats import correlate
from lib.stats.streams import Moments, Numbers


def table(seed, gaps, rows=240):
    """Values near 1e8, one column twice, one constant, one of few values and one without any."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(rows, 6)) + 1e8
    values[:, 1] += values[:, 0] - 1e8
    values[:, 2] = values[:, 0]
    values[:, 3] = 7.1
    values[:, 4] = rng.random(rows) < 0.03
    values[rng.random(values.shape) < gaps] = np.nan
    values[:, 5] = np.nan
    return values


def summed(parts):
    found = Moments.none(parts[0].shape[1])
    for part in parts:
        found = found.merge(Moments.of(np.array(part.T, order="C")))
    return found


@settings(deadline=None, max_examples=60)
@given(
    seed=st.integers(0, 2**32 - 1),
    gaps=st.sampled_from([0.0, 0.05, 0.6]),
    cuts=st.lists(st.integers(0, 240), max_size=12),
    order=st.randoms(use_true_random=False),
)
def test_any_parts_in_any_order_give_the_same(seed, gaps, cuts, order):
    values = table(seed, gaps)
    parts = np.split(values, sorted(cuts))
    order.shuffle(parts)
    half = len(parts) // 2 + 1
    found = summed(parts[:half]).merge(summed([*parts[half:], values[:0]]))
    expected = correlate(values)
    np.testing.assert_array_equal(found.n, expected.n)
    np.testing.assert_allclose(found.r(range(6)), expected.r, rtol=0, atol=1e-12)


def test_digits_near_1e8_against_whole_numbers():
    """r of Anscombe's first set moved to 1e8: exact sums of whole numbers and hundredths."""
    x = np.array([10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5])
    y = np.array([804, 695, 758, 881, 833, 996, 724, 426, 1084, 482, 568])
    products = 11 * int(x @ y) - int(x.sum()) * int(y.sum())
    squares = [11 * int(side @ side) - int(side.sum()) ** 2 for side in (x, y)]
    exact = products / np.sqrt(float(squares[0] * squares[1]))
    moved = np.column_stack([x + 1e8, y + 2.0**40])
    found = summed([moved[:3], moved[3:4], moved[4:]]).r("xy")[0, 1]
    assert found == pytest.approx(exact, abs=1e-15)


def test_bases_of_partitions_may_differ():
    """Identifiers beyond 2^53, of which float64 would lose the last digits."""
    ids = [2**62 + number for number in (5, 3, 9, 1, 7, 4)]
    other = [1.0, 2.0, 2.5, 0.5, 4.0, 3.0]
    found = Moments.none(2)
    for some in (slice(0, 2), slice(2, 3), slice(3, 6)):
        batch = pa.record_batch({"id": pa.array(ids[some]), "other": pa.array(other[some])})
        numbers = Numbers(batch.schema)
        for block in numbers.blocks(batch):
            found = found.merge(Moments.of(block, numbers.bases))
    expected = np.corrcoef([number - 2**62 for number in ids], other)[0, 1]
    assert found.r(["id", "other"])[0, 1] == pytest.approx(expected, abs=1e-14)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([1.0, np.inf, 2.0], "Column 'x' is infinite in places"),
        ([1e160, 2e160, 5e160], "Column 'x' is of a size whose squares"),
        ([1e-170, 2e-170, 5e-170], "Column 'x' is of a size whose squares"),
    ],
)
def test_what_has_no_squares_is_refused(values, message):
    found = Moments.of(np.array([values, [1.0, 2.0, 4.0]]))
    with pytest.raises(ValueError, match=message):
        found.r("xy")
