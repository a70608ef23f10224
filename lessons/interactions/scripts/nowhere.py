"""The recipe's map with the cells hatched that no patient can occupy, by one of four rules."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split
from sklearn.neighbors import NearestNeighbors

rule = "nothing"
fill_with = "mean row"

tumours = pd.read_csv("breast_cancer.csv")
X, y = tumours.drop(columns="diagnosis"), (tumours["diagnosis"] == "benign").astype(int)
X_train, X_test, y_train, y_test = train_test_split(
    X, y, test_size=0.3, random_state=42, stratify=y
)
model = RandomForestClassifier(n_estimators=200, random_state=42).fit(X_train, y_train)

f1, f2 = "mean radius", "mean texture"
f1_values = np.linspace(X_test[f1].min(), X_test[f1].max(), 50)
f2_values = np.linspace(X_test[f2].min(), X_test[f2].max(), 50)
filler = {
    "mean row": X_train.mean(),
    "median row": X_train.median(),
    "benign mean": X_train[y_train == 1].mean(),
    "malignant mean": X_train[y_train == 0].mean(),
}[fill_with]
grid = pd.DataFrame(np.tile(filler, (2500, 1)), columns=X.columns)
grid[f1] = np.repeat(f1_values, 50)
grid[f2] = np.tile(f2_values, 50)
surface = model.predict_proba(grid)[:, 1].reshape(50, 50)

# Boxes without a training row
boxes = 10
edges = [np.linspace(X_test[f].min(), X_test[f].max(), boxes + 1) for f in (f1, f2)]
counts, _, _ = np.histogram2d(X_train[f1], X_train[f2], bins=edges)
is_empty = np.kron(counts == 0, np.ones((5, 5), bool))

# Farther from the nearest row than rows are from theirs, all but one in a hundred
middle, spread = X_train.mean(), X_train.std(ddof=0)
z, z_grid = (((rows - middle) / spread).to_numpy() for rows in (X_train, grid))
neighbours = NearestNeighbors(n_neighbors=2).fit(z)
usual = np.percentile(neighbours.kneighbors(z)[0][:, 1], 99)
is_lonely = (neighbours.kneighbors(z_grid, 1)[0] > usual).reshape(50, 50)

# A perimeter that no tumour of this radius has
ratio = X_train["mean perimeter"] / (2 * np.pi * X_train[f1])
held = filler["mean perimeter"] / (2 * np.pi * f1_values)
is_impossible = (held < ratio.min()) | (held > ratio.max())
never_seen = np.tile(is_impossible[:, None], (1, 50))

# Farther from the mean than every training row, by Mahalanobis distance
precision = np.linalg.inv(z.T @ z / len(z) + 1e-6 * np.eye(X.shape[1]))
farthest = np.einsum("ij,jk,ik->i", z, precision, z).max()
distances = np.einsum("ij,jk,ik->i", z_grid, precision, z_grid)
is_outside = (distances > farthest).reshape(50, 50)

is_hatched = {
    "nothing": np.zeros((50, 50), bool),
    "boxes without a row": is_empty,
    "no row nearby": is_lonely,
    "no such outline": never_seen,
    "outside the cloud": is_outside,
}[rule]
plt.pcolormesh(f2_values, f1_values, surface, vmin=0, vmax=1, cmap="viridis")
plt.contourf(f2_values, f1_values, is_hatched, [0.5, 1], hatches=["///"], alpha=0)
plt.xlabel(f2)
plt.ylabel(f1)

# The numbers that the step names
fitting = None
rows, features = X_train.shape
radius_low, radius_high = f1_values[0], f1_values[-1]
perimeter = filler["mean perimeter"]
radius_of_perimeter = perimeter / (2 * np.pi * ratio.median())
outline_of_fitting = perimeter / radius_of_perimeter * (fitting or 0)
ratio_least, ratio_most = ratio.min(), ratio.max()
grid_least, grid_most = held.min(), held.max()
empty, neighbour = is_empty.mean(), is_lonely.mean()
outline, cloud = never_seen.mean(), is_outside.mean()
hatched = is_hatched.mean()
