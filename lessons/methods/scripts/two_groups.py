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
n, ones = len(people), int(codes.sum())
means = ages.groupby(codes).transform("mean")
eta = np.sqrt(((means - ages.mean()) ** 2).sum() / ((ages - ages.mean()) ** 2).sum())


def highest_r(share):  # of a bell-shaped variable, cut so that this share is above
    density = stats.norm.pdf(stats.norm.ppf(share))
    return density / np.sqrt(share * (1 - share))


ceiling = highest_r(share / 100)
ceiling_half, ceiling_tenth = highest_r(0.5), highest_r(0.1)
wanted = 0.6
