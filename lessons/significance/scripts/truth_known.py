"""Adjustments marked like exams: on tables of which the true pairs are known."""

import gc

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests

gc.freeze()  # "holm" collects garbage at every call; with nothing to look at, it is quick

r_true = 0.4
seed = 38

tables, rows, columns, true = 500, 100, 20, 10
level = 5.0  # per cent
methods = {"Bonferroni": "bonferroni", "Holm": "holm", "BH": "fdr_bh", "BY": "fdr_by"}

# Columns 0 and 1, 2 and 3, and so on belong together; all the rest is noise.
drawn = np.random.default_rng(seed).normal(size=(tables, rows, columns))
left_over = np.sqrt((1 - r_true) * (1 + r_true))
drawn[..., 1::2] = r_true * drawn[..., 0::2] + left_over * drawn[..., 1::2]
first, second = np.triu_indices(columns, 1)
is_true = (first % 2 == 0) & (second == first + 1)

rounds = []
for table in drawn:
    r = np.corrcoef(table, rowvar=False)[first, second]
    t = r * np.sqrt((rows - 2) / (1 - r**2))
    p = 2 * stats.t.sf(np.abs(t), rows - 2)
    for name in ("none", *methods):
        adjusted = multipletests(p, method=methods[name])[1] if name in methods else p
        starred = adjusted < level / 100
        found, wrong = starred[is_true].sum(), starred[~is_true].sum()
        share = 100 * wrong / max(found + wrong, 1)
        rounds.append([name, found, wrong, share, 100 * (wrong > 0)])

rounds = pd.DataFrame(rounds, columns=["name", "found", "wrong", "share", "any"])
marks = rounds.groupby("name", sort=False).mean()
print(marks.round(3))

marks[["found", "wrong"]].plot.barh()

# The numbers that the step names
screening = None
claim = None
pairs = len(first)
empty = pairs - true
none_found, none_wrong, none_share, none_any = marks.loc["none"]
bonferroni_found, bonferroni_wrong, bonferroni_share, bonferroni_any = marks.loc["Bonferroni"]
holm_found, holm_wrong, holm_share, holm_any = marks.loc["Holm"]
bh_found, bh_wrong, bh_share, bh_any = marks.loc["BH"]
by_found, by_wrong, by_share, by_any = marks.loc["BY"]

most_wrong, most_any = 10.0, 10.0  # per cent
best = marks.loc[marks["share"] <= most_wrong, "found"].idxmax()
best_found = marks.loc[best, "found"]
give = 200 * np.sqrt(0.05 * 0.95 / tables)  # by how much a share of 5 % may stray
screening_found, _, screening_share, screening_any = (
    marks.loc[screening] if screening else np.zeros(4)
)
claim_found, _, claim_share, claim_any = marks.loc[claim] if claim else np.zeros(4)
