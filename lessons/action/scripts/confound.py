"""A pair overall and within its kinds."""

import numpy as np
import pandas as pd
import seaborn as sns
import statsmodels.api as sm
from scipy.stats import norm, pearsonr

pair = "rate – adt"
grouped = False

highway = pd.read_csv("highway.csv", index_col=0)
iris = pd.read_csv("iris.csv")
pairs = {
    "rate – adt": (highway, "adt", "rate", "htype"),
    "rate – acpt": (highway, "acpt", "rate", "htype"),
    "rate – slim": (highway, "slim", "rate", "htype"),
    "rate – lane": (highway, "lane", "rate", "htype"),
    "iris sepal": (iris, "sepal length (cm)", "sepal width (cm)", "species"),
    "iris petal": (iris, "petal length (cm)", "petal width (cm)", "species"),
    "iris sepal – petal": (iris, "petal length (cm)", "sepal width (cm)", "species"),
}


def within(table, x, y, kind):  # the kinds' means taken out of both
    means = table.groupby(kind)[[x, y]].transform("mean")
    return (table[x] - means[x]).corr(table[y] - means[y])


table, x, y, kind = pairs[pair]
overall_r = table[x].corr(table[y])
within_r = within(table, x, y, kind)
print(overall_r, within_r)
sns.scatterplot(table, x=x, y=y, hue=kind if grouped else None)

# The numbers that the step names
least = 0.1
change = within_r - overall_r
roads = pairs["rate – adt"]
adt_r = highway["adt"].corr(highway["rate"])
adt_within = within(*roads)
means = highway.groupby("htype")[["adt", "rate"]].mean()
between_r = means["adt"].corr(means["rate"])


def p_of_within(table, x, y, kind):
    dummies = pd.get_dummies(table[kind], dtype=float)
    return sm.OLS(table[y], dummies.assign(**{x: table[x]})).fit().pvalues[x]


p_within, within_p = p_of_within(*roads), p_of_within(table, x, y, kind)
by_kind = {name: highway[highway["htype"] == name] for name in ("FAI", "MA", "PA")}
fai_n, ma_n, pa_n = (len(by_kind[name]) for name in ("FAI", "MA", "PA"))
fai_adt, ma_adt, pa_adt = (means["adt"][name] for name in ("FAI", "MA", "PA"))
fai_rate, ma_rate, pa_rate = (means["rate"][name] for name in ("FAI", "MA", "PA"))
(fai_r, fai_p), (ma_r, ma_p), (pa_r, pa_p) = (
    pearsonr(by_kind[name]["adt"], by_kind[name]["rate"]) for name in ("FAI", "MA", "PA")
)

# Major arterials less others: two-sided p by Fisher's z, and Zou's interval
level_percent = 5


def apart(first, second):
    (r1, n1), (r2, n2) = ((one["adt"].corr(one["rate"]), len(one)) for one in (first, second))
    errors = 1 / np.sqrt([n1 - 3, n2 - 3])
    z = (np.arctanh(r1) - np.arctanh(r2)) / np.hypot(*errors)
    (low1, low2), (high1, high2) = (
        np.tanh(np.arctanh([r1, r2]) + end * errors) for end in norm.ppf([0.025, 0.975])
    )
    below, above = np.hypot(r1 - low1, high2 - r2), np.hypot(high1 - r1, r2 - low2)
    return 2 * norm.sf(abs(z)), r1 - r2 - below, r1 - r2 + above


fai_apart_p, fai_apart_low, fai_apart_high = apart(by_kind["MA"], by_kind["FAI"])
pa_apart_p, pa_apart_low, pa_apart_high = apart(by_kind["MA"], by_kind["PA"])
