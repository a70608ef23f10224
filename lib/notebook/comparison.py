"""Two groups' maps, and their difference."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ..charts import Grid, Heatmap, name_text, p_text
from ..stats import Adjustment, Comparison, CorrelationMethod
from ..stats import compare as compared
from ..stats.table import NameOrColumn, Table, pairs_of
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
    significant is pale.

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
    first, second = map(name_text, found.names)
    maps = (
        (found.difference, f"{first} less {second}", ~(found.p_adjusted < alpha)),
        (found.first.r, first, None),
        (found.second.r, second, None),
    )
    scale = f"{SYMBOLS[method]}, and its difference"
    chart = Grid(
        [Heatmap.lower(values, title=name, faded=pale, scale=scale) for values, name, pale in maps],
        across=_ACROSS,
        title=title,
    )
    return drawn_map(chart, tuple(_said(found, alpha)), found, backend)


def _said(found: Comparison, alpha: float) -> Iterator[str]:
    first, second = map(name_text, found.names)
    symbol = SYMBOLS[found.method]
    yield f"The first map is {symbol} of {first} less {symbol} of {second}."
    yield "The colours run from −1 to 1 and are neutral at 0."
    for name, group in ((first, found.first), (second, found.second)):
        rows = of_rows(pd.Series(pairs_of(group.n.to_numpy())))
        yield f"Of {name}, {rows[0].lower()}{rows[1:]}"
    if found.permutations:
        p = p_text(float(found.whole["p"]["sum of squares"]))
        yield (
            f"Do the maps differ at all? {p}, by the sum of squared differences over "
            f"{found.permutations:,} random splits."
        )
    yield of_marks(
        pd.Series(pairs_of(found.p_adjusted.to_numpy())), found.adjust, alpha, "difference"
    )
