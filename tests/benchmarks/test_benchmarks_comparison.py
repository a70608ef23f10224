"""The harness: no ratio without the same result, and ratios the right way up."""

from time import sleep

import pytest

from benchmarks.comparison import Comparison, compare


def same(found, expected):
    assert found == expected


def comparison(ours, theirs, at_least=1.0):
    return Comparison("work", "peer", ours, theirs, same, at_least)


def test_different_results_are_never_timed():
    with pytest.raises(AssertionError):
        compare(comparison(lambda: 1, lambda: 2))


def after(seconds):
    def work():
        sleep(seconds)
        return 1

    return work


def test_a_ratio_is_how_many_times_as_fast_as_the_peer():
    result = compare(comparison(after(0.001), after(0.3), at_least=10))
    assert 0.001 <= result.ours < 0.3 <= result.theirs
    assert result.ratio == result.theirs / result.ours
    assert result.reached


def test_a_goal_that_is_missed():
    result = compare(comparison(after(0.3), after(0.001), at_least=0.2))
    assert result.ratio < 0.2
    assert not result.reached
