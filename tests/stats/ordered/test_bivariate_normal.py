"""The cells of cut bivariate normal distributions, beside scipy and numbers of many digits."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm

from lib.stats.ordered.bivariate_normal import Cuts, cells


def one_corner(rows_below, columns_below, n):
    """One table of two by two cells, cut at one threshold each."""
    return Cuts(
        np.array([[0.0, rows_below, n]]), np.array([[0.0, columns_below, n]]), np.array([float(n)])
    )


@pytest.mark.parametrize("correlation", [-0.999, -0.8, -0.3, 0.0, 0.2, 0.7, 0.95, 0.99999])
def test_cells_equal_differences_of_scipys_distribution_function(correlation):
    tables = np.random.default_rng(0).integers(0, 60, size=(8, 3, 4))
    tables[0, 1] = 0  # a level without rows
    cuts = Cuts.of(tables)
    found = cells(np.full(len(tables), np.arcsin(correlation)), cuts).probability
    normal = multivariate_normal([0, 0], [[1, correlation], [correlation, 1]])
    for number in range(len(tables)):
        corners = np.array(
            [
                [normal.cdf([h, k]) for k in cuts.column_thresholds[number]]
                for h in cuts.row_thresholds[number]
            ]
        )
        expected = np.diff(np.diff(corners, axis=0), axis=1)
        np.testing.assert_allclose(found[number], expected, rtol=0, atol=1e-10)


@pytest.mark.parametrize(
    ("below", "correlation", "expected"),
    [
        # P(X < h, Y > k), by mpmath's quadrature with 40 digits.
        ((200, 800, 1000), 0.9, 3.622308921927848e-06),
        ((200, 800, 1000), 0.99, 2.69740120593345e-35),
        ((300, 310, 1000), 0.5, 0.13945375597173013),
        ((300, 310, 1000), 0.9999, 3.998763220402183e-05),
        ((300_000, 300_001, 1_000_000), 0.3, 0.17185683660559897),
    ],
)
def test_cells_far_from_the_diagonal_keep_their_digits(below, correlation, expected):
    found = cells(np.array([np.arcsin(correlation)]), one_corner(*below)).probability
    assert found[0, 0, 1] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("angle", np.linspace(-1.5, 1.5, 7))
def test_quadrants_have_the_probability_that_sheppard_found(angle):
    found = cells(np.array([angle]), one_corner(5, 5, 10)).probability[0]
    assert found[0, 0] == pytest.approx(0.25 + angle / (2 * np.pi), abs=1e-14)
    assert found.sum() == pytest.approx(1)


def test_slopes_are_those_of_the_probabilities():
    cuts = Cuts.of(np.random.default_rng(1).integers(1, 60, size=(5, 3, 4)))
    angle, step = np.array([-1.3, -0.4, 0.2, 0.9, 1.4]), 1e-5
    above, found, below = (cells(angle + side * step, cuts) for side in (1, 0, -1))
    slope = (above.probability - below.probability) / (2 * step)
    curvature = (above.slope - below.slope) / (2 * step)
    np.testing.assert_allclose(found.slope, slope, rtol=0, atol=1e-8)
    np.testing.assert_allclose(found.curvature, curvature, rtol=1e-6, atol=1e-8)


def test_without_a_correlation_margins_multiply_and_with_a_perfect_one_they_overlap():
    cuts = Cuts(np.array([[0.0, 2, 7, 10]]), np.array([[0.0, 5, 10]]), np.array([10.0]))
    np.testing.assert_allclose(cuts.independent, [[[0.1, 0.1], [0.25, 0.25], [0.15, 0.15]]])
    rising, falling = ([[0.2, 0], [0.3, 0.2], [0, 0.3]], [[0, 0.2], [0.2, 0.3], [0.3, 0]])
    np.testing.assert_allclose(cuts.perfect(np.array([1.0])), [rising])
    np.testing.assert_allclose(cuts.perfect(np.array([-1.0])), [falling])
    np.testing.assert_allclose(cells(np.zeros(1), cuts).probability, cuts.independent, atol=1e-14)
    np.testing.assert_allclose(norm.cdf(cuts.row_thresholds[0, 1:-1]), [0.2, 0.7])
