"""Two groups' correlations, and a test of the difference in every cell."""

from itertools import permutations

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import special, stats
from statsmodels.stats.multitest import multipletests

groups = "sex: f against m"
columns = ["x", "y"]
method = "Pearson"
whole = "none"
adjust = "Holm"
level = "5 %"
split_by = "sex"
first_name = "f"
second_name = "m"
numbers = ["x", "y"]
categories = []
identifiers = []
crossed = []
amounts = []
beside = []
row_counts = ""
left_out = 0

table = pd.read_csv("table.csv")
inside = table[split_by].astype(object) == first_name
one = table.loc[inside, columns].astype(float)
other = table.loc[~inside & table[split_by].notna(), columns].astype(float)
alpha = float(level.split()[0]) / 100
way = {"none": None, "BH": "fdr_bh", "BY": "fdr_by"}.get(adjust, adjust.lower())


def adjusted(p):
    p, tests = p.copy(), p.notna()
    if way and tests.any():
        p[tests] = multipletests(p[tests], method=way)[1]
    return p


def exactly(x, y, statistic):
    """The share of all orders of y in which the statistic is at least as large."""
    found = np.abs(statistic(x, np.array(list(permutations(y)))))
    return (found >= abs(statistic(x, y[np.newaxis])[0]) * (1 - 1e-9)).mean()


def products(x, orders):
    return orders @ (x - x.mean())


def agreements(x, orders):
    signs = np.sign(x[:, np.newaxis] - x)
    return sum(
        signs[i, j] * np.sign(orders[:, i] - orders[:, j]) for i in range(len(x)) for j in range(i)
    )


def sharper(p, x, y):
    """p of ranks: from all orders where there are few, and no less than there are orders."""
    x, y = stats.rankdata(x), stats.rankdata(y)
    ties = len(set(x)) < len(x) or len(set(y)) < len(y)
    if method == "Spearman" and len(x) <= 9:
        return exactly(x, y, products)
    if method == "Spearman":
        tied = special.gammaln(np.unique(x, return_counts=True)[1] + 1).sum()
        return max(p, 2 * np.exp(tied - special.gammaln(len(x) + 1)))
    if len(x) <= 9 and ties:
        return exactly(x, y, agreements)
    return p if ties or len(x) > 33 else stats.kendalltau(x, y, method="exact").pvalue


def measured(group):
    """r of every pair, its rows, p, the variance of Fisher's z and the ends of the interval."""
    found = []
    for place, x in enumerate(columns):
        for y in columns[place + 1 :]:
            pair = group[[x, y]].dropna()
            n, r, p = len(pair), np.nan, np.nan
            if n > 2 and (pair.max() > pair.min()).all():
                test = {
                    "Pearson": stats.pearsonr,
                    "Spearman": stats.spearmanr,
                    "Kendall": stats.kendalltau,
                }[method]
                r, p = test(pair[x], pair[y])
                p = p if method == "Pearson" else sharper(p, pair[x], pair[y])
            error2 = {
                "Pearson": 1 / (n - 3) if n > 3 else np.nan,
                "Spearman": (1 + r**2 / 2) / (n - 3) if n > 3 else np.nan,
                "Kendall": 0.437 / (n - 4) if n > 4 else np.nan,
            }[method]
            with np.errstate(divide="ignore", invalid="ignore"):
                z, reach = np.arctanh(r), stats.norm.isf(0.025) * np.sqrt(error2)
                found.append((x, y, r, n, p, z, error2, np.tanh(z - reach), np.tanh(z + reach)))
    return pd.DataFrame(found, columns=["x", "y", "r", "n", "p", "z", "v", "low", "high"])


a, b = measured(one), measured(other)
pairs = a[["x", "y"]].copy()
pairs["difference"] = a["r"] - b["r"]
certain = (a["r"].abs() > 1 - 1e-12) | (b["r"].abs() > 1 - 1e-12)
with np.errstate(invalid="ignore"):
    z = ((a["z"] - b["z"]) / np.sqrt(a["v"] + b["v"])).mask(certain)
pairs["p"] = 2 * stats.norm.sf(z.abs())
pairs["p_adjusted"] = adjusted(pairs["p"])
down = np.sqrt((a["r"] - a["low"]) ** 2 + (b["high"] - b["r"]) ** 2)  # Zou's interval
up = np.sqrt((a["high"] - a["r"]) ** 2 + (b["r"] - b["low"]) ** 2)
pairs["low"] = (pairs["difference"] - down).mask(certain)
pairs["high"] = (pairs["difference"] + up).mask(certain)

