"""A world whose rule is known, and the interactions that a model of it has, counted in leaves."""

import numpy as np
import pandas as pd
from sklearn.datasets import make_friedman1
from sklearn.ensemble import GradientBoostingRegressor, RandomForestRegressor

model = "forest"
measure = "H"

names = ["x1", "x2", "x3", "x4", "x5", "x6"]
X, y = make_friedman1(1000, n_features=6, noise=1, random_state=0)
X = pd.DataFrame(X, columns=names)
fitted = {
    "forest": RandomForestRegressor(n_estimators=200, min_samples_leaf=2, random_state=0),
    "boosting": GradientBoostingRegressor(n_estimators=300, max_depth=3, random_state=0),
    "stumps": GradientBoostingRegressor(n_estimators=300, max_depth=1, random_state=0),
}[model].fit(X, y)
background = X.sample(150, random_state=0)


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


def centred(values):
    return values - values.mean(axis=-1, keepdims=True)


# Partial dependence needs no predictions: a leaf gives its value to a row if the features that
# are set lead there, times the share of the rows that all the others let through
points = background.to_numpy(np.float32)
alone, together = np.zeros((6, 150)), np.zeros((6, 6, 150))
is_forest = model == "forest"
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
together, alone = centred(together), centred(alone)

table = {}
for j in range(6):
    for k in range(j + 1, 6):
        rms = np.sqrt((together[j, k] ** 2).mean())
        h = rms / (together[j, k] + alone[j] + alone[k]).std() if rms > 1e-9 else 0.0
        table[f"{names[j]} × {names[k]}"] = {"H": h, "rms": rms if h else 0.0}
table = pd.DataFrame(table).T
print(table)

table[measure].sort_values().plot.barh()

# The numbers that the step names
pair = None
rows, pairs, floor = len(X), len(table), 0.05
true_h, true_rms = table.loc["x1 × x2", ["H", "rms"]]
others = table["H"].drop("x1 × x2")
next_h = others.max()
next_pair = others.idxmax() if next_h else "none"
largest_h = table["H"].max()
above = (others > floor).sum()
named_h = table.loc[pair, "H"] if pair else 0.0
x3_r = X["x3"].corr(pd.Series(y))
asked = pd.concat([background.assign(x3=v) for v in np.linspace(0, 1, 21)])
x3_swing = np.ptp(fitted.predict(asked).reshape(21, -1).mean(axis=1))
fresh, fresh_y = make_friedman1(1000, n_features=6, noise=1, random_state=1)
r_squared = fitted.score(pd.DataFrame(fresh, columns=names), fresh_y)
