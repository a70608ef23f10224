"""The recipe for genes and samples, where colour says what is unexpected: z-scores of rows."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.cluster.hierarchy import leaves_list, linkage

golub = pd.read_csv("golub.csv", index_col="gene").drop(columns="description")
chosen = golub.iloc[np.linspace(0, len(golub) - 1, 30).round().astype(int)]
z = chosen.sub(chosen.mean(axis=1), axis=0).div(chosen.std(axis=1), axis=0)

shown = z.iloc[leaves_list(linkage(z, "average")), leaves_list(linkage(z.T, "average"))]
low, high = -3.0, 3.0
sns.heatmap(shown, vmin=low, vmax=high, cmap="RdBu_r")

# The numbers that the step names
axes = "genes and samples"
meaning = "what is unexpected"
returns = None
mail = None
blood = None

recipes, recipe, fits = 8, "row z-score", True
rows, columns = shown.shape
largest = shown.to_numpy().max()
low, high = float(low), float(high)
