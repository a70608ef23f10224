"""Correlations given chosen columns, each pair over the rows that it shares with these."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..table import (
    Booleans,
    Floats,
    Integers,
    bounded,
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
class Scores:
    """Columns of length 1, with mean 0, whose products are correlations.

    Attributes
    ----------
    values
        One column each, NaN where it does not vary: n rows, or fewer with the same products.
    rounding
        How much of each column's spread may be float64's rounding.
    rows
        How many rows they are of.
    """

    values: Floats
    rounding: Floats
    rows: int

    @classmethod
    def of(cls, values: Floats, *, ranks: bool) -> "Scores":
        """Those of a table without missing values, or of its ranks."""
        if ranks:
            values = np.array([rank_deviations(column) for column in values.T], np.float64).T
        return cls(standardised(values, axis=0), rounding_of(values), len(values))

    @property
    def varying(self) -> Booleans:
        return np.asarray(~np.isnan(self.values).any(axis=0))

    def __getitem__(self, columns: Integers | Booleans) -> "Scores":
        return Scores(self.values[:, columns], self.rounding[columns], self.rows)


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
    _Controls.of(Scores.of(given.values, ranks=ranks)).refuse_collinear(given.names)
    for x, y, rows in alike(values):
        n[np.ix_(x, y)] = n[np.ix_(y, x)] = len(rows)
        if len(rows) < len(given.names) + 3:  # fewer leave a line through two points, or nothing
            continue
        controls = _Controls.of(Scores.of(given.values[rows], ranks=ranks))
        if controls.collinear.any():  # in these rows, not in all
            continue
        of_x, of_y = (Scores.of(values[np.ix_(rows, side)], ranks=ranks) for side in (x, y))
        if y is x:  # all that these columns have
            controls.refuse_explained(of_x, names[x], given.names)
        r[np.ix_(x, y)], left_of_x, left_of_y = controls.r(of_x, of_y)
        r[np.ix_(y, x)] = r[np.ix_(x, y)].T
        left[np.ix_(x, y)], left[np.ix_(y, x)] = left_of_x[:, np.newaxis], left_of_y[:, np.newaxis]
    return r, n, left


def r_given_scores(
    scores: Scores, names: "pd.Index[str]", given: Scores, given_names: "pd.Index[str]"
) -> tuple[Floats, Floats]:
    """The same of columns that all have the same rows: r, and what is left of each."""
    controls = _Controls.of(given)
    controls.refuse_collinear(given_names)
    columns = len(names)
    if scores.rows < len(given_names) + 3:
        empty = np.full((2, columns, columns), np.nan)
        return empty[0], empty[1]
    controls.refuse_explained(scores, names, given_names)
    r, left, _ = controls.r(scores, scores)
    return r, np.repeat(left[:, np.newaxis], columns, axis=1)


@dataclass(frozen=True, eq=False)
class _Controls:
    """What columns span that are held fixed."""

    varying: Booleans  # what does not vary explains nothing
    directions: Floats  # orthonormal, one a column
    lengths: Floats  # of the columns' combinations, one a direction
    mix: Floats  # which combinations they are, one a row
    rounding: Floats  # of each column, as a share of its spread

    @classmethod
    def of(cls, given: Scores) -> "_Controls":
        used = given[given.varying]
        directions, lengths, mix = np.linalg.svd(used.values, full_matrices=False)
        return cls(given.varying, directions, lengths, mix, used.rounding)

    @property
    def collinear(self) -> Booleans:
        """Which combinations have (nearly) no length."""
        return nothing_left(self.lengths, self.mix, self.rounding)

    def refuse_collinear(self, names: "pd.Index[str]") -> None:
        refuse_collinear(self.collinear, self.mix, names[self.varying])

    def refuse_explained(
        self, scores: Scores, names: "pd.Index[str]", given: "pd.Index[str]"
    ) -> None:
        explained = names[scores.varying & np.isnan(self._left(scores)).any(axis=0)]
        refuse(
            explained.tolist(),
            f"no more than the given columns ({listed(given)}) say already: only rounding is left. "
            "Leave out one or the other",
        )

    def r(self, x: Scores, y: Scores) -> tuple[Floats, Floats, Floats]:
        """Partial correlations of the columns of x with those of y; how long each still is."""
        left_of_x, left_of_y = self._left(x), self._left(y)
        lengths = (
            np.minimum(np.einsum("ij,ij->j", side.values, left), 1.0)
            for side, left in ((x, left_of_x), (y, left_of_y))
        )
        return bounded(left_of_x.T @ left_of_y), *lengths

    def _left(self, scores: Scores) -> Floats:
        """What the controls leave of each column, of length 1; NaN where that is rounding."""
        shares = self.directions.T @ scores.values
        left = scores.values - self.directions @ shares
        left -= self.directions @ (self.directions.T @ left)
        lengths = np.sqrt(np.einsum("ij,ij->j", left, left))
        weights = np.abs((self.mix.T / self.lengths) @ shares)
        rounding = scores.rounding + weights.T @ self.rounding
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
