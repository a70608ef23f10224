"""A mask, made stage by stage, and the heatmap that it leaves."""

import numpy as np
import pandas as pd
import seaborn as sns

stage = "map"
k = 0
side = "upper"
trim = False

highway = pd.read_csv("highway.csv", index_col=0)
r = highway.corr(numeric_only=True)

zeros = np.zeros_like(r)  # an array of zeros, shaped like r
mask = np.zeros_like(r, dtype=bool)  # the same, of booleans: all False
match side:
    case "upper":
        indices = np.triu_indices_from(mask, k)
    case "lower":
        indices = np.tril_indices_from(mask, -k)
mask[indices] = True  # True hides

shown, hides = r, mask
if trim and side == "upper":
    shown, hides = r.iloc[1:, :-1], mask[1:, :-1]
elif trim:
    shown, hides = r.iloc[:-1, 1:], mask[:-1, 1:]

match stage:
    case "zeros":
        sns.heatmap(zeros, annot=True)
    case "booleans":
        sns.heatmap(zeros, annot=zeros.astype(bool), fmt="")
    case "indices":
        print(np.transpose(indices))  # row and column of each cell that is named
    case "mask":
        sns.heatmap(mask, annot=True, fmt="")
    case "map":
        sns.heatmap(shown, mask=hides, vmin=-1, vmax=1, cmap="RdBu_r", annot=True, fmt=".2f")

# The numbers that the step names
with_rate = None
rows, columns = shown.shape
cells = r.size
pairs = len(r) * (len(r) - 1) // 2
with_diagonal = pairs + len(r)
hidden = int(hides.sum())
visible = int((~hides).sum())
names = [
    frozenset((shown.index[row], shown.columns[column])) for row, column in np.argwhere(~hides)
]
ones = sum(len(name) == 1 for name in names)
once = sum(names.count(name) == 1 for name in names if len(name) == 2)
empty_rows = int(hides.all(axis=1).sum())
empty_columns = int(hides.all(axis=0).sum())
rate_shown = sum(len(name) == 2 and "rate" in name for name in names)
