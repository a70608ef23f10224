"""The recipe's map twice, with the other features held at one row and at another."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from scipy.spatial.distance import cdist
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

left = "mean row"
right = "mean row"

tumours = pd.read_csv("breast_cancer.csv")
X, y = tumours.drop(columns="diagnosis"), (tumours["diagnosis"] == "benign").astype(int)
X_train, X_test, y_train, y_test = train_test_split(
    X, y, test_size=0.3, random_state=42, stratify=y
)
model = RandomForestClassifier(n_estimators=200, random_state=42).fit(X_train, y_train)

f1, f2 = "mean radius", "mean texture"
f1_values = np.linspace(X_test[f1].min(), X_test[f1].max(), 50)
f2_values = np.linspace(X_test[f2].min(), X_test[f2].max(), 50)
fillers = {
    "mean row": X_train.mean(),
    "median row": X_train.median(),
    "benign mean": X_train[y_train == 1].mean(),
    "malignant mean": X_train[y_train == 0].mean(),
}


def surface(filler):
    grid = pd.DataFrame(np.tile(filler, (2500, 1)), columns=X.columns)
    grid[f1] = np.repeat(f1_values, 50)
    grid[f2] = np.tile(f2_values, 50)
    return model.predict_proba(grid)[:, 1].reshape(50, 50)


maps = {name: surface(filler) for name, filler in fillers.items()}
figure, axes = plt.subplots(ncols=2)
for ax, name in zip(axes, (left, right), strict=True):
    sns.heatmap(maps[name], vmin=0, vmax=1, cmap="viridis", ax=ax)
    ax.set_title(name)
    ax.invert_yaxis()

# The numbers that the step names
trees, held, rows = len(model.estimators_), X.shape[1] - 2, len(X_train)
benign, malignant = (y_train == 1).sum(), (y_train == 0).sum()
middles = pd.DataFrame([fillers["mean row"], fillers["median row"]])
p_mean, p_median = model.predict_proba(middles)[:, 1]
low_mean, low_median, low_benign, low_malignant = (each.min() for each in maps.values())
high_mean, high_median, high_benign, high_malignant = (each.max() for each in maps.values())
decider = None
left_low, left_high = maps[left].min(), maps[left].max()
right_low, right_high = maps[right].min(), maps[right].max()
cells = maps[left].size
left_span, right_span = np.ptp(maps[left]), np.ptp(maps[right])
apart = abs((maps[left] - maps[right]).mean())
agree = ((maps[left] > 0.5) == (maps[right] > 0.5)).sum()


# How many rows are as near to the mean as rows are to their nearest neighbour?
def near_the_mean(z):
    distances = cdist(z, z)
    nearest = np.sort(distances, axis=1)[:, 1]
    return (np.linalg.norm(z - z.mean(axis=0), axis=1) < np.median(nearest)).sum()


z = ((X_train - X_train.mean()) / X_train.std(ddof=0)).to_numpy()
near = near_the_mean(z)


def near_in_normal(*crowds):  # each with its own mean and covariances
    rng = np.random.default_rng(0)
    roots = [np.linalg.cholesky(np.cov(crowd.T, bias=True)) for crowd in crowds]
    found = []
    for _ in range(20):
        drawn = [rng.standard_normal(crowd.shape) for crowd in crowds]
        for number, crowd in enumerate(crowds):
            drawn[number] = crowd.mean(axis=0) + drawn[number] @ roots[number].T
        found.append(near_the_mean(np.vstack(drawn)))
    return np.mean(found)


near_normal, near_two = near_in_normal(z), near_in_normal(z[y_train == 0], z[y_train == 1])
