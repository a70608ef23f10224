"""The recipe for a model's features, where colour says what is needed: what shuffling costs."""

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
accuracy = model.score(unseen, truth)


def cost(name):
    """The accuracy that is lost when this column is shuffled, the mean of thirty shuffles."""
    orders = [np.random.default_rng(seed).permutation(len(unseen)) for seed in range(30)]
    shuffled = [unseen.assign(**{name: unseen[name].to_numpy()[order]}) for order in orders]
    said = model.predict(pd.concat(shuffled)).reshape(30, -1)
    return accuracy - (said == truth).mean()


alone = np.array([cost(name) for name in unseen])
names = [name.removeprefix("mean ") for name in unseen.columns[:10]]
shown = pd.DataFrame(alone.reshape(3, 10).T, index=names, columns=["mean", "error", "worst"])
low, high = -0.02, 0.02
sns.heatmap(shown, vmin=low, vmax=high, cmap="RdBu_r", annot=True, fmt=".3f")

# The numbers that the step names
axes = "a model's features"
meaning = "what is needed"
returns = None
mail = None
blood = None

recipes, recipe, fits = 8, "shuffled loss", True
rows, columns = shown.shape
largest = shown.to_numpy().max()
low, high = float(low), float(high)
