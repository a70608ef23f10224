"""A tree cut at a height: how many groups are left, and how alike their members are."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform

table = "breast cancer"
height = 0.5
linkage = "average"

path = {"breast cancer": "breast_cancer.csv", "wine": "wine.csv"}[table]
r = pd.read_csv(path).select_dtypes("number").corr()
tree = hierarchy.linkage(squareform(1 - r.abs(), checks=False), linkage)
group = hierarchy.fcluster(tree, height, "distance")
columns, groups = len(r), int(group.max())
print(f"{columns} columns, groups: {groups}")

sns.clustermap(r, row_linkage=tree, col_linkage=tree, vmin=-1, vmax=1, cmap="RdBu_r")

# The numbers that the step names
promise = None
wanted, strict_r, loose_r, nearly_zero = 0.8, 0.9, 0.5, 1e-9
cut_into = "1 group" if groups == 1 else f"{groups} groups"
least, largest = 1 - height, int(np.bincount(group).max())
sizes = ", ".join(map(str, sorted(np.bincount(group)[1:], reverse=True)))


def weakest_in(r, group):
    # The smallest |r| of two columns in one group
    return r.abs().to_numpy()[np.equal.outer(group, group)].min()


def cut_by(path, least, linkage="average"):
    r = pd.read_csv(path).select_dtypes("number").corr()
    tree = hierarchy.linkage(squareform(1 - r.abs(), checks=False), linkage)
    return r, hierarchy.fcluster(tree, 1 - least, "distance")


weakest = weakest_in(r, group)
loose_weakest = weakest_in(*cut_by("breast_cancer.csv", loose_r))
strict = int(cut_by("breast_cancer.csv", strict_r)[1].max())
wine, wine_strict = (int(cut_by("wine.csv", x)[1].max()) for x in (wanted, strict_r))
wine_columns = len(cut_by("wine.csv", wanted)[0])
single = hierarchy.linkage(squareform(1 - r.abs(), checks=False), "single")
single_weakest = weakest_in(r, hierarchy.fcluster(single, height, "distance"))
complete_weakest = weakest_in(*cut_by("breast_cancer.csv", loose_r, "complete"))
