"""A correlation map whose neutral colour is zero and whose every number can be read."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns

table = pd.read_csv("highway.csv", index_col=0)
r = table.select_dtypes("number").corr()
mask = np.triu(np.ones_like(r, dtype=bool))

# The first row and the last column hold nothing that is not hidden
r, mask = r.iloc[1:, :-1], mask[1:, :-1]

figure, axes = plt.subplots(figsize=(8, 6.5), layout="constrained")
sns.heatmap(r, mask=mask, vmin=-1, vmax=1, cmap="RdBu_r", annot=True, fmt=".2f", ax=axes)
figure.savefig("map.pdf")
