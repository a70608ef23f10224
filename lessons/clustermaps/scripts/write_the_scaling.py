"""Patients in a tree by genes that you have scaled."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.cluster import hierarchy
from sklearn.metrics import adjusted_rand_score

golub = pd.read_csv("golub.csv", index_col="gene").drop(columns="description")
genes = golub.loc[golub.var(axis=1).sort_values(ascending=False, kind="stable").index[:30]]

scaled = genes
# What you write: lines
# Until here

tree = hierarchy.linkage(scaled.T, "ward")
sns.clustermap(scaled.T, row_linkage=tree, col_cluster=False, vmin=-3, vmax=3, cmap="RdBu_r")

# The numbers that the step names
means, sds = scaled.mean(axis=1), scaled.std(axis=1)
mean_low, mean_high = means.min(), means.max()
sd_low, sd_high = sds.min(), sds.max()
sd_low_measured, sd_high_measured = genes.std(axis=1).min(), genes.std(axis=1).max()
ratio = float((sd_high / sd_low) ** 2) if sd_low > 0 else 1.0
pattern = 0.0
if sd_low >= 1e-9:
    pattern = min(np.corrcoef(genes.loc[gene], scaled.loc[gene])[0, 1] for gene in genes.index)
genes_are_centred = bool(means.abs().max() < 1e-9)
patients_are_centred = bool(scaled.mean().abs().max() < 1e-9)


def agreement_of(tree):
    diagnoses = genes.columns.str[:3]
    return adjusted_rand_score(diagnoses, hierarchy.cut_tree(tree, 2).ravel())


agreement = agreement_of(tree)
agreement_measured = agreement_of(hierarchy.linkage(genes.T, "ward"))
genes = len(genes)
