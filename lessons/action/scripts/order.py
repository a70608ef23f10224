"""Greedy pruning by |r|, in the order of your choice, and what a model loses by it."""

import numpy as np
import pandas as pd
import seaborn as sns
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

order = "as in the table"
threshold = 0.8
draw = 0

table = pd.read_csv("breast_cancer.csv")
malignant = table.pop("diagnosis") == "malignant"


def ordered(rows, order):
    names = list(table)
    match order:
        case "backwards":
            return names[::-1]
        case "by |r| with the diagnosis":
            r = table[rows].corrwith(malignant[rows].astype(float)).abs()
            return r.sort_values(ascending=False).index
        case "shuffled":
            return np.random.default_rng(draw).permutation(table.columns)
        case "as in the table":
            return names


def pruned(rows, order, threshold):
    r = table[rows].corr().abs()
    kept = []
    for name in ordered(rows, order):
        if (r.loc[name, kept] <= threshold).all():
            kept.append(name)
    return kept


def accuracy_with(order, threshold):
    """Each fold orders and prunes by the rows that it may learn from."""
    shares = []
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    for train, test in folds.split(table, malignant):
        rows = table.index.isin(train)
        kept = pruned(rows, order, threshold)
        model = make_pipeline(StandardScaler(), LogisticRegression(solver="newton-cholesky"))
        model.fit(table.loc[rows, kept], malignant[rows])
        shares.append(model.score(table.loc[test, kept], malignant[test]))
    return np.mean(shares)


everything = np.ones(len(table), bool)
chosen = pruned(everything, order, threshold)
accuracy = accuracy_with(order, threshold)
accuracy_all = accuracy_with("as in the table", 1)
print(chosen, accuracy, accuracy_all)
sns.heatmap(table[chosen].corr(), vmin=-1, vmax=1, cmap="RdBu_r")

# The numbers that the step names
always = None
forwards = pruned(everything, "as in the table", threshold)
backwards = pruned(everything, "backwards", threshold)
columns, kept, fewer = table.shape[1], len(chosen), 15
kept_forwards, kept_backwards = len(forwards), len(backwards)
both_ways = len(set(forwards) & set(backwards))
common = len(set(chosen) & set(forwards))
lost = accuracy_all - accuracy
max_vif = np.linalg.inv(table[chosen].corr()).diagonal().max()
named_r = table.drop(columns=always).corrwith(table[always]).abs().max() if always else 0.0
