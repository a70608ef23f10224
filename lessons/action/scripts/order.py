"""Greedy pruning by |r|, in the order of your choice, and what a model loses by it."""

import numpy as np
import pandas as pd
import seaborn as sns
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

order = "as in the table"
threshold = 0.8
draw = 0

table = pd.read_csv("breast_cancer.csv")
malignant = table.pop("diagnosis") == "malignant"
r = table.corr().abs()


def pruned(names):
    kept = []
    for name in names:
        if (r.loc[name, kept] <= threshold).all():
            kept.append(name)
    return kept


def accuracy_with(names):
    model = make_pipeline(StandardScaler(), LogisticRegression(solver="newton-cholesky"))
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    return cross_val_score(model, table[names], malignant, cv=folds).mean()


match order:
    case "as in the table":
        names = list(table)
    case "backwards":
        names = list(table)[::-1]
    case "by |r| with the diagnosis":
        names = table.corrwith(malignant.astype(float)).abs().sort_values(ascending=False).index
    case "shuffled":
        names = np.random.default_rng(draw).permutation(table.columns)

chosen = pruned(names)
accuracy, accuracy_all = accuracy_with(chosen), accuracy_with(list(table))
print(chosen, accuracy, accuracy_all)
sns.heatmap(table[chosen].corr(), vmin=-1, vmax=1, cmap="RdBu_r")

# The numbers that the step names
forwards, backwards = pruned(list(table)), pruned(list(table)[::-1])
columns, kept, fewer = table.shape[1], len(chosen), 15
kept_forwards, kept_backwards = len(forwards), len(backwards)
both_ways = len(set(forwards) & set(backwards))
common = len(set(chosen) & set(forwards))
accuracy_forwards = accuracy_with(forwards)
lost = accuracy_all - accuracy
max_vif = np.linalg.inv(table[chosen].corr()).diagonal().max()
