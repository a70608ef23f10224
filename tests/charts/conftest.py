from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from datasets import load


@dataclass(frozen=True)
class Triangle:
    """The lower triangle of a correlation matrix without its empty row and column."""

    values: pd.DataFrame
    hidden: pd.DataFrame


@pytest.fixture(scope="session")
def highway() -> pd.DataFrame:
    return load("highway").corr(numeric_only=True)


@pytest.fixture(scope="session")
def breast_cancer() -> pd.DataFrame:
    return load("breast_cancer").corr(numeric_only=True)


@pytest.fixture(scope="session")
def triangle(highway: pd.DataFrame) -> Triangle:
    above = pd.DataFrame(np.triu(np.ones(highway.shape, bool)), highway.index, highway.columns)
    return Triangle(highway.iloc[1:, :-1], above.iloc[1:, :-1])
