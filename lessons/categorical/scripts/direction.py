"""Berkeley's applications: V, the same in both directions, and Theil's U, which is not."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.stats import entropy
from scipy.stats.contingency import association

measure = "V"

counts = pd.read_csv("ucb_admissions.csv")
names = ["admit", "dept", "gender"]


def table_of(row, column):
    return counts.pivot_table("count", row, column, aggfunc="sum")


def entropy_of(name):
    return entropy(counts.groupby(name)["count"].sum())


def u_of(told, known):
    """The share of one column's uncertainty that knowing another removes."""
    table = table_of(told, known).to_numpy()
    left = entropy(table) @ table.sum(axis=0) / table.sum()
    return 1 - left / entropy_of(told)


u, V = pd.DataFrame(np.nan, names, names), pd.DataFrame(np.nan, names, names)
pairs = [(row, column) for row in names for column in names if row != column]
for row, column in pairs:
    u.loc[row, column] = u_of(row, column)
    V.loc[row, column] = association(table_of(row, column), method="cramer")

sns.heatmap(u if measure == "U" else V, vmin=0, vmax=0.5, cmap="viridis", annot=True, fmt=".3f")

# The numbers that the step names
known = None
told = None
applicants = int(counts["count"].sum())
admit_by_dept, dept_by_admit = u.loc["admit", "dept"], u.loc["dept", "admit"]
gender_by_dept, dept_by_gender = u.loc["gender", "dept"], u.loc["dept", "gender"]
dept_admit_v, dept_gender_v = V.loc["dept", "admit"], V.loc["dept", "gender"]
entropy_admit, entropy_dept = entropy_of("admit"), entropy_of("dept")
shared = admit_by_dept * entropy_admit
largest_u = u.max().max()
shown = u if measure == "U" else V
admit_cell, dept_cell = shown.loc["admit", "dept"], shown.loc["dept", "admit"]
is_pair = (told, known) in pairs
chosen_u = u.loc[told, known] if is_pair else 0.0
reversed_u = u.loc[known, told] if is_pair else 0.0
