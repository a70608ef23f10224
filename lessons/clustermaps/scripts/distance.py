"""The highway's measurements in a tree, by three kinds of distance."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.cluster.hierarchy import cophenet, cut_tree, linkage
from scipy.spatial.distance import pdist, squareform

distance = "Euclidean, rows"
groups = 4

highway = pd.read_csv("highway.csv", index_col=0)
r = highway.select_dtypes("number").corr()
distances = {
    "Euclidean, rows": pdist(r),
    "1 − r": squareform(1 - r, checks=False),
    "1 − |r|": squareform(1 - r.abs(), checks=False),
}[distance]
tree = linkage(distances, "average")
group = pd.Series(cut_tree(tree, groups).ravel(), r.index)
members = group.index[group == group["slim"]].tolist()
print(f"slim hangs with {members}")

sns.clustermap(r, row_linkage=tree, col_linkage=tree, vmin=-1, vmax=1, cmap="RdBu_r")

# The numbers that the step names
because = None
together = ", ".join(members)
is_with_rate, is_with_lane = {"rate", "acpt"} <= set(members), "lane" in members

# The height at which two columns meet in the tree
cophenetic, meetings = cophenet(tree, distances)
meets = pd.DataFrame(squareform(meetings), r.index, r.columns)
meets_rate, meets_lane = meets.loc["slim", "rate"], meets.loc["slim", "lane"]

slim_rate, slim_acpt = r.loc["slim", "rate"], r.loc["slim", "acpt"]
slim_adt, slim_lane, slim_itg = r.loc["slim", ["adt", "lane", "itg"]]
slim_rate_apart = 1 - slim_rate
lowest = float(np.min(r))
default_neutral = (lowest + 1) / 2

# In the default tree
rows_tree = linkage(pdist(r), "average")
rows_meets = pd.DataFrame(squareform(cophenet(rows_tree)), r.index, r.columns)
rows_meet_rate, rows_meet_lane = rows_meets.loc["slim", ["rate", "lane"]]
rows_top = rows_tree[-1, 2]
