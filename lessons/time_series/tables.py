"""The tables of the lesson. What is cached here is shared, so not to be changed."""

from functools import cache

import numpy as np
import pandas as pd

import datasets
from lessons.tables import table

CO2 = datasets.catalogue()["co2"]
LYNX = datasets.catalogue()["lynx"]
MACRO = datasets.catalogue()["us_macro"]
PASSENGERS = datasets.catalogue()["air_passengers"]
STOCKS = datasets.catalogue()["eu_stocks"]
SUNSPOTS = datasets.catalogue()["sunspots"]

NAMES = (
    "realgdp", "realcons", "realinv", "realgovt", "realdpi",
    "cpi", "m1", "tbilrate", "unemp", "pop",
)  # fmt: skip
RATES = ("tbilrate", "unemp")


@cache
def levels() -> pd.DataFrame:
    """Ten columns of the American economy, a row a quarter."""
    return table("us_macro")[list(NAMES)].astype(float)


@cache
def changes() -> pd.DataFrame:
    """From quarter to quarter: growth in logarithms, and differences of what is a rate already."""
    grown = levels().transform(np.log).diff()
    return grown.assign(**{rate: levels()[rate].diff() for rate in RATES}).dropna()
