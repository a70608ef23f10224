"""Two tables, one of them noise: how alike neighbours come out, beside noise clustered as well."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import squareform

table = "A"
rows = "30"
draw = 7

# A is noise; in B every other column of the first ten follows the one before it
columns, used_rows = 20, int(rows)
A = np.random.default_rng(draw).normal(size=(used_rows, columns))
B = np.random.default_rng(1000 + draw).normal(size=(used_rows, columns))
B[:, 1:10:2] = 0.4 * B[:, 0:10:2] + np.sqrt((1 - 0.4) * (1 + 0.4)) * B[:, 1:10:2]
mixed = [*range(0, columns, 2), *range(1, columns, 2)]
names = [f"c{number}" for number in range(1, columns + 1)]
r_a, r_b = (pd.DataFrame(values[:, mixed], columns=names).corr() for values in (A, B))


def tree_of(r):
    return linkage(squareform(1 - np.abs(r), checks=False), "average")


def neighbours(r, places):
    return np.abs(np.asarray(r)[places[:-1], places[1:]]).mean()


a_clustered, b_clustered = (neighbours(r, leaves_list(tree_of(r))) for r in (r_a, r_b))
r, clustered = (r_a, a_clustered) if table == "A" else (r_b, b_clustered)
tree = tree_of(r)
print(f"neighbours, clustered: {clustered:.2f}")

sns.clustermap(r, row_linkage=tree, col_linkage=tree, vmin=-1, vmax=1, cmap="RdBu_r")

# The numbers that the step names
verdict = None
pairs, tables, few, more = columns * (columns - 1) // 2, 200, 30, 100


def noise_of(rows):
    # Neighbours in tables of noise, as drawn and clustered, and the largest |r|
    filed, clustered, largest = [], [], []
    for noise in np.random.default_rng(5000).normal(size=(tables, rows, columns)):
        r = np.corrcoef(noise, rowvar=False)
        largest.append(np.abs(r[np.triu_indices(columns, 1)]).max())
        filed.append(neighbours(r, np.arange(columns)))
        clustered.append(neighbours(r, leaves_list(tree_of(r))))
    return np.array(filed), np.array(clustered), np.array(largest)


few_filed, few_clustered, _ = (values.mean() for values in noise_of(few))
more_filed, more_clustered, _ = (values.mean() for values in noise_of(more))
_, noise, largest = noise_of(used_rows)
largest_least = largest.min()
noise_clustered, noise_most = noise.mean(), noise.max()
as_alike = int((noise >= clustered).sum())
