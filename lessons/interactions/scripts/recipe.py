"""The popular recipe as it stands: a map over two features, and what of it is interaction."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

limits = "the map's own"
residual = False

tumours = pd.read_csv("breast_cancer.csv")
X, y = tumours.drop(columns="diagnosis"), (tumours["diagnosis"] == "benign").astype(int)
X_train, X_test, y_train, y_test = train_test_split(
    X, y, test_size=0.3, random_state=42, stratify=y
)
model = RandomForestClassifier(n_estimators=200, random_state=42).fit(X_train, y_train)

# The recipe: vary two features, hold the others at their mean
f1, f2, side = "mean radius", "mean texture", 50
f1_values = np.linspace(X_test[f1].min(), X_test[f1].max(), side)
f2_values = np.linspace(X_test[f2].min(), X_test[f2].max(), side)
grid = pd.DataFrame([{f1: u, f2: v} for u in f1_values for v in f2_values])
for name in X.columns[2:]:
    grid[name] = X_train[name].mean()
surface = model.predict_proba(grid)[:, 1].reshape(side, side)


def interaction(surface):
    return surface - surface.mean(axis=0) - surface.mean(axis=1)[:, None] + surface.mean()


left_over = interaction(surface)
largest = np.abs(left_over).max()
percent = 100 * left_over.var() / surface.var()
print(f"{percent:.2f} % interaction, at most {largest:.4f}")

figure, axes = plt.subplots(ncols=2 if residual else 1, squeeze=False)
is_fixed = limits == "0 to 1"
colours = {"vmin": 0, "vmax": 1} if is_fixed else {}
sns.heatmap(surface, cmap="viridis", **colours, ax=axes[0, 0])
if residual:
    reach = 0.5 if is_fixed else largest
    sns.heatmap(left_over, cmap="RdBu_r", vmin=-reach, vmax=reach, ax=axes[0, 1])

# The numbers that the step names
trees, held = len(model.estimators_), X.shape[1] - 2
low, high = surface.min(), surface.max()
log_odds = np.log(surface / (1 - surface))
percent_log_odds = 100 * interaction(log_odds).var() / log_odds.var()
radius_effect = np.ptp(surface.mean(axis=1))
texture_effect = np.ptp(surface.mean(axis=0))
benign_cells = (surface > 0.5).sum()

# And for patients that the forest has not seen?
p = model.predict_proba(X_test)[:, 1]
sure_no, sure_yes = 0.1, 0.9
patients = len(p)
accuracy = ((p > 0.5) == (y_test == 1)).mean()
between = ((p >= low) & (p <= high)).sum()
decided = ((p < sure_no) | (p > sure_yes)).sum()
