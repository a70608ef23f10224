"""The recipe for two features' values, where colour says what is unexpected: interaction."""

import numpy as np
import pandas as pd
import seaborn as sns
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

tumours = pd.read_csv("breast_cancer.csv")
is_benign = (tumours.pop("diagnosis") == "benign").to_numpy().astype(int)
seen, unseen, known, truth = train_test_split(
    tumours, is_benign, test_size=0.3, random_state=42, stratify=is_benign
)
model = RandomForestClassifier(200, random_state=42).fit(seen, known)

x, y = "worst area", "worst concave points"
steps = np.linspace(0.05, 0.95, 8)
areas, points = seen[x].quantile(steps), seen[y].quantile(steps)
background = seen.head(100)
cells = [background.assign(**{x: area, y: point}) for point in points for area in areas]
chance = model.predict_proba(pd.concat(cells))[:, 0]  # of being malignant
dependence = pd.DataFrame(chance.reshape(8, 8, -1).mean(axis=2), index=points, columns=areas)

of_row, of_column = dependence.mean(axis=1), dependence.mean(axis=0)
shown = dependence.sub(of_row, axis=0) - of_column + of_row.mean()
high = shown.abs().max().max()
low = -high
sns.heatmap(shown, vmin=low, vmax=high, cmap="RdBu_r", annot=True, fmt=".3f")

# The numbers that the step names
axes = "two features' values"
meaning = "what is unexpected"
returns = None
mail = None
blood = None

recipes, recipe, fits = 8, "interaction", True
rows, columns = shown.shape
largest = shown.to_numpy().max()
low, high = float(low), float(high)
