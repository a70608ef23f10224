"""Correlations before and after another column is held fixed."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import special, stats
from statsmodels.stats.multitest import multipletests

columns = ["x", "y"]
fixed = "the one that explains most"
adjust = "Holm"
level = "5 %"
numbers = ["x", "y"]
categories = []
groupings = []
identifiers = []
crossed = []
amounts = []
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
        if n > 3 and (pair[[x, y]].max() > pair[[x, y]].min()).all():
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

# Whether a curve takes more away than the line: powers of what is held fixed, and of its ranks
held_by_groups = held in categories or held in groupings
values_held = table[held].dropna()
held_codes = not held_by_groups and bool(
    2 < values_held.nunique() <= 7 < len(values_held) and (values_held % 1 == 0).all()
)
bend_x, bend_y, bend_line, bend_left = "", "", 0.0, 0.0


def beside_a_curve(y):
    both = pd.DataFrame({"y": y / (y.abs().max() or 1), "z": table[held]}).astype(float).dropna()
    if both["z"].nunique() < 2:
        return both["y"] * np.nan
    z = both["z"] / both["z"].abs().max()
    z = (z - z.mean()) / z.std(ddof=0)
    ranks = 2 * (z.rank() - 0.5) / len(z) - 1
    terms = [z**power for power in range(4)]
    terms += [special.eval_legendre(degree, ranks) for degree in range(2, 6)]
    design, y = np.column_stack(terms), both["y"] - both["y"].mean()
    left_over = y - design @ np.linalg.lstsq(design, y)[0]
    return left_over if left_over.std() > 1e-6 * y.std() else 0 * left_over


if not held_by_groups:
    apart = {name: beside_a_curve(table[name].astype(float)) for name in columns}
    most = 0.0
    for (x, y), given in zip(names, after, strict=True):
        pair = pd.DataFrame({"x": apart[x], "y": apart[y]}).dropna()
        r = pair["x"].corr(pair["y"]) if len(pair) > 2 else np.nan
        if (apart[x] == 0).all() or (apart[y] == 0).all():
            r = 0.0
        lost = round(abs(given) - abs(r), 10)
        if lost > max(most, 0.1, 10 / max(len(pair), 1)):
            most, bend_x, bend_y, bend_line, bend_left = lost, x, y, given, r
