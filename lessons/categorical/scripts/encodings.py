"""Words on a map of r: one-hot, by the mean of all, and by the mean of the others."""

import numpy as np
import pandas as pd
import seaborn as sns

offices = 4
encoding = "one-hot"
draw = 0

staff = pd.read_csv("salaries.csv")[["rank", "discipline", "sex", "salary"]]
rows, salary = len(staff), staff["salary"]
doors = np.random.default_rng(draw).permutation(np.arange(rows) % offices)
staff["office"] = doors.astype(str)

one_hot = pd.get_dummies(staff.drop(columns="salary"), prefix_sep=" ", dtype=float)


def means(name):
    """Each person's group, encoded by the mean salary of all, and of the others."""
    group = salary.groupby(staff[name])
    total, size = group.transform("sum"), group.transform("size")
    return total / size, (total - salary) / (size - 1)


encoded = pd.DataFrame(
    {
        name: [mean.corr(salary) for mean in means(name)]
        for name in ("rank", "discipline", "sex", "office")
    },
    index=["mean of all", "mean of the others"],
).T
match encoding:
    case "one-hot":
        r = one_hot.corrwith(salary).to_frame("salary")
    case "mean of all":
        r = encoded[["mean of all"]]
    case "mean of the others":
        r = encoded
print(r.round(2))

sns.heatmap(r, vmin=-1, vmax=1, cmap="RdBu_r")

# The numbers that the step names
few = 20
prof = one_hot["rank Prof"].corr(salary)
best_office = one_hot.filter(like="office ").corrwith(salary).abs().max()
rank_all, discipline_all, sex_all, office_all = encoded["mean of all"]
rank_others, discipline_others, sex_others, office_others = encoded["mean of the others"]
office_share = office_all**2
expected = np.sqrt((offices - 1) / (rows - 1))
as_sex, as_rank = (int(np.ceil(1 + r**2 * (rows - 1))) for r in (sex_all, rank_all))
