"""A map of 32 cars for print, with the stars that an adjustment leaves."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import stats
from statsmodels.stats.multitest import multipletests

adjust = "none"
level = "10 %"
mark = "stars"

mtcars = pd.read_csv("mtcars.csv", index_col="model")
alpha = float(level.removesuffix(" %")) / 100
methods = {"Bonferroni": "bonferroni", "Holm": "holm", "BH": "fdr_bh", "BY": "fdr_by"}

names = mtcars.columns
found = pd.DataFrame(
    [
        (f"{x}–{y}", *stats.pearsonr(mtcars[x], mtcars[y]))
        for i, x in enumerate(names)
        for y in names[i + 1 :]
    ],
    columns=["pair", "r", "p"],
).set_index("pair")
p = found["p"].to_numpy()
found["adjusted"] = multipletests(p, method=methods[adjust])[1] if adjust in methods else p
has_star = found["adjusted"] < alpha
stars, pairs = int(has_star.sum()), len(found)
print(f"{stars} of {pairs} pairs have a star")

r = mtcars.corr()
text = r.round(2).astype(str)
weak = np.zeros(r.shape, dtype=bool)
for pair, is_starred in has_star.items():
    x, y = pair.split("–")
    weak[names.get_loc(y), names.get_loc(x)] = not is_starred
    if is_starred and mark == "stars":
        text.loc[y, x] += "★"
hidden = np.triu(np.ones_like(r, dtype=bool))
if mark != "stars":  # left out, where the page lets it step back
    hidden |= weak
sns.heatmap(r, mask=hidden, annot=text, fmt="", vmin=-1, vmax=1, cmap="RdBu_r")

# The numbers that the step names
open_pair = None
needed = None
cars, measures = mtcars.shape
year = 1974
rule = 5.0
level_percent, expected = 100 * alpha, alpha * pairs
raw = int((p < alpha).sum())
merc = int(mtcars.index.str.startswith("Merc ").sum())


def smallest_r(rows, level):  # with a star, by the t test
    t = stats.t.isf(level / 2, rows - 2)
    return t / np.sqrt(rows - 2 + t**2)


open_r, open_p, open_adjusted, open_is_starred = 0.0, 1.0, 1.0, False
fewest, most, needed_r, alone_r = 0, 0, 0.0, 0.0
if open_pair is not None:
    open_r, open_p, open_adjusted = found.loc[open_pair, ["r", "p", "adjusted"]]
    open_is_starred = bool(open_adjusted < alpha)
    fewest = 3
    while smallest_r(fewest, alpha / pairs) > abs(open_r):
        fewest += 1
    most = int(1.1 * fewest)
    rows = cars if needed is None else needed
    needed_r, alone_r = smallest_r(rows, alpha / pairs), smallest_r(rows, alpha)
