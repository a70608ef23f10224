"""Ages of the Titanic against zeros and ones: Pearson's r and the point-biserial."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import stats

groups = "survived"
share = 50
swap = False

people = pd.read_csv("titanic.csv").dropna(subset="age")
ages = people["age"]
match groups:
    case "survived":
        is_one = people["survived"] == "yes"
    case "sex":
        is_one = people["sex"] == "male"
    case "age, cut in two":
        is_one = ages > ages.quantile(1 - share / 100)
codes = (is_one != swap).astype(int)

r = ages.corr(codes)
point_biserial = stats.pointbiserialr(codes, ages).statistic
print(r, point_biserial)

sns.boxplot(x=codes, y=ages)

# The numbers that the step names
nearer = None
n, ones, size = len(people), int(codes.sum()), abs(r)


def highest_r(share):  # of a bell-shaped variable, cut so that this share is above
    density = stats.norm.pdf(stats.norm.ppf(share))
    return density / np.sqrt(share * (1 - share))


ceiling = highest_r(share / 100)
ceiling_half, ceiling_tenth = highest_r(0.5), highest_r(0.1)
even_r, rare_r, wanted = 0.4, 0.35, 0.6
even_of_ceiling, rare_of_ceiling = even_r / ceiling_half, rare_r / ceiling_tenth
nearer_one = "the one with even groups"
if rare_of_ceiling > even_of_ceiling:
    nearer_one = "the one with a tenth of ones"
