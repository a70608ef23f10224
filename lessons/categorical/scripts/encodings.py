"""Words on a map of r: one-hot, and by three kinds of mean; a door number that knows nothing."""

import numpy as np
import pandas as pd
import seaborn as sns
from sklearn.model_selection import KFold
from sklearn.preprocessing import TargetEncoder
from sklearn.tree import DecisionTreeRegressor

offices = 4
encoding = "one-hot"
draw = 0

staff = pd.read_csv("salaries.csv")[["rank", "discipline", "sex", "salary"]]
rows, salary = len(staff), staff["salary"].astype(float)
folds = KFold(5, shuffle=True, random_state=0)
encoder = TargetEncoder(cv=folds, smooth=0.0, target_type="continuous")


def doors(count):
    """Dealt by chance: every office has as many people, or one more."""
    return pd.Series(np.random.default_rng(draw).permutation(np.arange(rows) % count))


def codes(words):
    """Each person's group, encoded by three kinds of mean."""
    group = salary.groupby(words)
    total, size = group.transform("sum"), group.transform("size")
    fitted = encoder.fit_transform(words.to_frame("word"), salary)[:, 0]
    return pd.DataFrame(
        {
            "mean of all": total / size,
            "leave-one-out": (total - salary) / (size - 1),
            "cross-fitted": fitted,
        }
    )


staff["office"] = doors(offices).astype(str)
names = ["rank", "discipline", "sex", "office"]
encoded = pd.DataFrame({name: codes(staff[name]).corrwith(salary) for name in names}).T
one_hot = pd.get_dummies(staff[names], prefix_sep=" ", dtype=float)
r = one_hot.corrwith(salary).to_frame() if encoding == "one-hot" else encoded[[encoding]]
print(r.round(2))

sns.heatmap(r, vmin=-1, vmax=1, cmap="RdBu_r")

# The numbers that the step names
many = None
few = None


def explained(door, code=None):
    """By a tree, of people that it has not seen; without a code, each fold encodes for itself."""
    missed, door = 0, door.to_frame("word")
    for train, test in folds.split(door):
        if code is None:
            known = encoder.fit_transform(door.iloc[train], salary[train])[:, 0]
            new = encoder.transform(door.iloc[test])[:, 0]
        else:
            known, new = code[train], code[test]
        tree = DecisionTreeRegressor(min_samples_leaf=5, random_state=0)
        tree.fit(np.column_stack([known, door.iloc[train]]), salary[train])
        predicted = tree.predict(np.column_stack([new, door.iloc[test]]))
        missed += ((salary[test] - predicted) ** 2).sum()
    return 1 - missed / ((salary - salary.mean()) ** 2).sum()


def all_explained(door):
    found = codes(door)
    return [explained(door, found[name]) for name in ("mean of all", "leave-one-out")] + [
        explained(door)
    ]


few_offices, many_offices, enough = 4, 198, 20
few_doors, many_doors = doors(few_offices), doors(many_offices)
tree_all, tree_others, tree_fitted = all_explained(doors(offices))
few_all, few_others, few_fitted = all_explained(few_doors)
many_all, many_others, many_fitted = codes(many_doors).corrwith(salary)
kinds = ["mean of all", "leave-one-out", "cross-fitted"]
flatters = kinds[np.argmax([many_all, many_others, many_fitted])]
betrays = kinds[np.argmax([few_all, few_others, few_fitted])]
named_many = dict(zip(kinds, [many_all, many_others, many_fitted], strict=True)).get(many, 0.0)
named_few = dict(zip(kinds, [few_all, few_others, few_fitted], strict=True)).get(few, 0.0)

# Leave-one-out beside the salary, each less its mean in the office
others = codes(few_doors)["leave-one-out"]
within = (others - others.groupby(few_doors).transform("mean")).corr(
    salary - salary.groupby(few_doors).transform("mean")
)

prof = one_hot["rank Prof"].corr(salary)
best_office = one_hot.filter(like="office ").corrwith(salary).abs().max()
rank_all, discipline_all, sex_all, office_all = encoded["mean of all"]
rank_others, discipline_others, sex_others, office_others = encoded["leave-one-out"]
rank_fitted, discipline_fitted, sex_fitted, office_fitted = encoded["cross-fitted"]
office_share = office_all**2
as_sex, as_rank = (int(np.ceil(1 + r**2 * (rows - 1))) for r in (sex_all, rank_all))
