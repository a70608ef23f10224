"""What a forest loses when its features are shuffled one by one, and when families are together."""

import numpy as np
import pandas as pd
import seaborn as sns
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

asked = "MDI"
together = []

tumours = pd.read_csv("breast_cancer.csv")
is_benign = (tumours.pop("diagnosis") == "benign").to_numpy().astype(int)
seen, unseen, known, truth = train_test_split(
    tumours, is_benign, test_size=0.3, random_state=42, stratify=is_benign
)
model = RandomForestClassifier(200, random_state=42).fit(seen, known)
accuracy = model.score(unseen, truth)


def cost(names):
    """The accuracy that is lost when these columns are shuffled together, on average."""
    shuffled = []
    for seed in range(30):
        order = np.random.default_rng(seed).permutation(len(unseen))
        columns = {name: unseen[name].to_numpy()[order] for name in names}
        shuffled.append(unseen.assign(**columns))
    said = model.predict(pd.concat(shuffled)).reshape(30, -1)
    return accuracy - (said == truth).mean()


def family(name):
    return name.removeprefix("mean ").removeprefix("worst ").removesuffix(" error")


def of(families):
    return [name for name in tumours if family(name) in families]


mdi = pd.Series(model.feature_importances_, tumours.columns)
alone = pd.Series({name: cost([name]) for name in tumours})
joint = cost(of(together)) if together else 0.0
print(f"shuffled together {joint:.3f}, one by one {alone[of(together)].sum():.3f} in all")

shown = mdi if asked == "MDI" else alone
grid = pd.DataFrame(
    shown.to_numpy().reshape(3, 10).T,
    index=[family(name) for name in tumours.columns[:10]],
    columns=["mean", "error", "worst"],
)
if asked == "MDI":
    sns.heatmap(grid, vmin=0, cmap="viridis", annot=True, fmt=".3f")
else:
    sns.heatmap(grid, vmin=-0.02, vmax=0.02, cmap="RdBu_r", annot=True, fmt=".3f")

# The numbers that the step names
women, features = len(unseen), tumours.shape[1]
leader = mdi.idxmax()
top_mdi, top_alone = mdi.max(), alone[leader]
largest_alone = alone.max()
size, dents = ["radius", "perimeter", "area"], ["concavity", "concave points"]
size_cost, with_dents_cost = cost(of(size)), cost(of(size + dents))

chosen = alone[of(together)]
families, columns = len(together), len(chosen)
sum_alone, most_alone = (chosen.sum(), chosen.max()) if together else (0.0, 0.0)
goal, most_families = 0.25, 3
