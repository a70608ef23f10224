"""Columns in the order of their tree, by 1 - |r|, and the same for columns that were shuffled."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import squareform


def tree(table):
    distance = 1 - table.corr().abs().to_numpy(copy=True)
    np.fill_diagonal(distance, 0)
    return linkage(squareform(distance, checks=False), "average", optimal_ordering=True)


table = pd.read_csv("highway.csv", index_col=0).select_dtypes("number")
branches = tree(table)
sns.clustermap(
    table.corr(), row_linkage=branches, col_linkage=branches, vmin=-1, vmax=1, cmap="RdBu_r"
)

generator = np.random.default_rng(0)
noise = table.apply(lambda column: generator.permutation(column.to_numpy()))
print(f"lowest joint: {branches[0, 2]:.2f}, of shuffled columns {tree(noise)[0, 2]:.2f}")
