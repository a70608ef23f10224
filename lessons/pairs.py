"""What a cell of a map of pairs opens."""

from collections.abc import Callable

import pandas as pd

from lib.charts import Scatter
from lib.course import Behind
from lib.stats import correlate


def pair_behind(data: pd.DataFrame, unit: str) -> Callable[[str, str], Behind]:
    """The scatter plot of a cell's two columns, with r, its interval and so many `unit`."""

    def open_cell(row: str, column: str) -> Behind:
        chart = Scatter(data[column], data[row])
        if row == column:
            return Behind(chart, f"{row} against itself: a straight line, whatever the data say.")
        pair = correlate(data[[column, row]], adjust="none").pairs().iloc[0]
        sentence = (
            f"r = {pair.r:.2f} over {pair.n:.0f} {unit}; "
            f"95 % interval {pair.low:.2f} to {pair.high:.2f}."
        ).replace("-", "−")
        return Behind(chart, sentence)

    return open_cell
