"""Correlations given chosen columns, each pair over the rows that it shares with these."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..table import (
    Booleans,
    Floats,
    Integers,
    bounded,
    constant_columns,
    listed,
    refuse,
    standardised,
)
from .alike import alike
from .ranks import rank_deviations

# A column of which less than this share of its length is left by the others (a variance
# inflation factor above 1e14) has lost seven digits of its partial correlations, and more.
_LEAST_LENGTH_LEFT = 1e-7
_NEGLIGIBLE_WEIGHT = 1e-3


@dataclass(frozen=True, eq=False)
class Given:
    """The columns that are held fixed, n x c, and their names."""

    values: Floats
    names: "pd.Index[str]"


def r_given(
    values: Floats, names: "pd.Index[str]", given: Given, *, ranks: bool
) -> tuple[Floats, Integers, Floats]:
    """Partial correlations as a matrix, NaN where undefined, the rows of each, and what is left.

    [i, j] of what is left: how long i still is, once the given columns are taken out of it, in the
    rows that it shares with j. In no row is a given column missing.
    """
    columns = values.shape[1]
    r, left = np.full((2, columns, columns), np.nan)
    n = np.zeros((columns, columns), dtype=np.int64)
    _Controls.of(_scores(given.values, ranks)).refuse_collinear(given.names)
    for x, y, rows in alike(values):
        n[np.ix_(x, y)] = n[np.ix_(y, x)] = len(rows)
        if len(rows) < len(given.names) + 3:  # fewer leave a line through two points, or nothing
            continue
        controls = _Controls.of(_scores(given.values[rows], ranks))
        if controls.collinear.any():  # in these rows, not in all
            continue
        of_x, of_y = (_scores(values[np.ix_(rows, side)], ranks) for side in (x, y))
        left_of_x, left_of_y = controls.left(of_x), controls.left(of_y)
        if y is x:  # all that these columns have
            varying = ~constant_columns(of_x)
            _refuse_explained(names[x[varying & np.isnan(left_of_x).any(axis=0)]], given.names)
        r[np.ix_(x, y)] = bounded(left_of_x.T @ left_of_y)
        r[np.ix_(y, x)] = r[np.ix_(x, y)].T
        left[np.ix_(x, y)] = _lengths_left(of_x, left_of_x)[:, np.newaxis]
        left[np.ix_(y, x)] = _lengths_left(of_y, left_of_y)[:, np.newaxis]
    return r, n, left


def _lengths_left(values: Floats, left: Floats) -> Floats:
    lengths = np.einsum("ij,ij->j", standardised(values, axis=0), left)
    return np.asarray(np.minimum(lengths, 1.0))


def _refuse_explained(explained: "pd.Index[str]", given: "pd.Index[str]") -> None:
    refuse(
        explained.tolist(),
        f"no more than the given columns ({listed(given)}) say already: only rounding is left. "
        "Leave out one or the other",
    )


def _scores(values: Floats, ranks: bool) -> Floats:
    if not ranks:
        return values
    return np.array([rank_deviations(column) for column in values.T], dtype=np.float64).T


@dataclass(frozen=True, eq=False)
class _Controls:
    """What columns span that are held fixed."""

    varying: Booleans  # what does not vary explains nothing
    directions: Floats  # orthonormal, one a column
    lengths: Floats  # of the columns' combinations, one a direction
    mix: Floats  # which combinations they are, one a row
    rounding: Floats  # of each column, as a share of its spread

    @classmethod
    def of(cls, values: Floats) -> "_Controls":
        varying = ~constant_columns(values)
        directions, lengths, mix = np.linalg.svd(
            standardised(values[:, varying], axis=0), full_matrices=False
        )
        return cls(varying, directions, lengths, mix, rounding_of(values[:, varying]))

    @property
    def collinear(self) -> Booleans:
        """Which combinations have (nearly) no length."""
        return nothing_left(self.lengths, self.mix, self.rounding)

    def refuse_collinear(self, names: "pd.Index[str]") -> None:
        refuse_collinear(self.collinear, self.mix, names[self.varying])

    def left(self, values: Floats) -> Floats:
        """What the controls leave of each column, of length 1; NaN where that is rounding."""
        scores = standardised(values, axis=0)
        shares = self.directions.T @ scores
        left = scores - self.directions @ shares
        left -= self.directions @ (self.directions.T @ left)
        lengths = np.sqrt(np.einsum("ij,ij->j", left, left))
        weights = np.abs((self.mix.T / self.lengths) @ shares)
        rounding = rounding_of(values) + weights.T @ self.rounding
        defined = lengths > np.maximum(_LEAST_LENGTH_LEFT, rounding)
        return np.asarray(left / np.where(defined, lengths, np.nan))


def rounding_of(values: Floats) -> Floats:
    """How much of a column's spread may be float64's rounding; infinite where it has none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled = values / np.abs(values).max(axis=0)
        spread = np.sqrt(((scaled - scaled.mean(axis=0)) ** 2).mean(axis=0))
        return np.asarray(np.finfo(np.float64).eps / spread)


def nothing_left(lengths: Floats, mix: Floats, rounding: Floats) -> Booleans:
    """Which combinations of columns have (nearly) no length: one follows from the others."""
    return np.asarray(lengths < np.maximum(_LEAST_LENGTH_LEFT, np.abs(mix) @ rounding))


def refuse_collinear(collinear: Booleans, mix: Floats, names: "pd.Index[str]") -> None:
    """Raise ValueError that names the columns of combinations without length, if there are any."""
    if collinear.any():
        weights = np.abs(mix[collinear]).max(axis=0)
        involved = listed(names[weights > _NEGLIGIBLE_WEIGHT])
        raise ValueError(
            f"Columns {involved} are collinear: what is left of one, given the others, is "
            "rounding. Leave out one of them."
        )
