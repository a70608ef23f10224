"""What a star depends on: the adjustment, the level, and the way in which it is drawn."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from lib.charts import Heatmap, minus_signs
from lib.course import Behind, fill
from lib.course.behind import pair_behind
from lib.stats import Adjustment, correlate

Floats = NDArray[np.float64]

STAR = "★"

ADJUSTMENTS: dict[str, Adjustment] = {
    "none": "none",
    "Bonferroni": "bonferroni",
    "Holm": "holm",
    "BH": "bh",
    "BY": "by",
}

LEVEL = 0.05
LEVELS = {"10 %": 0.10, "5 %": LEVEL, "1 %": 0.01}

MARKS = ("stars", "faded", "hatched")

ROWS, COLUMNS = 100, 20
"""Of the tables of noise."""


def most_stars(pairs: int, level: float = LEVEL) -> int:
    """As many stars as all but one in a hundred thousand maps of noise have at most."""
    at_most = special.bdtr(np.arange(pairs + 1), pairs, level)
    return int(np.searchsorted(at_most, 1 - 1e-5))


def starred_map(
    r: pd.DataFrame,
    significant: pd.DataFrame,
    *,
    mark: str = "stars",
    decimals: int | None = 2,
    title: str = "",
) -> Heatmap:
    """The lower triangle of r, or all of it where its rows are not its columns.

    What is significant has a star, or the rest steps back.
    """
    paint: Callable[..., Heatmap] = Heatmap.lower if r.index.equals(r.columns) else Heatmap
    numbers = [
        "" if decimals is None else minus_signs(f"{value:.{decimals}f}")
        for value in r.to_numpy().flat
    ]
    stars = np.where(significant & (mark == "stars"), STAR, "")
    texts = np.strings.add(np.reshape(numbers, r.shape), stars)
    return paint(
        r,
        text=pd.DataFrame(texts, r.index, r.columns),
        faded=~significant if mark == "faded" else None,
        hatched=~significant if mark == "hatched" else None,
        title=title,
    )


def behind(
    data: pd.DataFrame, unit: str = "rows", drawn: int = 1000, *, interval: bool = True
) -> Callable[[str, str], Behind]:
    """What a cell opens: the pair's scatter plot, and its test as if it were the only one.

    Without the interval where the learner has not met one yet. The test is that of all rows, as on
    the map. Of more than `drawn` points only so many are drawn.
    """
    some = data if len(data) <= drawn else data.sample(drawn, random_state=0)

    def open_cell(row: str, column: str) -> Behind:
        plain = pair_behind(some, unit)(row, column)
        if row == column:
            return plain
        pair = correlate(data[[column, row]], adjust="none").pairs().iloc[0]
        ends = ", 95 % interval {low:.2f} to {high:.2f}. " if interval else ". "
        sentence = fill(
            "r = {r:.2f} over {n:,.0f} {unit}"
            + ends
            + "{p:p}, if this were the only pair that is looked at.",
            {"r": pair.r, "n": pair.n, "low": pair.low, "high": pair.high, "p": pair.p}
            | {"unit": unit},
        )
        if some is not data:
            sentence += f" Drawn are {drawn:,} of them, chosen by lot."
        return replace(plain, sentence=sentence)

    return open_cell
