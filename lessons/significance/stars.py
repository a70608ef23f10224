"""What a star depends on: the adjustment, the level, and the way in which it is drawn."""

from collections.abc import Callable

import pandas as pd

from lessons.highway import on_or_above_diagonal
from lib.charts import Heatmap, Scatter
from lib.course import Behind, fill
from lib.stats import Adjustment, correlate

STAR = "★"

ADJUSTMENTS: dict[str, Adjustment] = {
    "none": "none",
    "Bonferroni": "bonferroni",
    "Holm": "holm",
    "BH": "bh",
    "BY": "by",
}

LEVELS = {"10 %": 0.10, "5 %": 0.05, "1 %": 0.01}

MARKS = ("stars", "faded", "hatched")


def starred_map(
    r: pd.DataFrame,
    significant: pd.DataFrame,
    *,
    mark: str = "stars",
    decimals: int | None = 2,
    title: str = "",
) -> Heatmap:
    """The lower triangle of r; what is significant has a star, or the rest steps back."""
    shown, chosen = r.iloc[1:, :-1], significant.iloc[1:, :-1]
    numbers = shown.map(lambda value: "" if decimals is None else f"{value:.{decimals}f}")
    stars = chosen.map(lambda is_chosen: STAR if is_chosen else "")
    return Heatmap(
        shown,
        hidden=on_or_above_diagonal(r).iloc[1:, :-1],
        text=(numbers + stars).map(lambda text: text.replace("-", "−"))
        if mark == "stars"
        else numbers.map(lambda text: text.replace("-", "−")),
        faded=~chosen if mark == "faded" else None,
        hatched=~chosen if mark == "hatched" else None,
        title=title,
    )


def behind(data: pd.DataFrame, unit: str = "rows") -> Callable[[str, str], Behind]:
    """What a cell opens: the pair's scatter plot, and its test as if it were the only one."""

    def open_cell(row: str, column: str) -> Behind:
        chart = Scatter(data[column], data[row])
        if row == column:
            return Behind(chart, f"{row} against itself: a straight line, whatever the data say.")
        pair = correlate(data[[column, row]], adjust="none").pairs().iloc[0]
        sentence = fill(
            "r = {r:.2f} over {n:.0f} {unit}, 95 % interval {low:.2f} to {high:.2f}. "
            "p = {p:.2g}, if this were the only pair that is looked at.",
            {"r": pair.r, "n": pair.n, "low": pair.low, "high": pair.high, "p": pair.p}
            | {"unit": unit},
        )
        return Behind(chart, sentence)

    return open_cell
