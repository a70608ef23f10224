"""The popular recipe for a correlation map, and what it leaves unsaid."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import stats
from statsmodels.stats.multitest import multipletests

columns = ["x", "y"]
adjust = "Holm"
level = "5 %"
recipe_names = ["x", "y"]
read_as_numbers = []
read_as_truths = []
lost = []
identifiers = []
coded = []

table = pd.read_csv("table.csv")
plain = table[recipe_names].copy()
for name in read_as_numbers:
    plain[name] = pd.to_numeric(plain[name].astype(object))
for name in read_as_truths:
    plain[name] = plain[name].astype(object).map({"true": 1.0, "false": 0.0})

r = plain.astype(float).corr(numeric_only=True)
sns.heatmap(r, annot=len(r) <= 30)

# The numbers that the step names


def listed(names):
    shown = names[:3]
    if len(names) > 3:
        return f"{', '.join(shown)} and {len(names) - 3} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))


present = plain.notna().astype(int)
above = np.triu_indices(len(r), 1)
rows = (present.T @ present).to_numpy()[above]
each = pd.DataFrame({"r": np.clip(r.to_numpy()[above], -1, 1), "n": rows})
each.loc[each["n"] < 3, "r"] = np.nan
with np.errstate(divide="ignore", invalid="ignore"):
    each["p"] = 2 * stats.t.sf(
        abs(each["r"] * np.sqrt((each["n"] - 2) / (1 - each["r"] ** 2))), each["n"] - 2
    )
tests = each["p"].dropna()
if len(tests) and adjust != "none":
    way = {"BH": "fdr_bh", "BY": "fdr_by"}.get(adjust, adjust.lower())
    tests = multipletests(tests, method=way)[1]

recipe_columns, recipe_cells, recipe_pairs = len(r), r.size, len(each)
recipe_low, recipe_high = 0.0, 0.0
if r.notna().any(axis=None):
    recipe_low, recipe_high = r.min().min(), r.max().max()
middle = (recipe_low + recipe_high) / 2
negative_count = int((each["r"] < -1e-12).sum())  # rounding is no sign
lost_count, lost_names = len(lost), listed(lost)
identifier_count, identifier_names = len(identifiers), listed(identifiers)
coded_count, coded_names = len(coded), listed(coded)
recipe_fewest, recipe_most = int(rows.min()), int(rows.max())
chance_count = int((tests >= float(level.split()[0]) / 100).sum())
blank = list(r.index[plain.nunique() < 2])
blank_count, blank_names = len(blank), listed(blank)
