"""What the lines of several steps have to give."""

from typing import Any

import pandas as pd

from lib.course.writing import Wanted, a_frame
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
