"""Scripts of the lesson's steps, and the parts that several of them begin with."""

from textwrap import dedent

SPLIT = """
import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split

tumours = pd.read_csv("breast_cancer.csv")
X = tumours.drop(columns="diagnosis")
y = (tumours["diagnosis"] == "benign").astype(int)
X_train, X_test, y_train, y_test = train_test_split(
    X, y, test_size=0.3, random_state=42, stratify=y
)
"""

FOREST = """
from sklearn.ensemble import RandomForestClassifier

model = RandomForestClassifier(n_estimators=200, random_state=42).fit(X_train, y_train)
"""

RECIPE = SPLIT + FOREST

SHARE = """

def interaction(surface):
    return surface - surface.mean(axis=0) - surface.mean(axis=1)[:, None] + surface.mean()


def share(surface):
    return interaction(surface).var() / surface.var()

"""

LEAVES = """

def leaves(tree):
    \"\"\"The value of every leaf, and between which bounds each feature leads to it.\"\"\"
    low = np.full((tree.node_count, tree.n_features), -np.inf)
    high = np.full((tree.node_count, tree.n_features), np.inf)
    for node in range(tree.node_count):  # a node comes before those below it
        left, right = tree.children_left[node], tree.children_right[node]
        if left >= 0:
            low[[left, right]], high[[left, right]] = low[node], high[node]
            high[left, tree.feature[node]] = tree.threshold[node]
            low[right, tree.feature[node]] = tree.threshold[node]
    is_leaf = tree.children_left < 0
    return tree.value[is_leaf, 0, -1], low[is_leaf], high[is_leaf]


def centred(rows):
    return rows - rows.mean(axis=-1, keepdims=True)


def interactions(trees, rows, weight):
    \"\"\"What two features do together and in all, at each row: features x features x rows.

    Partial dependence needs no predictions: a leaf gives its value to a row if the features
    that are set lead there, times the share of the rows that all the others let through.
    \"\"\"
    features = rows.shape[1]
    alone = np.zeros((features, len(rows)))
    together = np.zeros((features, features, len(rows)))
    for tree in trees:
        value, low, high = leaves(tree)
        value = weight * value
        used = np.flatnonzero(np.isfinite(low).any(axis=0) | np.isfinite(high).any(axis=0))
        inside = {j: (rows[:, [j]] > low[:, j]) & (rows[:, [j]] <= high[:, j]) for j in used}
        missed = sum((~inside[j]).astype(int) for j in used)
        effect = {}
        for j in used:
            others = (missed - ~inside[j] == 0).mean(axis=0)
            effect[j] = inside[j] @ (value * others)
            alone[j] += effect[j]
        for a, j in enumerate(used):
            for k in used[a + 1 :]:
                others = (missed - ~inside[j] - ~inside[k] == 0).mean(axis=0)
                both = (inside[j] & inside[k]) @ (value * others)
                together[j, k] += both - effect[j] - effect[k]
    together, alone = centred(together), centred(alone)
    return together, together + alone[:, None] + alone

"""


def joined(*parts: str) -> str:
    """Parts of a script, put together as they would be written in one go."""
    return "\n".join(dedent(part).strip("\n") for part in parts) + "\n"
