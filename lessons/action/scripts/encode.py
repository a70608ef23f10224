"""Towns that become numbers in three ways, where the outcome is noise."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.model_selection import KFold
from sklearn.preprocessing import TargetEncoder
from sklearn.tree import DecisionTreeRegressor

levels = 100
rows = 500
code = "the mean of all"
draw = 96

rng = np.random.default_rng(draw)
table = pd.DataFrame(
    {
        "town": rng.integers(levels, size=rows),
        "outcome": rng.standard_normal(rows),  # knows nothing of towns
    }
)
outcome = table["outcome"]
by_town = table.groupby("town")["outcome"]
total, count = by_town.transform("sum"), by_town.transform("size")

folds = KFold(5, shuffle=True, random_state=0)
encoder = TargetEncoder(cv=folds, smooth=0.0, target_type="continuous")
codes = {
    "the mean of all": total / count,
    "leave-one-out": (total - outcome) / (count - 1).where(count > 1),
    "cross-fitted": pd.Series(encoder.fit_transform(table[["town"]], outcome)[:, 0]),
}


def explained(code=None):
    """By a tree, of people that it has not seen; without a code, each fold encodes for itself."""
    missed = 0
    for train, test in folds.split(table):
        if code is None:
            known = encoder.fit_transform(table[["town"]].iloc[train], outcome[train])[:, 0]
            new = encoder.transform(table[["town"]].iloc[test])[:, 0]
        else:
            known, new = code[train], code[test]
        tree = DecisionTreeRegressor(min_samples_leaf=5, random_state=0)
        tree.fit(np.column_stack([known, count[train]]), outcome[train])
        predicted = tree.predict(np.column_stack([new, count[test]]))
        missed += ((outcome[test] - predicted) ** 2).sum()
    return 1 - missed / ((outcome - outcome.mean()) ** 2).sum()


shares = pd.Series(
    {
        "the mean of all": explained(codes["the mean of all"]),
        "leave-one-out": explained(codes["leave-one-out"]),
        "cross-fitted": explained(),
    }
)
print(codes[code].corr(outcome), shares)
plt.scatter(codes[code], outcome)

# The numbers that the step names
safe = None
half = 0.5
r_all, r_others, r_fitted = (each.corr(outcome) for each in codes.values())
explained_all, explained_others, explained_fitted = shares
r, explained = codes[code].corr(outcome), shares[code]
expected = np.sqrt((levels - 1) / (rows - 1))
rows_each = rows / levels
largest = table["town"].value_counts().idxmax()
town_named = f"town {largest}"
there = table["town"] == largest
within_others = codes["leave-one-out"][there].corr(outcome[there])
