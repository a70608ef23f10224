"""Patients in a tree by their most variable genes: two numbers of genes side by side."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.cluster import hierarchy
from scipy.stats import false_discovery_control, ttest_ind
from sklearn.metrics import adjusted_rand_score

genes = 200
other = 500
scaled = True
linkage = "ward"

golub = pd.read_csv("golub.csv", index_col="gene").drop(columns="description")
diagnosis = golub.columns.str[:3]
by_variance = golub.iloc[np.argsort(-golub.var(axis=1).to_numpy(), kind="stable")]


def clustered(number, scaled, linkage):
    shown = by_variance.head(number)
    if scaled:
        shown = shown.sub(shown.mean(axis=1), axis=0).div(shown.std(axis=1), axis=0)
    tree = hierarchy.linkage(shown.T, linkage)
    groups = hierarchy.cut_tree(tree, 2).ravel()
    return shown.corr(), tree, adjusted_rand_score(diagnosis, groups)


r, tree, agreement = clustered(genes, scaled, linkage)
other_r, other_tree, other_agreement = clustered(other, scaled, linkage)
print(f"{genes} genes: {agreement:.2f}, {other} genes: {other_agreement:.2f}")

colours = {"vmin": -1, "vmax": 1, "cmap": "RdBu_r"}
sns.clustermap(r, row_linkage=tree, col_linkage=tree, **colours)
sns.clustermap(other_r, row_linkage=other_tree, col_linkage=other_tree, **colours)

# The numbers that the step names
(genes_in_all, patients), apart = golub.shape, abs(genes - other)
lymphoid, myeloid = int((diagnosis == "ALL").sum()), int((diagnosis == "AML").sum())
near, failing, nearly_one = 20, 0.5, 0.999
hundred_agreement = clustered(100, True, "ward")[2]
all_agreement = clustered(genes_in_all, True, "ward")[2]

level, is_myeloid = 0.05, diagnosis == "AML"
p = ttest_ind(golub.loc[:, is_myeloid], golub.loc[:, ~is_myeloid], axis=1).pvalue
telling = int((false_discovery_control(p) < level).sum())
