"""The same distances by three linkages, cut into groups."""

import pandas as pd
import seaborn as sns
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform

linkage = "single"
groups = 5

r = pd.read_csv("breast_cancer.csv").select_dtypes("number").corr()
distances = squareform(1 - r.abs(), checks=False)
tree = hierarchy.linkage(distances, linkage)
group = pd.Series(hierarchy.cut_tree(tree, groups).ravel(), r.index)
sizes = ", ".join(map(str, group.value_counts()))
print(f"groups of {sizes}")

sns.clustermap(r, row_linkage=tree, col_linkage=tree, vmin=-1, vmax=1, cmap="RdBu_r")

# The numbers that the step names
because = None
columns, five, largest = len(r), 5, int(group.value_counts().max())
crumbs = r.loc["mean texture", "worst texture"]


def weakest_of(group):
    # The smallest |r| within the largest group
    members = group.index[group == group.value_counts().idxmax()]
    return r.loc[members, members].abs().min().min()


def five_by(name):
    # The sizes of five groups, the cophenetic correlation, the weakest pair
    tree = hierarchy.linkage(distances, name)
    group = pd.Series(hierarchy.cut_tree(tree, five).ravel(), r.index)
    sizes = ", ".join(map(str, group.value_counts()))
    return sizes, hierarchy.cophenet(tree, distances)[0], weakest_of(group)


weakest = weakest_of(group)
single_sizes, single_cophenetic, single_weakest = five_by("single")
average_sizes, average_cophenetic, average_weakest = five_by("average")
complete_sizes, complete_cophenetic, complete_weakest = five_by("complete")
