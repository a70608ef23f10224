"""r of hair and eyes by every numbering of the same students."""

from itertools import permutations

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.stats.contingency import association

eyes = "Blue Brown Green Hazel"
hair = "Black Blond Brown Red"
other = "Black Blond Brown Red"

counts = pd.read_csv("hair_eye.csv")
people = counts.loc[counts.index.repeat(counts["count"])]


def coded(name, order):
    """Words as numbers, from zero up in this order."""
    return people[name].map({word: code for code, word in enumerate(order)})


def r_of(hair, eyes):
    return np.corrcoef(coded("hair", hair), coded("eye", eyes))[0, 1]


r, other_r = r_of(hair.split(), eyes.split()), r_of(other.split(), eyes.split())
v = association(pd.crosstab(people["hair"], people["eye"]), method="cramer")
print(f"r is {r:.2f} and {other_r:.2f}, V is {v:.3f}")

# Every numbering of both, at once
hair_codes, eye_codes = (
    [coded(name, order) for order in permutations(sorted(people[name].unique()))]
    for name in ("hair", "eye")
)
everything = np.corrcoef(hair_codes, eye_codes)[: len(hair_codes), len(hair_codes) :]
sns.histplot(everything.ravel(), bins=40)

# The numbers that the step names
students, orders, wanted = len(people), everything.size, 0.4
by_alphabet = everything[0, 0]
lowest, highest = everything.min(), everything.max()
strong = int((np.abs(everything) > wanted).sum())
# The most that any numbers for the words can reach: the first canonical correlation
table = pd.crosstab(people["hair"], people["eye"]).to_numpy() / students
chance = np.outer(table.sum(axis=1), table.sum(axis=0))
best_codes = np.linalg.svd((table - chance) / np.sqrt(chance), compute_uv=False)[0]
