"""What the tests of models share: one thread, and the forest of the course, fitted once."""

import pytest
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split
from threadpoolctl import threadpool_limits

from datasets import load


@pytest.fixture(autouse=True, scope="package")
def one_thread():
    """Threads that wait for each other take longer than these small tables."""
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="package")
def cancer():
    """Training and test rows of the breast cancer data, and whether they are benign."""
    table = load("breast_cancer")
    benign = table.pop("diagnosis") == "benign"
    return train_test_split(table, benign, test_size=0.3, random_state=42, stratify=benign)


@pytest.fixture(scope="package")
def forest(cancer):
    """200 trees on the training rows."""
    train, _, benign, _ = cancer
    return RandomForestClassifier(200, random_state=42).fit(train, benign)
