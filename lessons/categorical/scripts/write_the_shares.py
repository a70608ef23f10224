"""Where men and women applied, as shares of your own making."""

import numpy as np
import pandas as pd
import seaborn as sns

rows_of_counts = pd.read_csv("ucb_admissions.csv")
counts = rows_of_counts.pivot_table("count", "gender", "dept", aggfunc="sum").astype(float)
counts = counts.loc[["Male", "Female"]].set_axis(["men", "women"])

shares = counts
# What you write: lines
# Until here

shares = pd.DataFrame(shares, counts.index, counts.columns)
sns.heatmap(shares, cmap="viridis", annot=True, fmt=".2f")

# The numbers that the step names
rows = len(counts)
all_men, all_women = (int(counts.loc[name].sum()) for name in ("men", "women"))
men_sum, women_sum = (float(shares.loc[name].sum()) for name in ("men", "women"))
is_even = bool(np.isclose(men_sum, women_sum) and men_sum > 0)
proportional = sum(
    bool(np.allclose(shares.loc[name] / shares.loc[name].sum(), counts.loc[name] / total))
    for name, total in (("men", all_men), ("women", all_women))
    if shares.loc[name].sum() > 0
)
column_sum = float(shares["A"].sum())
is_by_column = column_sum > 0 and bool(np.allclose(shares, column_sum * counts / counts.sum()))
by_dept = rows_of_counts.pivot_table("count", "dept", "admit", aggfunc="sum")
admitted = by_dept["Admitted"] / by_dept.sum(axis=1)
hard = admitted.nsmallest(3).index
men_in_hard, women_in_hard = (
    counts.loc[name, hard].sum() / counts.loc[name].sum() for name in ("men", "women")
)
