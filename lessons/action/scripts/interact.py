"""How two predictors go together, and how they work together on the outcome."""

import itertools

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy.stats import spearmanr

truth = "x1 + x2"
r = 0.6
draw = 10


def t_of_interaction(y, x1, x2):
    x1, x2 = x1 - x1.mean(), x2 - x2.mean()
    return sm.OLS(y, sm.add_constant(np.column_stack([x1, x2, x1 * x2]))).fit().tvalues[3]


rng = np.random.default_rng(draw)
x1, fresh, noise = rng.standard_normal((3, 500))
x2 = r * x1 + np.sqrt(1 - r**2) * fresh
match truth:
    case "x1 + x2":
        y = x1 + x2 + noise
    case "x1 × x2":
        y = x1 * x2 + noise

sample_r = np.corrcoef(x1, x2)[0, 1]
t = t_of_interaction(y, x1, x2)
print(sample_r, t)
plt.scatter(x1, x2, c=y > np.median(y))

# The numbers that the step names
popular, small, large = 0.8, 0.1, 10
is_product = truth == "x1 × x2"

highway = pd.read_csv("highway.csv", index_col=0)
predictors = highway.drop(columns=["rate", "htype"]).astype(float)
names = [  # widths other than twelve feet: on two-lane roads only, so no product of its own
    pair for pair in itertools.combinations(predictors, 2) if pair != ("lane", "lwid")
]
strengths = [abs(predictors[a].corr(predictors[b])) for a, b in names]
interactions = [
    abs(t_of_interaction(highway["rate"].to_numpy(), *predictors[[a, b]].to_numpy().T))
    for a, b in names
]
pairs, all_pairs = len(names), len(list(itertools.combinations(predictors, 2)))
rho = spearmanr(strengths, interactions).statistic
strongest = "–".join(names[int(np.argmax(strengths))])
strongest_r, strongest_t = max(strengths), interactions[int(np.argmax(strengths))]
strongest_place = sum(t > strongest_t for t in interactions) + 1
above_two = sum(t > 2 for t in interactions)
