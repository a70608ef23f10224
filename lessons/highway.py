"""The highway table, which most lessons come back to, and what their steps ask of it."""

from functools import cache

import pandas as pd

from lessons.tables import highway
from lib.stats import correlate

NUMBERS = (
    "rate", "len", "adt", "trks", "sigs1", "slim", "shld", "lane", "acpt", "itg", "lwid",
)  # fmt: skip


def pearson(data: pd.DataFrame) -> pd.DataFrame:
    """Pearson's r of the numeric columns."""
    return correlate(data.select_dtypes("number"), adjust="none").r


def r_between(data: pd.DataFrame, x: str, y: str) -> float:
    """Pearson's r of two columns."""
    return float(pearson(data[[x, y]]).to_numpy()[0, 1])


@cache
def ranked() -> pd.DataFrame:
    """Every pair of measurements by |r|, strongest first: pair, r, its interval and n."""
    pairs = correlate(highway()[list(NUMBERS)], adjust="none").pairs()
    named = pairs.assign(pair=[pair_name(x, y) for x, y in zip(pairs.x, pairs.y, strict=True)])
    return named.set_index("pair")[["r", "low", "high", "n"]]


def pair_name(x: str, y: str) -> str:
    """A pair in the order of the table's columns, such as adt–itg."""
    first, second = sorted((x, y), key=NUMBERS.index)
    return f"{first}–{second}"


PAIRS = tuple(pair_name(x, y) for i, x in enumerate(NUMBERS) for y in NUMBERS[i + 1 :])
