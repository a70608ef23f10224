"""Friedman's H and its numerator for all pairs of features in one of five models."""

import numpy as np
import pandas as pd
import seaborn as sns
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

model = "forest"
rank = "H"
background = "all 398 rows"

tumours = pd.read_csv("breast_cancer.csv")
X, y = tumours.drop(columns="diagnosis"), (tumours["diagnosis"] == "benign").astype(int)
X_train, X_test, y_train, y_test = train_test_split(
    X, y, test_size=0.3, random_state=42, stratify=y
)
fitted = {
    "forest": RandomForestClassifier(n_estimators=200, random_state=42),
    "another forest": RandomForestClassifier(n_estimators=200, random_state=0),
    "boosting": GradientBoostingClassifier(max_depth=3, random_state=42),
    "stumps": GradientBoostingClassifier(max_depth=1, random_state=42),
    "logistic regression": make_pipeline(StandardScaler(), LogisticRegression()),
}[model].fit(X_train, y_train)
is_forest, is_linear = "forest" in model, model == "logistic regression"

# In log-odds a linear model is a sum, and few rows show it
averaged = {"all 398 rows": 398, "100 rows": 100, "50 rows": 50}[background]
averaged = min(averaged, 30) if is_linear else averaged
known = X_train.to_numpy()
if averaged < len(known):
    chosen = np.random.default_rng(0).choice(len(known), averaged, replace=False)
    known = known[np.sort(chosen)]
features = X.shape[1]
alone = np.zeros((features, averaged))
together = np.zeros((features, features, averaged))


def leaves(tree):
    # The value of every leaf, and between which bounds each feature leads to it
    low = np.full((tree.node_count, tree.n_features), -np.inf)
    high = np.full((tree.node_count, tree.n_features), np.inf)
    level = np.array([0])
    while len(level):
        split = level[tree.children_left[level] >= 0]
        left, right = tree.children_left[split], tree.children_right[split]
        for side in (left, right):
            low[side], high[side] = low[split], high[split]
        high[left, tree.feature[split]] = low[right, tree.feature[split]] = tree.threshold[split]
        level = np.concatenate([left, right])
    is_leaf = tree.children_left < 0
    return tree.value[is_leaf, 0, -1], low[is_leaf], high[is_leaf]


def asked(*columns):
    # Mean log-odds over the rows, with these features set to each row's own values
    cells = np.repeat(known[None], len(known), axis=0)
    for j in columns:
        cells[:, :, j] = known[:, [j]]
    return (cells @ (fitted[-1].coef_[0] / fitted[0].scale_)).mean(axis=1)


if is_linear:
    alone = np.array([asked(j) for j in range(features)])
    for j in range(features):
        for k in range(j + 1, features):
            together[j, k] = asked(j, k) - alone[j] - alone[k]
else:
    # No predictions: a leaf gives its value to a row if the features that are set lead there,
    # times the share of the rows that all the others let through
    points = known.astype(np.float32)
    weight = 1 / 200 if is_forest else fitted.learning_rate
    for estimator in fitted.estimators_ if is_forest else fitted.estimators_[:, 0]:
        value, low, high = leaves(estimator.tree_)
        value = weight * value
        used = np.flatnonzero(np.isfinite(low).any(axis=0) | np.isfinite(high).any(axis=0))
        inside = {j: (points[:, [j]] > low[:, j]) & (points[:, [j]] <= high[:, j]) for j in used}
        missed = sum((~inside[j]).astype(int) for j in used)
        effect = {j: inside[j] @ (value * (missed == ~inside[j]).mean(axis=0)) for j in used}
        for a, j in enumerate(used):
            alone[j] += effect[j]
            for k in used[a + 1 :]:
                others = (missed - ~inside[j] == ~inside[k]).mean(axis=0)
                both = (inside[j] & inside[k]) @ (value * others)
                together[j, k] += both - effect[j] - effect[k]

together = together - together.mean(axis=-1, keepdims=True)
alone = alone - alone.mean(axis=-1, keepdims=True)
rms = np.sqrt((together**2).mean(axis=-1))
rms[rms < 1e-9] = 0  # rounding
h = np.divide(rms, (together + alone[:, None] + alone).std(axis=-1), where=rms > 0, out=0 * rms)
square = pd.DataFrame(h if rank == "H" else rms, X.columns, X.columns).T
hidden = np.triu(np.ones(square.shape, bool))
sns.heatmap(square.iloc[1:, :-1], mask=hidden[1:, :-1], cmap="viridis", vmin=0)

# The numbers that the step names
first = None
second = None
j, k = np.triu_indices(features, 1)
names = X.columns[j] + " × " + X.columns[k]
table = pd.DataFrame({"H": h[j, k], "rms": rms[j, k]}, names)
rows, pairs = averaged, len(table)
scale = "probability" if is_forest else "log-odds"
strongest, highest = table["rms"].idxmax(), table["H"].idxmax()
if table["rms"].max() == 0:
    strongest = highest = "none"
named = " × ".join(name for name in X.columns if name in (first, second))
if named not in table.index:
    named = "none"


def measured(pair):
    if pair == "none":
        return 0.0, 0.0, 0
    rms, h = table.loc[pair, ["rms", "H"]]
    return rms, h, (table["rms"] > rms).sum() + 1


strongest_rms, strongest_h, strongest_rank = measured(strongest)
highest_rms, highest_h, highest_rank = measured(highest)
mapped_rms, mapped_h, mapped_rank = measured("mean radius × mean texture")
named_rms, named_h, named_rank = measured(named)
print(strongest, strongest_rms, highest, highest_h)
