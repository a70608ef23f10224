"""The tables of the lesson, and what its steps make of them."""

import math
from collections.abc import Iterable
from functools import cache
from typing import Any

import pandas as pd

import datasets
from lessons.tables import table
from lib.stats import CategoricalAssociations, associate_categories

CHICKWTS = datasets.catalogue()["chickwts"]
UCB = datasets.catalogue()["ucb_admissions"]


@cache
def people(name: str) -> pd.DataFrame:
    """A table of counts as the people that were counted; shared, so not to be changed."""
    counts = table(name)
    rows = counts.index.repeat(counts["count"])
    return counts.drop(columns="count").loc[rows].reset_index(drop=True)


@cache
def applications() -> pd.DataFrame:
    """Berkeley's: outcome, department and gender of each."""
    return people("ucb_admissions")[["admit", "dept", "gender"]]


@cache
def applications_associated() -> CategoricalAssociations:
    """Every pair of their columns."""
    return associate_categories(applications(), adjust="none")


def coded(column: "pd.Series[Any]", order: Iterable[str]) -> "pd.Series[float]":
    """Words as numbers from zero, in the given order; what is missing stays missing."""
    codes = {word: float(code) for code, word in enumerate(order)}
    return column.astype(object).map(codes).astype(float)


def after_bergsma(v: float, levels: int, rows: int) -> float:
    """Bergsma's correction of a V of which nothing is known but its square table's size."""
    left = max(0.0, v**2 * (levels - 1) - (levels - 1) ** 2 / (rows - 1))
    return math.sqrt(left / (levels - (levels - 1) ** 2 / (rows - 1) - 1))
