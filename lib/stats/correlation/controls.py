"""Correlations given chosen columns, each pair over the rows that it shares with these."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.stats.correlation.alike import alike
from lib.stats.correlation.ranks import rank_deviations
from lib.stats.table import Floats, Integers, bounded, listed, refuse, standardised

# A column of which less than this share of its length is left by the others (a variance
# inflation factor above 1e14) has lost seven digits of its partial correlations, and more.
LEAST_LENGTH_LEFT = 1e-7
_NEGLIGIBLE_WEIGHT = 1e-3


@dataclass(frozen=True, eq=False)
class Given:
    """The columns that are held fixed, n x c, and their names."""

    values: Floats
    names: "pd.Index[str]"


def r_given(
    values: Floats, names: "pd.Index[str]", given: Given, *, ranks: bool, semipartial: bool
) -> tuple[Floats, Integers]:
    """Partial correlations as a matrix, NaN where undefined, and the rows of each.

    Of semipartial ones, [i, j] is i with what is left of j. In no row is a given column missing.
    """
    columns = values.shape[1]
    r, n = np.full((columns, columns), np.nan), np.zeros((columns, columns), dtype=np.int64)
    for x, y, rows in alike(values):
        n[np.ix_(x, y)] = n[np.ix_(y, x)] = len(rows)
        if len(rows) < len(given.names) + 3:  # fewer leave a line through two points, or nothing
            continue
        controls = _Controls.of(_scores(given.values[rows], ranks), given.names)
        of_x, of_y = (_scores(values[np.ix_(rows, side)], ranks) for side in (x, y))
        left_of_x, left_of_y = controls.left(of_x, names[x]), controls.left(of_y, names[y])
        whole_x, whole_y = (
            (standardised(of_x, axis=0), standardised(of_y, axis=0))
            if semipartial
            else (left_of_x, left_of_y)
        )
        r[np.ix_(x, y)] = bounded(whole_x.T @ left_of_y)
        r[np.ix_(y, x)] = bounded(whole_y.T @ left_of_x)
    return r, n


def _scores(values: Floats, ranks: bool) -> Floats:
    if not ranks:
        return values
    return np.array([rank_deviations(column) for column in values.T], dtype=np.float64).T


@dataclass(frozen=True, eq=False)
class _Controls:
    """What columns span that are held fixed."""

    names: "pd.Index[str]"
    directions: Floats  # orthonormal, one a column
    weights: Floats  # of the controls, for each direction
    rounding: Floats  # of each control, as a share of its spread

    @classmethod
    def of(cls, values: Floats, names: "pd.Index[str]") -> "_Controls":
        scores = standardised(values, axis=0)
        varying = np.asarray(~np.isnan(scores).any(axis=0))  # what does not vary explains nothing
        scores, values, names = scores[:, varying], values[:, varying], names[varying]
        directions, lengths, mix = np.linalg.svd(scores, full_matrices=False)
        check_collinear(values, lengths, mix, names)
        return cls(names, directions, mix.T / lengths, rounding_of(values))

    def left(self, values: Floats, names: "pd.Index[str]") -> Floats:
        """What the controls leave of each column, of length 1."""
        scores = standardised(values, axis=0)
        shares = self.directions.T @ scores
        left = scores - self.directions @ shares
        left -= self.directions @ (self.directions.T @ left)
        lengths = np.sqrt(np.einsum("ij,ij->j", left, left))
        rounding = rounding_of(values) + np.abs(self.weights @ shares).T @ self.rounding
        explained = lengths < np.maximum(LEAST_LENGTH_LEFT, rounding)
        refuse(
            names[explained].tolist(),
            f"no more than the given columns ({listed(self.names)}) say already: what they leave "
            "of it is rounding. Leave it out, or them",
        )
        return np.asarray(left / lengths)


def rounding_of(values: Floats) -> Floats:
    """How much of a column's spread may be float64's rounding; infinite where it has none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled = values / np.abs(values).max(axis=0)
        spread = np.sqrt(((scaled - scaled.mean(axis=0)) ** 2).mean(axis=0))
        return np.asarray(np.finfo(np.float64).eps / spread)


def check_collinear(
    values: Floats, lengths: Floats, directions: Floats, names: "pd.Index[str]"
) -> None:
    """Refuse columns with a combination of (nearly) no length: one follows from the others."""
    nothing_left = lengths < np.maximum(LEAST_LENGTH_LEFT, np.abs(directions) @ rounding_of(values))
    if nothing_left.any():
        weights = np.abs(directions[nothing_left]).max(axis=0)
        involved = listed(names[weights > _NEGLIGIBLE_WEIGHT])
        raise ValueError(
            f"Columns {involved} are collinear: what is left of one, given the others, is "
            "rounding. Leave out one of them."
        )
