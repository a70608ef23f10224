"""The course's tables: what each one is, and its rows, typed and checked.

`catalogue()` says what there is, `load(name)` gives a frame, `path(name)` the CSV file itself.
"""

from functools import cache
from pathlib import Path

import pandas as pd

from .entries import Dataset, catalogue, entry
from .reading import read

__all__ = ["Dataset", "catalogue", "load", "path"]


def load(name: str) -> pd.DataFrame:
    """The table `name`, with the types, levels and index that the catalogue gives it.

    Whole numbers are int64, other numbers float64, months monthly periods, and categories have
    all their levels in the catalogue's order. Every call returns a new frame: change it freely.

    Raises KeyError for a table that the catalogue does not have, and ValueError for one that
    differs from what the catalogue says.

    >>> load("salaries")["rank"].max()
    'Prof'
    >>> load("co2").loc["1958-03":"1958-05"]
                 co2
    month
    1958-03  316.100
    1958-04  317.200
    1958-05  317.433
    >>> load("titanik")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    KeyError: "Table 'titanik' is not in the catalogue. The catalogue has: ..."
    """
    return _read_once(name).copy()


def path(name: str) -> Path:
    """The CSV file of the table `name`, as it is bundled.

    Raises KeyError for a table that the catalogue does not have.

    >>> path("iris").name
    'iris.csv'
    """
    return entry(name).file


@cache
def _read_once(name: str) -> pd.DataFrame:
    return read(entry(name))
