"""Every pair of columns as a map."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

from ..stats import (
    Adjustment,
    Associations,
    CorrelationMethod,
    Correlations,
    associate,
    correlate,
)
from ..stats.table import Names, Table, check_choice
from .drawn import Backend, Drawn, check_backend, drawn_map
from .mapping import Map, cell_texts, in_order, painted
from .saying import check_alpha, of_gaps, of_marks, of_measures, of_rows

Order: TypeAlias = Literal["as filed", "clustered", "by name"]


def heatmap(
    data: Table,
    *,
    x: Names | None = None,
    y: Names | None = None,
    method: CorrelationMethod | None = None,
    adjust: Adjustment = "holm",
    alpha: float = 0.05,
    order: Order = "as filed",
    title: str = "",
    backend: Backend = "matplotlib",
) -> Drawn[Associations | Correlations]:
    """How strongly every two columns go together, numbers and categories on one map.

    Each pair stands there once. Measures with a sign are painted from -1 to 1 with the neutral
    colour at 0, whatever the values are; where one of them has no sign, the colours show strength
    alone, from 0 to 1. What is not significant after the correction is pale.

    Parameters
    ----------
    data
        n rows x k columns, as `lib.stats` takes it: a pandas, polars or Arrow table, an array, a
        dict of columns or a list of rows.
    x, y
        A column's name, or a list of names: the columns of x in the rows of a rectangle, beside
        those of y in its columns. With one of them only, the other is all the rest.
    method
        None measures each pair by what fits its two kinds, as `associate` does, without what
        chance adds to measures that have no sign. "pearson", "spearman" and "kendall" measure all
        by the one, and take numbers alone.
    adjust, alpha
        How p is corrected for the number of pairs, and below which p a pair is significant: see
        `adjust_p_values`.
    order
        "as filed" keeps the table's; "clustered" puts side by side what goes together; "by name".
    title
        Stands over the map.
    backend
        "matplotlib", or "plotly" for a figure that says more where it is pointed at.

    Returns
    -------
    Drawn
        Its `found` is what `associate` gives, or `correlate` where a method is named.

    Raises
    ------
    ValueError
        As `associate` and `correlate`; for an alpha that is not between 0 and 1, and an unknown
        order or backend.

    Examples
    --------
    >>> table = {
    ...     "feed": ["bean", "bean", "bean", "corn", "corn", "corn", "meal", "meal", "meal"],
    ...     "weight": [160, 180, 170, 320, 300, 340, 250, 270, 260],
    ...     "days": [7, 8, 9, 14, 15, 13, 10, 11, 12],
    ... }
    >>> drawn = heatmap(table, x="feed")
    >>> drawn.says[-1]
    "All 2 pairs are significant at 5 % after Holm's correction."
    >>> drawn.found.value.round(3)
          weight   days
    feed   0.977  0.931
    """
    check_backend(backend)
    check_alpha(alpha)
    check_choice("order", order, get_args(Order))
    found: Associations | Correlations = (
        associate(data, x=x, y=y, adjust=adjust, corrected=True)
        if method is None
        else correlate(data, method, x=x, y=y, adjust=adjust)
    )
    shown = in_order(Map.of(found), order)
    chart = painted(
        shown,
        half="lower half",
        texts=cell_texts(shown, "value", None),
        faded=~(shown.p_adjusted < alpha),
        title=title,
    )
    says = (
        *of_measures(shown),
        of_rows(shown.pairs["n"]),
        of_marks(shown.pairs["p_adjusted"], adjust, alpha),
        *of_gaps(shown.pairs["value"]),
    )
    return drawn_map(chart, says, found, backend)
