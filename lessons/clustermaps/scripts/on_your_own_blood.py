"""Ten measurements of patients, in groups that keep a promise."""

from itertools import combinations

import pandas as pd
import seaborn as sns
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform

distance = "1 − r"
linkage = "single"
height = 0.3

diabetes = pd.read_csv("diabetes.csv").drop(columns="progression")
r = diabetes.corr()
apart = 1 - (r.abs() if distance == "1 − |r|" else r)
tree = hierarchy.linkage(squareform(apart, checks=False), linkage)
group = pd.Series(hierarchy.fcluster(tree, height, "distance"), r.index)
print(group)

sns.clustermap(r, row_linkage=tree, col_linkage=tree, vmin=-1, vmax=1, cmap="RdBu_r")

# The numbers that the step names
backwards = None
patients, measures = diabetes.shape
strong, weak, most = 0.7, 0.45, 7
groups = int(group.nunique())
pairs = list(combinations(r.columns, 2))
weakest = min((abs(r.loc[x, y]) for x, y in pairs if group[x] == group[y]), default=1.0)
weakest_told = weakest**2
parted = sum(abs(r.loc[x, y]) >= strong and group[x] != group[y] for x, y in pairs)
least = 1 - height
opposite_r = r.loc["s3", "s4"]
opposite_apart = 1 - opposite_r

together, lowest_r, lowest_told, opposed = "", 0.0, 0.0, False
if backwards is not None:
    mates = group.index[group == group[backwards]]
    together, lowest_r = ", ".join(mates), r.loc[backwards, mates].min()
    lowest_told = lowest_r**2
    opposed = bool(lowest_r < 0)
