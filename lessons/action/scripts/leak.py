"""A column that knows the outcome: how it looks on paper, and what it is worth in use."""

import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import KFold

columns = ["age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6", "score"]
error = 50

patients = pd.read_csv("diabetes.csv")
progression = patients["progression"]
slip = error * np.random.default_rng(55).standard_normal(len(patients))
patients["score"] = (progression + slip).round()  # written down a year later


def explained(names, in_use):
    errors = []
    for train, test in KFold(n_splits=10, shuffle=True, random_state=0).split(patients):
        x = patients[names].astype(float)
        model = LinearRegression().fit(x.iloc[train], progression.iloc[train])
        new = x.iloc[test].copy()
        if in_use and "score" in names:  # not known yet: put its mean
            new["score"] = x["score"].iloc[train].mean()
        errors.append((progression.iloc[test] - model.predict(new)) ** 2)
    return 1 - pd.concat(errors).sum() / ((progression - progression.mean()) ** 2).sum()


r = patients.corr()["progression"].abs()
explained_on_paper = explained(columns, in_use=False)
explained_in_use = explained(columns, in_use=True)
print(explained_on_paper, explained_in_use)
r[columns].sort_values().plot.barh()

# The numbers that the step names
honest = [name for name in patients if name not in ("progression", "score")]
kept, offered = len(columns), len(honest) + 1
is_inside = "score" in columns
explained_honestly = explained(honest, in_use=False)
rho = patients.corr(method="spearman")["progression"].abs()
score_r, bmi_r, s5_rho = r["score"], r["bmi"], rho["s5"]
s1_s2_r = patients["s1"].corr(patients["s2"])

# A suspect leaves at most half as much unexplained as the next best
strength = np.maximum(r, rho)
best, second = strength[columns].sort_values(ascending=False).index[:2]
halved = 1 - strength[best] ** 2 <= (1 - strength[second] ** 2) / 2
suspect = best if halved else ""
