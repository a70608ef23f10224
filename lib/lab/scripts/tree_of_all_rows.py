"""Columns in the order of a tree of their correlations."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform

columns = ["x", "y"]
distance = "1 − |r|"
linkage = "average"
k = 3

table = pd.read_csv("table.csv")
r = table[columns].astype(float).corr()
undefined = []
while r.isna().any(axis=None):
    undefined.append(r.isna().sum().idxmax())
    r = r.drop(index=undefined[-1], columns=undefined[-1])
apart = squareform(1 - r.abs() if distance == "1 − |r|" else 1 - r, checks=False).clip(0)
tree = hierarchy.linkage(apart, linkage)
groups = pd.Series(hierarchy.cut_tree(tree, k).ravel(), r.index)
print(groups.sort_values())
sns.clustermap(r, row_linkage=tree, col_linkage=tree, vmin=-1, vmax=1, cmap="RdBu_r")

# The numbers that the step names
leaves = len(r)
smallest, largest = groups.value_counts().min(), groups.value_counts().max()
cophenetic = hierarchy.cophenet(tree, apart)[0]
mean_r = np.abs(r.to_numpy()[np.triu_indices(leaves, 1)]).mean()
undefined_count = len(undefined)
undefined = [name for name in columns if name in undefined]
undefined_names = ", ".join(undefined[:3]) + f" and {undefined_count - 3} more"
if undefined_count < 4:
    undefined_names = " and ".join(filter(None, [", ".join(undefined[:-1]), *undefined[-1:]]))
