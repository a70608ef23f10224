"""The forest that the comparisons of interactions share."""

from functools import lru_cache

import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

import datasets


@lru_cache(maxsize=1)
def breast_cancer_forest() -> tuple[RandomForestClassifier, pd.DataFrame]:
    """200 trees on 398 patients with 30 measurements, and these patients."""
    table = datasets.load("breast_cancer")
    benign = table.pop("diagnosis") == "benign"
    training, _, outcome, _ = train_test_split(
        table, benign, test_size=0.3, random_state=42, stratify=benign
    )
    return RandomForestClassifier(200, random_state=42).fit(training, outcome), training
