"""The tables of this lesson alone. What is cached here is shared, so not to be changed."""

from functools import cache

import pandas as pd

import datasets
from lessons.tables import table

DIGITS = datasets.catalogue()["digits"]


@cache
def nations() -> pd.DataFrame:
    """The measurements of the nations that have all of them."""
    return table("un").select_dtypes("number").dropna()
