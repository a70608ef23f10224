"""What a cell of two series opens: no interval that counts rows which repeat each other."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from lib.charts import Scatter
from lib.course import Behind, fill
from lib.stats import correlate, effective_n

_TOO_FEW = 10
_LAGS = 8


def series_behind(data: pd.DataFrame, unit: str) -> Callable[[str, str], Behind]:
    """The scatter plot of a cell's two series, with r and what so many `unit` are worth.

    The interval is that of as many independent rows, by the short formula or by the sum over eight
    lags, whichever gives fewer; where these are fewer than ten there is none.

    Examples
    --------
    >>> table = pd.DataFrame({"x": range(40), "y": range(40)})
    >>> series_behind(table, "days")("x", "y").sentence
    'r = 1.00 over 40 days, which repeat each other: worth about 3 independent rows. No interval.'
    """

    def open_cell(row: str, column: str) -> Behind:
        chart = Scatter(data[column], data[row])
        if row == column:
            return Behind(chart, f"{row} against itself: a straight line, whatever the data say.")
        r = float(correlate(data[[column, row]], adjust="none").pairs()["r"].iloc[0])
        worth = _worth(data[column], data[row])
        said = {"r": r, "n": len(data), "unit": unit, "worth": worth}
        if worth < _TOO_FEW:
            text = (
                "r = {r:.2f} over {n:,} {unit}, which repeat each other: worth about {worth:.0f} "
                "independent rows. No interval."
            )
            return Behind(chart, fill(text, said))
        low, high = _interval(r, worth)
        text = (
            "r = {r:.2f} over {n:,} {unit}, by their echoes worth about {worth:,.0f} independent "
            "rows; a rough 95 % interval with so many is {low:.2f} to {high:.2f}."
        )
        return Behind(chart, fill(text, {**said, "low": low, "high": high}))

    return open_cell


def _worth(x: "pd.Series[float]", y: "pd.Series[float]") -> float:
    return float(np.nanmin([effective_n(x, y), effective_n(x, y, lags=_LAGS), len(x)]))


def _interval(r: float, rows: float) -> tuple[float, float]:
    """Fisher's, with this number of independent rows."""
    reach = 1.959963984540054 / np.sqrt(rows - 3)
    low, high = np.tanh(np.arctanh(r) + np.array([-reach, reach]))
    return float(low), float(high)
