"""Williams' test against published examples and against R's cocor."""

import numpy as np
import pytest

from lib.stats import compare_dependent


def test_the_example_of_steiger() -> None:
    """Steiger (1980), case A, as psych::r.test has it: t = 0.89, p = 0.37."""
    found = compare_dependent(0.5, 0.4, 0.1, 103)
    assert round(found.t, 2) == 0.89
    assert found.freedom == 100
    assert round(found.p, 2) == 0.37


@pytest.mark.parametrize(
    ("r", "n", "t"),
    [
        ((-0.1741, 0.2015, 0.3734), 646, -9.0340),
        ((0.8066, 0.2383, 0.2255), 177, 9.3823),
        ((0.5447, 0.8000, 0.0729), 70, -2.8114),
    ],
)
def test_t_of_cocor(r: tuple[float, float, float], n: int, t: float) -> None:
    """Published printouts of cocor's williams1959, from correlations of four digits."""
    found = compare_dependent(*r, n)
    assert found.t == pytest.approx(t, abs=0.005)
    assert found.freedom == n - 3


def test_p_of_cocor() -> None:
    assert compare_dependent(0.5447, 0.8, 0.0729, 70).p == pytest.approx(0.0065, abs=0.0001)


def test_two_columns_that_are_one_cannot_be_compared() -> None:
    assert np.isnan(compare_dependent(0.7, 0.7, 1.0, 30).p)
    assert compare_dependent(0.7, 0.7, 0.2, 30).p == 1


@pytest.mark.parametrize(
    ("given", "words"), [((0.1, 0.1, 0.1, 3), "4 rows"), ((0.1, 1.1, 0.1, 9), "r_xz is 1.1")]
)
def test_what_cannot_be_compared_is_refused(given: tuple[float, ...], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        compare_dependent(*given)  # type: ignore[arg-type]
