"""The code of the recipes: each draws `shown` between `low` and `high`."""

from lessons.applications.scripts.visits import VISITS
from lessons.scripting import script

CORRELATION = """
import numpy as np
import pandas as pd
import seaborn as sns

un = pd.read_csv("un.csv", index_col="country").select_dtypes("number").dropna()
bent = ["ppgdp", "infantMortality"]
un[bent] = np.log(un[bent])
r = un.corr()
order = r["lifeExpF"].sort_values(ascending=False).index

shown = r.loc[order, order]
low, high = -1.0, 1.0
sns.heatmap(shown, vmin=low, vmax=high, cmap="RdBu_r", annot=True, fmt=".2f")
"""

RECALL = """
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
"""

DENSITY = """
import numpy as np
import pandas as pd
import seaborn as sns

quakes = pd.read_csv("quakes.csv")
counts, longs, lats = np.histogram2d(quakes["long"], quakes["lat"], bins=10)

shown = pd.DataFrame(counts.T, index=lats[:-1].round(2), columns=longs[:-1].round(2))[::-1]
low, high = 0.0, counts.max()
sns.heatmap(shown, vmin=low, vmax=high, cmap="viridis")
# Now with bins=25, and with edges moved by half a cell.
"""

RATE = (
    """
import numpy as np
import pandas as pd
import seaborn as sns
from scipy import stats
from statsmodels.stats.multitest import multipletests

"""
    + VISITS
    + """

visits, orders = draw(weeks=12)
usual = 0.04
p = stats.binom.sf(orders - 1, visits, usual)
is_better = multipletests(p.ravel(), method="fdr_bh")[0].reshape(p.shape)

shown = pd.DataFrame(orders / visits, index=days, columns=hours)
low, high = 0.0, shown.max().max()
marks = np.where(is_better, "★", "")
sns.heatmap(shown, vmin=low, vmax=high, center=usual, cmap="RdBu_r", annot=marks, fmt="")
"""
)

ROWS = """
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
"""

RESIDUALS = """
import pandas as pd
import seaborn as sns
from statsmodels.stats.contingency_tables import Table

students = pd.read_csv("hair_eye.csv")
counts = students.pivot_table(
    index="hair", columns="eye", values="count", aggfunc="sum", sort=False
)

shown = Table(counts).standardized_resids
high = shown.abs().max().max()
low = -high
sns.heatmap(shown, vmin=low, vmax=high, cmap="RdBu_r", annot=True, fmt=".1f")
"""

_FOREST = """
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
"""

INTERACTION = (
    _FOREST
    + """
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
"""
)

SHUFFLED = (
    _FOREST
    + """

def cost(name):
    copies = np.tile(unseen.to_numpy(), (31, 1, 1))  # the last stays as it is
    column = unseen.columns.get_loc(name)
    for seed in range(30):
        order = np.random.default_rng(seed).permutation(len(unseen))
        copies[seed][:, column] = unseen[name].to_numpy()[order]
    said = model.predict(pd.DataFrame(np.concatenate(copies), columns=unseen.columns))
    accuracies = (said.reshape(31, -1) == truth).mean(axis=1)
    return accuracies[-1] - accuracies[:-1].mean()


alone = np.array([cost(name) for name in unseen])
names = [name.removeprefix("mean ") for name in unseen.columns[:10]]
shown = pd.DataFrame(alone.reshape(3, 10).T, index=names, columns=["mean", "error", "worst"])
low, high = -0.02, 0.02
sns.heatmap(shown, vmin=low, vmax=high, cmap="RdBu_r", annot=True, fmt=".3f")
"""
)


def choosing(name: str, recipe: str, offered: int, answered: int, right: int) -> str:
    return script(
        """
        «recipe»

        recipes = «offered»
        recipe = "«name»"
        fits = recipe != ""
        rows, columns = shown.shape
        largest = shown.to_numpy().max()
        low, high = float(low), float(high)
        cases_answered, cases_right = «answered», «right»
        """,
        recipe=(recipe or _NOTHING).strip(),
        name=name,
        offered=offered,
        answered=answered,
        right=right,
    )


_NOTHING = """
import pandas as pd

# No map: these colours cannot say that about these rows and columns.
shown = pd.DataFrame([[0.0]])
low, high = 0.0, 0.0
"""
