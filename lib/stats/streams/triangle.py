"""What regressions need of a table's rows: the triangle of its QR decomposition."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from ..table import Booleans, Floats, Integers, vary
from .moments import Moments, apart
from .numbers import Numbers
from .sources import Source
from .sums import complete, total


@dataclass(frozen=True, eq=False)
class Triangle:
    """A small table in place of a large one: k + 1 rows with the same products of columns.

    Merged as `Moments` are, where these would leave half of the digits: what is left of a column,
    given others, may be a small part of it, and its square a vanishing one. Of complete rows only.

    Attributes
    ----------
    rows
        How many rows there are.
    factor
        R of Q R = [1, X]: a column of ones, then the k columns from their origins.
    moments
        Of the same rows: ends, origins and bases of the columns.
    missing
        How many values each column misses, in all rows.
    """

    rows: int
    factor: Floats
    moments: Moments
    missing: Integers

    @classmethod
    def none(cls, columns: int) -> "Triangle":
        """That of no rows."""
        return cls.of(np.empty((columns, 0)))

    @classmethod
    def of(cls, values: Floats, bases: Floats | None = None) -> "Triangle":
        """That of one block: k x m values, NaN where missing. They may be overwritten."""
        missing = np.isnan(values).sum(axis=1)
        values = complete(values)
        columns, rows = values.shape
        design = np.ones((rows, columns + 1))
        design[:, 1:] = values.T
        moments = Moments.of(values, bases)
        design[:, 1:] -= (moments.origins_of_columns - moments.bases).sum(axis=0)
        with np.errstate(invalid="ignore"):
            usable = np.isfinite(design).all()
        return cls(rows, _triangle(design) if usable else design[:0], moments, missing)

    def merge(self, other: "Triangle") -> "Triangle":
        """That of both sets of rows.

        References
        ----------
        Demmel, Grigori, Hoemmen and Langou (2012), SIAM Journal on Scientific Computing 34,
        A206-A239 (triangles of triangles).
        """
        missing = self.missing + other.missing
        if not (self.rows and other.rows):
            return replace(other if other.rows else self, missing=missing)
        moments = self.moments.merge(other.moments)
        moved = other.factor.copy()
        between = apart(self.moments.origins_of_columns, other.moments.origins_of_columns)
        moved[:, 1:] += np.outer(moved[:, 0], between)
        factor = _triangle(np.concatenate([self.factor, moved]))
        return Triangle(self.rows + other.rows, factor, moments, missing)

    @property
    def scores(self) -> Floats:
        """Columns whose products are correlations; NaN for those that do not vary.

        At most k rows in place of n, whose columns have length 1. Their means are not 0.
        """
        deviations = self.factor[1:, 1:]
        squares = np.einsum("ij,ij->j", deviations, deviations)
        lengths = np.sqrt(np.where(self.varying, squares, np.nan))
        return np.asarray(deviations / lengths)

    @property
    def varying(self) -> Booleans:
        """Which columns vary by more than rounding."""
        return vary(self.moments.lowest, self.moments.highest)

    @property
    def rounding(self) -> Floats:
        """How much of each column's spread may be float64's rounding."""
        size = np.fmax(np.abs(self.moments.lowest), np.abs(self.moments.highest))
        with np.errstate(divide="ignore", invalid="ignore"):
            spread = np.sqrt(np.diagonal(self.moments.squares) / self.rows)
            return np.asarray(np.finfo(np.float64).eps * size / spread)


def triangle_of(source: Source, columns: Sequence[str]) -> Triangle:
    """The Triangle of some columns of a source.

    Raises
    ------
    ValueError
        For columns that are not numbers, infinite values, and sizes without squares.
    """
    fields = [source.schema.field(name) for name in columns]
    Numbers(fields)  # refuses what is no number before anything is read
    of_batch = partial(_triangle_of_batch, fields)
    found = total(source, columns, of_batch, Triangle.none(len(columns)))
    found.moments.refuse_sizes(columns)
    return found


def _triangle_of_batch(fields: Sequence[Any], batch: Any) -> Triangle:
    numbers, found = Numbers(fields), Triangle.none(len(fields))
    for block in numbers.blocks(batch):
        found = found.merge(Triangle.of(block, numbers.bases))
    return found


def _triangle(table: Floats) -> Floats:
    return np.asarray(np.linalg.qr(table, mode="r"))
