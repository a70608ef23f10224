"""The recipe's map of either pair: in which order of columns, of which class, which way up."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

pair = "mean radius × mean texture"
ordered = False
column = "[:, 1]"
invert = False

tumours = pd.read_csv("breast_cancer.csv")
X, y = tumours.drop(columns="diagnosis"), (tumours["diagnosis"] == "benign").astype(int)
X_train, X_test, y_train, y_test = train_test_split(
    X, y, test_size=0.3, random_state=42, stratify=y
)
model = RandomForestClassifier(n_estimators=200, random_state=42).fit(X_train, y_train)

first, second = pair.split(" × ")
first_values = np.linspace(X_test[first].min(), X_test[first].max(), 50)
second_values = np.linspace(X_test[second].min(), X_test[second].max(), 50)
grid = pd.DataFrame([{first: u, second: v} for u in first_values for v in second_values])
for name in X.columns.drop([first, second]):
    grid[name] = X_train[name].mean()

message = ""
try:
    model.predict_proba(grid[X.columns] if ordered else grid)
except ValueError as error:
    message = str(error).splitlines()[-1]
    print(message)

which = {"[:, 1]": 1, "[:, 0]": 0}[column]
p = model.predict_proba(grid[X.columns])[:, which]
surface = pd.DataFrame(p.reshape(50, 50), first_values, second_values)
if invert:
    surface = surface[::-1]
names = {0: "malignant", 1: "benign"}
shown = names[model.classes_[which]]
if not message:
    sns.heatmap(surface.round(3), vmin=0, vmax=1, cmap="viridis")
    plt.title(f"P({shown})")

# The numbers that the step names
ones = names[model.classes_[1]]
benign, malignant = (y == 1).sum(), (y == 0).sum()
top, bottom = surface.index[0], surface.index[-1]
mean_shown = surface.to_numpy().mean()
