"""Pearson's r of all pairs of a table without missing values."""

import numpy as np

from ..table import (
    Booleans,
    Floats,
    bounded,
    centred_columns,
    constant_columns,
    row_blocks,
    scaled_columns,
    standardised,
)

# Where removing a mean leaves less than this share of the sum of squares, more than one of
# float64's sixteen digits has cancelled.
SAFE_SHARE = 0.1
# Between these no square has overflowed or vanished, and no product of two sums will.
_SAFE_SQUARES = (1e-140, 1e140)


def complete_r(values: Floats) -> Floats:
    """Pearson's r of all pairs of an n x k table without missing values (n >= 1)."""
    varying = ~constant_columns(values)
    about_means, safe = _products(values)
    if not safe[varying].all():
        about_means, _ = _products(centred_columns(values, np.ones(values.shape, dtype=np.bool_)))
    lengths = np.sqrt(np.where(varying, np.diagonal(about_means), np.nan))
    return bounded(about_means / np.outer(lengths, lengths))


def complete_r_between(x: Floats, y: Floats) -> Floats:
    """The same of the columns of one table with those of another."""
    return bounded(standardised(x, axis=0).T @ standardised(y, axis=0))


def weighted_r(x: Floats, y: Floats, weights: Floats) -> Floats:
    """The same where rows count as much as their weights, which are above 0."""
    return bounded(_weighted_scores(x, weights).T @ _weighted_scores(y, weights))


def _weighted_scores(values: Floats, weights: Floats) -> Floats:
    """Columns whose products are weighted correlations; NaN where they do not vary."""
    share = weights / weights.max()
    share /= share.sum()
    scores = scaled_columns(values)
    for _ in range(2):  # a mean near 1e8 is itself rounded; the second pass removes what is left
        scores = scores - share @ scores
    scores *= np.sqrt(share)[:, np.newaxis]
    squares = np.einsum("ij,ij->j", scores, scores)
    defined = ~constant_columns(values) & (squares > 0)
    return np.asarray(scores / np.sqrt(np.where(defined, squares, np.nan)))


def in_range(squares: Floats) -> Booleans:
    """Which sums of squares can be used as they are."""
    smallest, largest = _SAFE_SQUARES
    return (squares > smallest) & (squares < largest)


def _products(values: Floats) -> tuple[Floats, Booleans]:
    """Sums of products of deviations from the means, and of which columns they can be trusted."""
    rows, columns = values.shape
    with np.errstate(over="ignore", invalid="ignore"):
        means = np.ones(rows) @ values / rows
        sums, products = np.zeros(columns), np.zeros((columns, columns))
        for block in row_blocks(values):
            deviations = block - means
            sums += np.ones(len(block)) @ deviations
            products += deviations.T @ deviations
        # A mean near 1e8 is itself rounded: what is left of it is removed as well.
        about_means = products - np.outer(sums, sums) / rows
        squares = np.diagonal(about_means)
        safe = in_range(squares) & (squares > SAFE_SHARE * np.diagonal(products))
    return about_means, safe
