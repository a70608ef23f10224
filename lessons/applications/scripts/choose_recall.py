"""The recipe for true and predicted classes, where colour says what share: recall."""

import pandas as pd
import seaborn as sns
from sklearn.metrics import confusion_matrix
from sklearn.model_selection import train_test_split
from sklearn.naive_bayes import GaussianNB

digits = pd.read_csv("digits.csv")
seen, unseen, named, truth = train_test_split(
    digits.drop(columns="digit"),
    digits["digit"],
    test_size=0.3,
    random_state=42,
    stratify=digits["digit"],
)
said = GaussianNB().fit(seen, named).predict(unseen)

shown = pd.DataFrame(confusion_matrix(truth, said, normalize="true"))
low, high = 0.0, 1.0
sns.heatmap(shown, vmin=low, vmax=high, cmap="viridis", annot=True, fmt=".2f")

# The numbers that the step names
axes = "true and predicted"
meaning = "what share"
returns = None
mail = None
blood = None

recipes, recipe, fits = 8, "recall", True
rows, columns = shown.shape
largest = shown.to_numpy().max()
low, high = float(low), float(high)
