"""A correlation map of five columns, and a guess of it."""

import numpy as np
import pandas as pd
import seaborn as sns

guess = [None, None, None, None, None, None, None, None, None, None]
method = "Pearson"

highway = pd.read_csv("highway.csv", index_col=0)
chosen = ["rate", "adt", "slim", "acpt", "sigs1"]
r = highway[chosen].corr(method=method.lower())

# The cells below the diagonal, row by row, and what you said of them
names = [f"{row}–{column}" for i, row in enumerate(chosen) for column in chosen[:i]]
cells = pd.DataFrame(
    {"measured": [r.loc[tuple(name.split("–"))] for name in names], "you": guess},
    index=names,
    dtype=float,
)
print(cells)

sns.heatmap(r, vmin=-1, vmax=1, cmap="RdBu_r", annot=True, fmt=".2f")

# The numbers that the step names
sections, columns, pairs = len(highway), len(chosen), len(names)
truth, yours = cells["measured"], cells["you"]
said = int(yours.notna().sum())
complete = said == pairs
weakest = truth.abs().idxmin()
adt_rate, slim_rate, slim_adt, acpt_rate, acpt_adt = truth.iloc[:5]
acpt_slim, sigs1_rate, sigs1_adt, sigs1_slim, sigs1_acpt = truth.iloc[5:]

allowed = 0.25
if complete:
    miss = (yours - truth).abs()
    mean_miss, largest_miss, worst = miss.mean(), miss.max(), miss.idxmax()
    worst_guess, worst_r = yours[worst], truth[worst]
    slim_rate_guess, adt_rate_guess = yours["slim–rate"], yours["adt–rate"]
    as_good_as_zero = (yours == 0) & (truth.abs() < 0.1)
    signs_right = int(((np.sign(yours) == np.sign(truth)) | as_good_as_zero).sum())