# Do the maps differ at all? As much as those of rows that are shuffled between the groups?
cell_count = (len(one) + len(other)) * len(columns)
most_cells = {"Pearson": 100_000, "Spearman": 50_000, "Kendall": 10_000}[method]
shuffle_count = int(whole.split()[0]) if whole != "none" and cell_count <= most_cells else 0
least_p = 1 / (1 + (int(whole.split()[0]) if whole != "none" else 0))
reached_count, whole_p = 0, np.nan
known = pairs["difference"].notna().to_numpy()
shuffle_count *= int(known.any())
if shuffle_count:
    both = pd.concat([(group - group.mean()) / group.std(ddof=0) for group in (one, other)])
    in_first = np.arange(len(both)) < len(one)
    above = np.triu_indices(len(columns), 1)
    seen = (pairs["difference"] ** 2).sum()
    random = np.random.default_rng(0)
    for _ in range(shuffle_count):
        drawn = random.permuted(in_first[np.newaxis], axis=1)[0]
        maps = [both[part].corr(method.lower()).to_numpy() for part in (drawn, ~drawn)]
        squares = (maps[0] - maps[1])[above][known] ** 2
        reached_count += int(np.nanmean(squares) * known.sum() >= seen - 1e-12)
    whole_p = (1 + reached_count) / (1 + shuffle_count)

difference = pd.DataFrame(np.nan, columns, columns)
for pair in pairs.itertuples():
    difference.loc[pair.y, pair.x] = pair.difference
sns.heatmap(difference, vmin=-1, vmax=1, cmap="RdBu_r", annot=len(columns) <= 20, fmt=".2f")

# The numbers that the step names
first_rows, second_rows, pair_count = len(one), len(other), len(pairs)
differ_count = int((pairs["p_adjusted"] < alpha).sum())
stars = (adjusted(a["p"]) < alpha) != (adjusted(b["p"]) < alpha)
one_star_count = int((stars & (pairs["p_adjusted"] >= alpha)).sum())
with np.errstate(invalid="ignore", divide="ignore"):
    tails = pd.concat([(group - group.mean()) / group.std() for group in (one, other)])
tails = tails.replace([np.inf, -np.inf], np.nan).kurt().round(9)
heavy = list(tails.index[tails > 3])
heavy_count = len(heavy)
group_fewest = int(min(a["n"].min(), b["n"].min()))
group_needed_r = 1.0
if group_fewest > 2:
    t = stats.t.isf(0.025, group_fewest - 2)
    group_needed_r = t / np.sqrt(t**2 + group_fewest - 2)
heavy_names = " and ".join(filter(None, [", ".join(heavy[:-1]), *heavy[-1:]]))
if heavy_count > 3:
    heavy_names = f"{', '.join(heavy[:3])} and {heavy_count - 3} more"
pairs = pairs.sort_values("difference", key=lambda d: -d.abs().round(10), kind="stable")
diff_x, diff_y = "", ""
diff_first = diff_second = diff_value = diff_low = diff_high = diff_p = np.nan
if pairs["difference"].notna().any():
    top = pairs.index[0]
    diff_x, diff_y, diff_value, diff_p = pairs.loc[top, ["x", "y", "difference", "p"]]
    diff_first, diff_second = a.loc[top, "r"], b.loc[top, "r"]
    diff_low, diff_high = pairs.loc[top, ["low", "high"]]
spread_x, spread_y, spread_group, spread_ratio = "", "", "", 1.0
slope_first, slope_second = 0.0, 0.0
if diff_x:
    in_pair = [group[[diff_x, diff_y]].dropna() for group in (one, other)]
    wide, narrow = in_pair if abs(diff_first) > abs(diff_second) else in_pair[::-1]
    with np.errstate(all="ignore"):
        ratios = wide.std() / narrow.std()
    widest = ratios.round(9).idxmax() if ratios.notna().all() else ""
    if widest and 1.5 <= ratios[widest] < np.inf:
        spread_x, spread_y = widest, diff_y if widest == diff_x else diff_x
        spread_ratio = ratios[widest]
        spread_group = first_name if abs(diff_first) > abs(diff_second) else second_name
        slope_first, slope_second = (
            np.polynomial.Polynomial.fit(pair[spread_x], pair[spread_y], 1).convert().coef[1]
            for pair in in_pair
        )
