"""The tables that several lessons load. What is cached here is shared, so not to be changed."""

from functools import cache
from typing import NamedTuple

import pandas as pd

import datasets

BREAST_CANCER = datasets.catalogue()["breast_cancer"]
CHILE = datasets.catalogue()["chile"]
DIABETES = datasets.catalogue()["diabetes"]
GOLUB = datasets.catalogue()["golub"]
HAIR_EYE = datasets.catalogue()["hair_eye"]
HIGHWAY = datasets.catalogue()["highway"]
MTCARS = datasets.catalogue()["mtcars"]
NOTTINGHAM = datasets.catalogue()["nottingham"]
QUAKES = datasets.catalogue()["quakes"]
SALARIES = datasets.catalogue()["salaries"]
TITANIC = datasets.catalogue()["titanic"]
UN = datasets.catalogue()["un"]
WINE = datasets.catalogue()["wine"]


@cache
def table(name: str) -> pd.DataFrame:
    """A bundled table."""
    return datasets.load(name)


def highway() -> pd.DataFrame:
    """The highway table as it should be read."""
    return table("highway")


class Tumours(NamedTuple):
    """The popular recipe's split of the breast cancer table. Class 1 is benign."""

    train: pd.DataFrame
    test: pd.DataFrame
    train_benign: "pd.Series[int]"
    test_benign: "pd.Series[int]"


@cache
def tumours() -> Tumours:
    """Three tenths of the tumours for testing, as many of each kind as in the whole."""
    from sklearn.model_selection import train_test_split

    features = table("breast_cancer").drop(columns="diagnosis")
    benign = (table("breast_cancer")["diagnosis"] == "benign").astype(int)
    split = train_test_split(features, benign, test_size=0.3, random_state=42, stratify=benign)
    return Tumours(*split)
