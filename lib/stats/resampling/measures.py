"""Measures of two columns by name, for whatever draws rows again or brings them in other orders.

Pearson's and Spearman's have ways of their own, in `replicates` and `permuted`. The packages above
this one add theirs when they are imported: nothing here knows them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast, get_args

import numpy as np
import pandas as pd
from pandas.api import types

from ..correlation import CorrelationMethod, correlate, tau_of_tables
from ..table import (
    Booleans,
    Floats,
    Integers,
    Kind,
    check_choice,
    coded_table,
    dropped,
    kinds_of,
    numeric_matrix,
    refuse,
    shared_rows,
)
from .choices import FEWEST_ROWS, ResamplingMethod
from .replicates import (
    Counts,
    OfTables,
    pearson_replicates,
    replicates_of,
    spearman_replicates,
)

DrawnKind: TypeAlias = Kind | Literal["boolean"]


@dataclass(frozen=True, eq=False)
class PairMeasure:
    """A measure of two columns, for many tables of them at once.

    Attributes
    ----------
    of_kinds
        Called with what x and y hold: gives the function that measures such columns, or None
        where the measure is not defined for them. That function is called with two arrays of
        tables x rows, x and y, numbers or codes of levels, without missing values; it gives one
        number a table, NaN where it is undefined. Its tables hold the same rows in other orders,
        or rows drawn again.
    takes
        What columns it is defined for, and the way there: the end of a refusal.
    symmetric
        Whether y and x give what x and y give.
    copies
        What a column may hold if its rows are to be drawn twice.
    """

    of_kinds: Callable[[DrawnKind, DrawnKind], OfTables | None]
    takes: str
    symmetric: bool = True
    copies: tuple[DrawnKind, ...] = ("numeric", "boolean", "ordinal", "nominal")


def measure_of(method: str) -> PairMeasure | None:
    """The measure of that name; None for Pearson's and Spearman's.

    Raises
    ------
    ValueError
        For an unknown name.
    """
    own_ways = get_args(ResamplingMethod)
    check_choice("method", method, [*own_ways, *_MEASURES])
    return None if method in own_ways else _MEASURES[method]


def measured_in_tables(
    method: str,
    values: Floats,
    kinds: Sequence[DrawnKind],
    counts: Counts,
    first: Integers,
    second: Integers,
) -> Iterator[tuple[Integers, Floats]]:
    """The measure of pairs of columns in tables that hold each row as often as `counts` says.

    Counts are tables x rows. Yields which of the pairs, and pairs x tables; NaN where undefined.
    """
    own_ways = {"pearson": pearson_replicates, "spearman": spearman_replicates}
    if method in own_ways:
        return own_ways[method](values, counts, first, second)
    measure = _MEASURES[method]

    def of_pair(x: int, y: int) -> OfTables | None:
        return measure.of_kinds(kinds[x], kinds[y])

    return replicates_of(of_pair, values, counts, first, second)


@dataclass(frozen=True, eq=False)
class MeasuredPairs:
    """A measure of the pairs of a table for which it is defined.

    `values` are n x k, `value` and `n` k x k; the pairs are given as first and second columns.
    """

    method: str
    values: Floats
    kinds: Sequence[DrawnKind]
    value: Floats
    n: Integers
    first: Integers
    second: Integers

    def in_tables(self, counts: Counts) -> Iterator[tuple[Integers, Floats]]:
        """As `measured_in_tables`, of these pairs."""
        return measured_in_tables(
            self.method, self.values, self.kinds, counts, self.first, self.second
        )


def measure_pairs(data: pd.DataFrame, method: str) -> MeasuredPairs:
    """The measure of all pairs of columns of a table whose rows are to be drawn again.

    Raises
    ------
    ValueError
        For an unknown method, and for columns that it does not take or whose rows it cannot take
        twice; as `correlate`.
    """
    measure = measure_of(method)
    if measure is None or is_correlation(method):
        found = correlate(data, cast(CorrelationMethod, method), adjust="none")
        r, values = found.r.to_numpy(), numeric_matrix(data)
        pairs = np.nonzero(np.triu(~np.isnan(r), 1))
        kinds: list[DrawnKind] = ["numeric"] * len(r)
        return MeasuredPairs(method, values, kinds, r, found.n.to_numpy(), *pairs)
    values, kinds = drawn_columns(data)
    defined = _defined(measure, kinds)
    _refuse_columns(data, method, measure, kinds, defined)
    n = shared_rows(values)
    first, second = np.nonzero(defined & (n >= FEWEST_ROWS))
    value = np.full(n.shape, np.nan)
    once = np.ones((1, len(values)), dtype=np.uint8)
    for some, of_table in measured_in_tables(method, values, kinds, once, first, second):
        value[first[some], second[some]] = of_table[:, 0]
    known = ~np.isnan(value[first, second])
    if measure.symmetric:
        value[second, first] = value[first, second]
    return MeasuredPairs(method, values, kinds, value, n, first[known], second[known])


def _defined(measure: PairMeasure, kinds: Sequence[DrawnKind]) -> Booleans:
    """Which pairs of columns are to be measured: those above the diagonal, or also those below."""
    defined = np.array([[measure.of_kinds(x, y) is not None for y in kinds] for x in kinds])
    np.fill_diagonal(defined, False)
    return np.triu(defined) if measure.symmetric else defined


def _refuse_columns(
    data: pd.DataFrame,
    method: str,
    measure: PairMeasure,
    kinds: Sequence[DrawnKind],
    defined: Booleans,
) -> None:
    beside_some = defined | defined.T
    others = [name for place, name in enumerate(data) if not beside_some[place].any()]
    refuse(
        others,
        f"not for {method} here, which takes {measure.takes}; leave out others with "
        f"{dropped(others)}",
    )
    refuse(
        [name for name, kind in zip(data, kinds, strict=True) if kind not in measure.copies],
        f"numeric, and {method} cannot take rows of it twice: see permutation_test, which does not "
        "draw them again, or make categories of it, for example with pd.qcut",
    )


def is_correlation(method: str) -> bool:
    """Whether the measure is a coefficient r."""
    return method in get_args(CorrelationMethod)


def is_symmetric(method: str) -> bool:
    """Whether the measure of y and x is that of x and y."""
    measure = measure_of(method)
    return measure is None or measure.symmetric


def numbers_alone(measure: OfTables) -> Callable[[DrawnKind, DrawnKind], OfTables | None]:
    """`of_kinds` of a measure of numbers and booleans."""
    numbers = {"numeric", "boolean"}
    return lambda x, y: measure if {x, y} <= numbers else None


def drawn_columns(data: pd.DataFrame) -> tuple[Floats, list[DrawnKind]]:
    """n x k values, numbers as they are and codes of levels, NaN where missing; and their kinds.

    Raises
    ------
    ValueError
        As `associate` does.
    """
    kinds = kinds_of(data)
    drawn: list[DrawnKind] = [
        "boolean" if types.is_bool_dtype(dtype) else kind
        for dtype, kind in zip(data.dtypes, kinds, strict=True)
    ]
    return coded_table(data, kinds), drawn


NUMBERS = "numbers: convert with pd.to_numeric what is one"

_MEASURES: dict[str, PairMeasure] = {
    "kendall": PairMeasure(numbers_alone(tau_of_tables), takes=NUMBERS)
}


def register_measures(measures: Mapping[str, PairMeasure]) -> None:
    """Let `bootstrap` and `permutation_test` know measures by their names."""
    _MEASURES.update(measures)
