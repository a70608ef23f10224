"""Concordant and discordant pairs of rows in tables of counts, and measures of them."""

from dataclasses import dataclass

import numpy as np

from ..table import Floats, Integers

# What rounding leaves of a standard error of 0.
_ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class Estimates:
    """A measure of m tables, and its asymptotic standard error: NaN where undefined or 0."""

    value: Floats
    standard_error: Floats


@dataclass(frozen=True, eq=False)
class Concordance:
    """Pairs of rows in m tables of counts, m x r x c.

    `concordant` and `discordant` are of length m. Every pair counts twice, once from each of its
    rows, as in the usual formulas. `agreeing` and `disagreeing` are m x r x c: with how many rows
    a row in that cell is concordant and discordant.
    """

    counts: Floats
    agreeing: Floats
    disagreeing: Floats
    concordant: Floats
    discordant: Floats

    @classmethod
    def of(cls, tables: Integers) -> "Concordance":
        counts = tables.astype(np.float64)
        agreeing = _in_lower_levels(counts) + _turned(_in_lower_levels(_turned(counts)))
        mirrored = counts[:, :, ::-1]
        disagreeing = _in_lower_levels(mirrored) + _turned(_in_lower_levels(_turned(mirrored)))
        disagreeing = disagreeing[:, :, ::-1]
        return cls(
            counts=counts,
            agreeing=agreeing,
            disagreeing=disagreeing,
            concordant=_total(counts * agreeing),
            discordant=_total(counts * disagreeing),
        )

    @property
    def n(self) -> Floats:
        return _total(self.counts)

    @property
    def tau_b(self) -> Floats:
        """Kendall's tau-b; NaN where a column has one level."""
        room = self._untied_in_rows * self._untied_in_columns
        return self._difference / np.sqrt(_or_nan(room))

    def gamma(self) -> Estimates:
        """Goodman and Kruskal's gamma."""
        untied = _or_nan(self.concordant + self.discordant)
        deviations = (
            _each(self.discordant) * self.agreeing - _each(self.concordant) * self.disagreeing
        )
        return self._estimates(self._difference / untied, 4 * deviations / _each(untied) ** 2)

    def tau_c(self) -> Estimates:
        """Stuart's tau-c."""
        fewer = np.minimum(_levels(self.counts, axis=2), _levels(self.counts, axis=1))
        scale = fewer / _or_nan((fewer - 1) * self.n**2)
        excess = self._excess - _each(self._difference / _or_nan(self.n))
        return self._estimates(self._difference * scale, 2 * excess * _each(scale))

    def somers_d_of_columns(self) -> Estimates:
        """Somers' D of the tables' columns, given their rows."""
        untied = _or_nan(self._untied_in_rows)
        others = _each(self.n) - self.counts.sum(axis=2, keepdims=True)
        deviations = _each(untied) * self._excess - _each(self._difference) * others
        return self._estimates(self._difference / untied, 2 * deviations / _each(untied) ** 2)

    @property
    def _difference(self) -> Floats:
        return self.concordant - self.discordant

    @property
    def _excess(self) -> Floats:
        return self.agreeing - self.disagreeing

    @property
    def _untied_in_rows(self) -> Floats:
        return np.asarray(self.n**2 - (self.counts.sum(axis=2) ** 2).sum(axis=1))

    @property
    def _untied_in_columns(self) -> Floats:
        return np.asarray(self.n**2 - (self.counts.sum(axis=1) ** 2).sum(axis=1))

    def _estimates(self, value: Floats, influence: Floats) -> Estimates:
        """The variance of a measure is the sum of squares of what each row contributes to it."""
        error = np.sqrt(_total(self.counts * influence**2))
        return Estimates(value, np.where(error > _ROUNDING, error, np.nan))


def _in_lower_levels(counts: Floats) -> Floats:
    """How many rows lie in lower levels of both columns."""
    cumulated = counts.cumsum(axis=1).cumsum(axis=2)
    return np.pad(cumulated, ((0, 0), (1, 0), (1, 0)))[:, :-1, :-1]


def _turned(counts: Floats) -> Floats:
    return counts[:, ::-1, ::-1]


def _levels(counts: Floats, axis: int) -> Floats:
    return np.asarray((counts.sum(axis=axis) > 0).sum(axis=1), dtype=np.float64)


def _total(cells: Floats) -> Floats:
    return np.asarray(cells.sum(axis=(1, 2)))


def _each(values: Floats) -> Floats:
    return values[:, np.newaxis, np.newaxis]


def _or_nan(values: Floats) -> Floats:
    return np.where(values > 0, values, np.nan)
