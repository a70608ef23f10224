"""Measures of two columns by name, for whatever draws rows again or brings them in other orders.

Pearson's and Spearman's have ways of their own, in `replicates` and `permuted`. The packages above
this one add theirs when they are imported: nothing here knows them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

import pandas as pd
from pandas.api import types

from lib.stats.correlation import tau_of_tables
from lib.stats.resampling.choices import ResamplingMethod
from lib.stats.resampling.replicates import (
    Counts,
    OfTables,
    pearson_replicates,
    replicates_of,
    spearman_replicates,
)
from lib.stats.table import (
    Floats,
    Integers,
    Kind,
    check_choice,
    coded,
    kind_of,
    numeric_matrix,
    refuse,
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


_MEASURES: dict[str, PairMeasure] = {}


def register_measure(name: str, measure: PairMeasure) -> None:
    """Let `bootstrap` and `permutation_test` know a measure by its name.

    Raises
    ------
    ValueError
        For a name that is taken.
    """
    if name in _MEASURES or name in get_args(ResamplingMethod):
        raise ValueError(f"There is a measure {name!r} already: choose another name.")
    _MEASURES[name] = measure


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
    kinds = [_drawn_kind(column) for _, column in data.items()]
    refuse(
        [name for name, kind in zip(data, kinds, strict=True) if kind is None],
        "neither numbers nor text nor categories: make numbers of it with pd.to_numeric, or "
        "categories with .astype('category'), or leave it out with data.drop(columns=...)",
    )
    columns = {
        place: column.array if kind in {"numeric", "boolean"} else coded(column, name)[0]
        for place, ((name, column), kind) in enumerate(zip(data.items(), kinds, strict=True))
    }
    table = pd.DataFrame(columns, index=data.index).set_axis(data.columns, axis=1)
    return numeric_matrix(table), [kind for kind in kinds if kind is not None]


def _drawn_kind(column: "pd.Series[Any]") -> DrawnKind | None:
    return "boolean" if types.is_bool_dtype(column.dtype) else kind_of(column)


NUMBERS = (
    "numbers: convert with pd.to_numeric what is a number, leave out what is not, for example with "
    "data.select_dtypes(['number', 'bool'])"
)

register_measure("kendall", PairMeasure(numbers_alone(tau_of_tables), takes=NUMBERS))
