"""Columns or rows in the order of a tree."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from ..charts import Clustermap, number_text
from ..stats import Clustering, Distance, Linkage, cluster, correlate
from ..stats.table import (
    Table,
    check_choice,
    constant_columns,
    listed,
    numeric_matrix,
    pairs_of,
    table_of,
)
from .drawn import Backend, Drawn, check_backend, drawn_map
from .saying import of_rows

Side: TypeAlias = Literal["columns", "rows"]

_MOST_ROWS = 2000
_USUAL: dict[Side, Distance] = {"columns": "1-|r|", "rows": "euclidean"}
_WORDS = {"1-|r|": "1 − |r|", "1-r": "1 − r", "euclidean": "Euclidean distances"}
_STANDARD_DEVIATIONS = 3.0


def clustermap(
    data: Table,
    *,
    side: Side = "columns",
    distance: Distance | None = None,
    linkage: Linkage = "average",
    strip: Hashable | None = None,
    title: str = "",
    backend: Backend = "matplotlib",
) -> Drawn[Clustering]:
    """What goes together side by side, with the tree that put it there.

    Of columns it is the map of their correlations, both sides in the order of one tree. Of rows
    it is the table itself, each column standardised, with a tree of the rows and one of the
    columns.

    Parameters
    ----------
    data
        n rows x k columns of numbers, as `lib.stats` takes them.
    side
        What the tree is of: "columns" or "rows". Rows with a missing value have no place among
        rows, and are left out; two columns are compared in the rows that both have.
    distance, linkage
        As `cluster` has them. None is "1-|r|" between columns and "euclidean" between rows.
    strip
        Of rows, the name of a column of at most six groups. It is not clustered: a strip of
        colours says which group each row belongs to.
    title, backend
        As for `heatmap`.

    Returns
    -------
    Drawn
        Its `found` is the tree of that side, as `cluster` gives it.

    Raises
    ------
    ValueError
        As `cluster`; between rows also for columns that do not vary and more rows than can be
        seen; for a strip between columns, or one that the table does not have.

    Examples
    --------
    >>> table = {
    ...     "cold": [9, 8, 6, 5, 3, 1],
    ...     "noise": [2, 5, 1, 4, 6, 2],
    ...     "heat": [1, 2, 4, 5, 8, 9],
    ... }
    >>> clustermap(table).found.order
    ['noise', 'cold', 'heat']
    >>> print(clustermap(table, side="rows").says[0])
    Rows are ordered by average linkage of Euclidean distances.
    """
    check_backend(backend)
    check_choice("side", side, get_args(Side))
    distance = distance or _USUAL[side]
    check_choice("distance", distance, tuple(_WORDS))
    if side == "rows":
        chart, says = _of_rows(table_of(data), distance, linkage, strip, title)
    else:
        if strip is not None:
            raise ValueError("A strip says which group each row is of: pass side='rows' with it.")
        chart, says = _of_columns(data, distance, linkage, title)
    ordered = f"{side.capitalize()} are ordered by {linkage} linkage of {_WORDS[distance]}."
    return drawn_map(chart, (ordered, *says, *_of_tree(chart.rows)), chart.rows, backend)


def _of_columns(
    data: Table, distance: Distance, linkage: Linkage, title: str
) -> tuple[Clustermap, tuple[str, ...]]:
    tree = cluster(data, distance=distance, linkage=linkage)
    found = correlate(data, adjust="none")
    n = pd.Series(pairs_of(found.n.to_numpy()))
    painted = "The colours are Pearson's r, from −1 to 1, and neutral at 0."
    return Clustermap(found.r, tree, tree, title=title), (painted, of_rows(n))


def _of_rows(
    table: pd.DataFrame, distance: Distance, linkage: Linkage, strip: Hashable | None, title: str
) -> tuple[Clustermap, tuple[str, ...]]:
    groups = None
    if strip is not None:
        if strip not in table.columns:
            raise ValueError(f"There is no column {strip!r} for a strip.")
        groups, table = table[strip], table.drop(columns=[strip])
    values = pd.DataFrame(numeric_matrix(table), table.index, table.columns)
    whole = values.dropna()
    _check_rows(whole)
    standard = (whole - whole.mean()) / whole.std()
    reach = _STANDARD_DEVIATIONS
    chart = Clustermap(
        standard,
        cluster(standard.T, distance=distance, linkage=linkage),
        cluster(standard, distance=distance, linkage=linkage),
        limits=(-reach, reach),
        scale="standard deviations from the column's mean",
        strips=None if groups is None else groups.loc[whole.index].to_frame(),
        title=title,
    )
    says = [
        f"Each column is standardised: the colours run from −{reach:.0f} to {reach:.0f} standard "
        "deviations from its mean, which is neutral."
    ]
    missing = len(values) - len(whole)
    if missing:
        rows = "1 row has" if missing == 1 else f"{missing:,} rows have"
        says.append(f"{rows} a missing value and {'is' if missing == 1 else 'are'} left out.")
    return chart, tuple(says)


def _check_rows(whole: pd.DataFrame) -> None:
    if len(whole) < 2:
        raise ValueError(
            f"A tree of rows needs two rows without a missing value, and here are {len(whole)}: "
            "pass fewer columns."
        )
    if len(whole) > _MOST_ROWS:
        raise ValueError(
            f"A tree of {len(whole):,} rows cannot be seen: draw some by lot, for example with "
            "data.sample(200, random_state=0)."
        )
    if not whole.index.is_unique:
        raise ValueError(
            "Rows of one name cannot be told apart: number them, with data.reset_index(drop=True)."
        )
    constant = whole.columns[constant_columns(whole.to_numpy())].tolist()
    if constant:
        raise ValueError(
            f"{listed(constant)} cannot be standardised, since nothing varies: pass the others."
        )


def _of_tree(tree: Clustering) -> tuple[str, ...]:
    says = ["A tree finds groups in noise, too: branch_stability says which of them would recur."]
    if np.isfinite(tree.cophenetic):
        shown = number_text(tree.cophenetic)
        says.insert(0, f"Heights in the tree correlate with the distances by {shown}.")
    return tuple(says)
