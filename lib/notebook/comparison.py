"""Two groups' maps, and their difference."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any

import numpy as np
import pandas as pd

from ..charts import Grid, Heatmap, name_text, p_text
from ..stats import Adjustment, Comparison, CorrelationMethod
from ..stats import compare as compared
from ..stats.table import NameOrColumn, Table, pairs_of, set_aside, table_of
from .drawn import Backend, Drawn, check_backend, drawn_map
from .mapping import SYMBOLS
from .saying import check_alpha, of_marks, of_rows

_ACROSS = 2


def compare(
    data: Table,
    other: Table | None = None,
    *,
    groups: NameOrColumn | None = None,
    method: CorrelationMethod = "pearson",
    adjust: Adjustment = "holm",
    alpha: float = 0.05,
    permutations: int = 999,
    title: str = "",
    backend: Backend = "matplotlib",
) -> Drawn[Comparison]:
    """Whether two groups differ in which columns go together: their difference, and both maps.

    A pair that is significant in one group and not in the other need not differ between them. So
    the difference itself is tested, in every cell and for the whole map; a difference that is not
    significant is pale. One colour means the same in all three maps: where a difference goes beyond
    1, so do the colours.

    Parameters
    ----------
    data, other, groups
        Two tables with the same columns of numbers: ``compare(women, men)``. Or one, with the name
        of the column that splits its rows in two: ``compare(people, groups="sex")``.
    method
        "pearson", "spearman" or "kendall".
    adjust, alpha
        How p is corrected for the number of pairs, and below which p a difference is significant.
    permutations
        Random splits of the rows, for the test of the whole map; 0 leaves it out.
    title, backend
        As for `heatmap`.

    Returns
    -------
    Drawn
        Its `found` is what `lib.stats.compare` gives.

    Raises
    ------
    ValueError
        As `lib.stats.compare`; for an alpha that is not between 0 and 1, and an unknown backend.

    Examples
    --------
    >>> first = {"a": [1, 2, 3, 4, 5], "b": [1, 2, 3, 5, 4], "c": [2, 1, 2, 1, 2]}
    >>> second = {"a": [1, 2, 3, 4, 5], "b": [5, 3, 4, 2, 1], "c": [1, 2, 2, 1, 2]}
    >>> drawn = compare(first, second, permutations=0)
    >>> drawn.says[-1]
    "1 of 3 differences is significant at 5 % after Holm's correction; pale cells are not."
    >>> drawn.found.pairs()[["x", "y", "r_first", "r_second"]].round(2).head(1)
       x  y  r_first  r_second
    0  a  b      0.9      -0.9
    """
    check_backend(backend)
    check_alpha(alpha)
    found = compared(
        data, other, groups=groups, method=method, adjust=adjust, permutations=permutations
    )
    column = "" if groups is None else _name_of(data, groups)
    reach = _reach(found)
    settings: dict[str, Any] = {
        "limits": (-reach, reach),
        "scale": f"{SYMBOLS[method]}, and its difference",
    }
    first, second = map(name_text, found.names)
    split = f"{column}: " if column else ""
    chart = Grid(
        [
            Heatmap.lower(
                found.difference,
                title=f"{split}{first} less {second}",
                faded=~(found.p_adjusted < alpha),
                **settings,
            ),
            Heatmap.lower(found.first.r, title=f"{split}{first}", **settings),
            Heatmap.lower(found.second.r, title=f"{split}{second}", **settings),
        ],
        across=_ACROSS,
        title=title,
    )
    return drawn_map(chart, tuple(_said(found, column, reach, alpha)), found, backend)


def _name_of(data: Table, groups: NameOrColumn) -> str:
    """What the column that splits the rows is called."""
    return name_text(set_aside(table_of(data), groups, "groups")[1].name)


def _reach(found: Comparison) -> float:
    """Where the colours end: at 1, or in tenths beyond it where a difference goes further.

    A difference of two r can be as large as 2.
    """
    largest = float(np.nanmax(np.abs(found.difference.to_numpy()), initial=0))
    return max(1.0, ceil(round(10 * largest, 9)) / 10)


def _said(found: Comparison, column: str, reach: float, alpha: float) -> Iterator[str]:
    symbol = SYMBOLS[found.method]
    first, second = (
        f"where {column} is {name_text(name)}" if column else f"in the {name} table"
        for name in found.names
    )
    yield f"The first map is {symbol} {first} less {symbol} {second}."
    further = ", as far as the differences go," if reach > 1 else ""
    yield f"The colours run from −{reach:g} to {reach:g}{further} and are neutral at 0."
    for place, group in ((first, found.first), (second, found.second)):
        rows = of_rows(pd.Series(pairs_of(group.n.to_numpy())))
        yield f"{place[0].upper()}{place[1:]}, {rows[0].lower()}{rows[1:]}"
    if found.permutations:
        p = p_text(float(found.whole["p"]["sum of squares"]))
        yield (
            f"Do the maps differ at all? {p}, by the sum of squared differences over "
            f"{found.permutations:,} random splits."
        )
    yield of_marks(
        pd.Series(pairs_of(found.p_adjusted.to_numpy())), found.adjust, alpha, "difference"
    )
