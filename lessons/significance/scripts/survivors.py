"""The highway map with its stars, after an adjustment."""

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.patches import Rectangle
from scipy import stats
from statsmodels.stats.multitest import multipletests

adjust = "none"
level = "5 %"
mark = "stars"
tested = "all pairs"

highway = pd.read_csv("highway.csv", index_col=0).select_dtypes("number")
alpha = float(level.removesuffix(" %")) / 100
methods = {"Bonferroni": "bonferroni", "Holm": "holm", "BH": "fdr_bh", "BY": "fdr_by"}

names = highway.columns
found = pd.DataFrame(
    [
        (f"{x}–{y}", *stats.pearsonr(highway[x], highway[y]))
        for i, x in enumerate(names)
        for y in names[i + 1 :]
    ],
    columns=["pair", "r", "p"],
).set_index("pair")
p = found["p"].to_numpy()
found["adjusted"] = multipletests(p, method=methods[adjust])[1] if adjust in methods else p
has_star = found["adjusted"] < alpha
kept = int(has_star.sum())
print(f"{kept} of {len(found)} pairs are left")

# Asked of rate alone, there are fewer tests to adjust for
of_rate = found[found.index.str.startswith("rate–")].copy()
p_of_rate = of_rate["p"].to_numpy()
if adjust in methods:
    p_of_rate = multipletests(p_of_rate, method=methods[adjust])[1]
rate_has_star = p_of_rate < alpha
kept_of_rate = int(rate_has_star.sum())
print(f"of rate alone: {kept_of_rate} of {len(of_rate)}")

r = highway.corr()
hidden = np.triu(np.ones_like(r, dtype=bool))
weak = np.zeros_like(hidden)
text = r.round(2).astype(str)
for pair, is_starred in has_star.items():
    x, y = pair.split("–")
    weak[names.get_loc(y), names.get_loc(x)] = not is_starred
    if is_starred and mark == "stars":
        text.loc[y, x] += "★"
if tested == "rate alone":  # a map of one column
    r = r.loc[names.drop("rate"), ["rate"]]
    hidden, weak = np.zeros(r.shape, dtype=bool), ~rate_has_star[:, np.newaxis]
    text = r.round(2).astype(str) + np.where(~weak & (mark == "stars"), "★", "")
axes = sns.heatmap(r, mask=hidden, annot=text, fmt="", vmin=-1, vmax=1, cmap="RdBu_r")
looks = {"faded": {"color": "#ffffffcc"}, "hatched": {"fill": False, "hatch": "//"}}
if mark in looks:
    for row, column in np.argwhere(weak):
        axes.add_patch(Rectangle((column, row), 1, 1, linewidth=0, **looks[mark]))

# The numbers that the step names
answer = None
strongest = None
rows, pairs = len(highway), len(found)
level_percent, expected = 100 * alpha, pairs * alpha
raw = int((p < alpha).sum())
bonferroni, holm, bh, by = (
    int((multipletests(p, method=method)[1] < alpha).sum()) for method in methods.values()
)
lost_by_holm = raw - holm

found = found.sort_values("r", key=abs, ascending=False)
has_star = found["adjusted"] < alpha
stars = " ".join(found.index[has_star])

# The strongest pair without a star, and the interval of its r by Fisher's z
dropped = found.index[~has_star][0]
dropped_r = found.loc[dropped, "r"]
reach = stats.norm.ppf(0.975) / np.sqrt(rows - 3)
dropped_low, dropped_high = np.tanh(np.arctanh(dropped_r) + np.array([-reach, reach]))
# The same, so wide that the intervals of all pairs hold at once
wide = stats.norm.ppf(1 - 0.025 / pairs) / np.sqrt(rows - 3)
all_low, all_high = np.tanh(np.arctanh(dropped_r) + np.array([-wide, wide]))
strongest_r = found.loc[strongest, "r"] if strongest else 0.0

# Asked of rate alone, Holm adjusts for fewer tests: the strongest pair that gets a star by it
found["p_of_all"] = multipletests(found["p"], method="holm")[1]
of_rate = found[found.index.str.startswith("rate–")].copy()
of_rate["p_asked"] = multipletests(of_rate["p"], method="holm")[1]
asked = len(of_rate)
gained = of_rate.index[(of_rate["p_asked"] < alpha) & (of_rate["p_of_all"] >= alpha)][0]
gained_p, gained_p_of_all = of_rate.loc[gained, ["p_asked", "p_of_all"]]
