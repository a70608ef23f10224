"""What the lines of several steps have to give."""

from typing import Any

import numpy as np
import pandas as pd

from lib.course.writing import Wanted, a_frame, a_series
from lib.course.writing.refused import Refused


def a_full_frame(*, like: pd.DataFrame) -> Wanted:
    """A DataFrame of numbers with the rows and columns of `like`, and no gap.

    >>> a_full_frame(like=pd.DataFrame({"x": [1.0]}))(pd.DataFrame({"x": [2.0]}))
         x
    0  2.0
    """
    check = a_frame(like=like)

    def without_gaps(value: Any) -> pd.DataFrame:
        frame: pd.DataFrame = check(value)
        gaps = int(frame.isna().to_numpy().sum())
        if gaps:
            raise Refused(f"{gaps} cells of your table are gaps; each needs a number.")
        return frame

    return without_gaps


def a_full_series(*, like: "pd.Series[float]") -> Wanted:
    """A Series of finite numbers with the rows of `like`, and no gap.

    >>> a_full_series(like=pd.Series([1.0]))(np.array([2.0])).tolist()
    [2.0]
    """
    check = a_series(like=like)

    def without_gaps(value: Any) -> "pd.Series[float]":
        series: pd.Series[float] = check(value)
        numbers = int(np.isfinite(series).sum())
        if numbers < len(series):
            raise Refused(
                f"{len(series) - numbers} of your {len(series)} values are gaps or infinite. What "
                "is divided by zero is infinite: does an r of one stand below the line, that of a "
                "column with itself?"
            )
        return series

    return without_gaps
