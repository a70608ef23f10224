"""Correlations before and after another column is held fixed."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import stats
from statsmodels.stats.multitest import multipletests

columns = ["x", "y"]
fixed = "the one that explains most"
adjust = "Holm"
level = "5 %"
numbers = ["x", "y"]
categories = []
groupings = []
identifiers = []
beside = []
row_counts = ""
held = "z"
candidates = ["z"]
same = []
left_out = 0

table = pd.read_csv("table.csv")
alpha = float(level.split()[0]) / 100


def p_adjusted(p):
    p, tests = np.array(p), ~np.isnan(p)
    if tests.any() and adjust != "none":
        way = {"BH": "fdr_bh", "BY": "fdr_by"}.get(adjust, adjust.lower())
        p[tests] = multipletests(p[tests], method=way)[1]
    return p


def p_of(r, freedom):
    if freedom < 1 or np.isnan(r):
        return np.nan
    with np.errstate(divide="ignore"):
        return 2 * stats.t.sf(abs(r) * np.sqrt(freedom / (1 - r**2)), freedom)


def left(y, z, by_group):
    """What is left of y when z is held fixed."""
    if by_group:
        return y - y.groupby(z, observed=True).transform("mean")
    slope, intercept = np.polyfit(z, y, 1)
    return y - intercept - slope * z


rows = table.dropna(subset=held)
before, after, p_before, p_after, names = [], [], [], [], []
for place, x in enumerate(columns):
    for y in columns[place + 1 :]:
        pair = rows[[x, y, held]].dropna()
        n, grouped = len(pair), held in groupings
        r = pair[x].corr(pair[y]) if n > 2 else np.nan
        costs = pair[held].nunique() - 1 if grouped else 1
        given = np.nan
        if n > 3:
            a, b = (left(pair[name].astype(float), pair[held], grouped) for name in (x, y))
            if a.std() > 1e-9 * pair[x].std() and b.std() > 1e-9 * pair[y].std():
                given = a.corr(b)
        names.append((x, y))
        before.append(r)
        after.append(given)
        p_before.append(p_of(r, n - 2))
        p_after.append(p_of(given, n - 2 - costs))
before, after = np.array(before), np.array(after)

shown = pd.DataFrame(np.nan, columns, columns)
for (x, y), r, given in zip(names, before, after, strict=True):
    shown.loc[y, x], shown.loc[x, y] = r, given  # before below the diagonal, after above it
sns.heatmap(shown, vmin=-1, vmax=1, cmap="RdBu_r", annot=len(columns) <= 20, fmt=".2f")

# The numbers that the step names
same_count = len(same)
same_names = " and ".join(filter(None, [", ".join(same[:-1]), *same[-1:]]))
if same_count > 3:
    same_names = f"{', '.join(same[:3])} and {same_count - 3} more"
stars_before, stars_after = p_adjusted(p_before) < alpha, p_adjusted(p_after) < alpha
pair_count = len(names)
before_count, after_count = int(stars_before.sum()), int(stars_after.sum())
turned_count = int((stars_before & stars_after & (before * after < 0)).sum())
both = np.isfinite(before) & np.isfinite(after)
mean_before = mean_after = np.nan
fell_x = fell_y = grew_x = grew_y = ""
fell_before = fell_after = grew_before = grew_after = 0.0
if both.any():
    mean_before, mean_after = np.abs(before[both]).mean(), np.abs(after[both]).mean()
    lost = np.where(both, np.abs(before) - np.abs(after), 0)
    fell, grew = lost.round(10).argmax(), lost.round(10).argmin()
    if lost[fell] > 1e-9:
        (fell_x, fell_y), fell_before, fell_after = names[fell], before[fell], after[fell]
    if lost[grew] < -0.1:
        (grew_x, grew_y), grew_before, grew_after = names[grew], before[grew], after[grew]
