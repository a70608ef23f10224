"""Any two columns of the Chilean survey by any measure, whether it fits them or not."""

from itertools import combinations

import numpy as np
import pandas as pd
from scipy import stats

x = "age"
y = "income"
measure = "Pearson's r"

chile = pd.read_csv("chile.csv")
kinds = {
    "region": "words",
    "population": "number",
    "sex": "two words",
    "age": "number",
    "education": "ordered words",
    "income": "number",
    "statusquo": "number",
    "vote": "words",
}
in_order = {"sex": ["F", "M"], "education": ["P", "S", "PS"]}


def codes(column, order):  # 0, 1, 2 ... for words
    if kinds[column.name] == "number":
        return column
    words = in_order.get(column.name, sorted(column.unique()))
    if order == "frequency" and kinds[column.name] == "words":
        words = list(column.value_counts().index)
    return column.map({word: code for code, word in enumerate(words)})


def correlation_ratio(one, other, order):  # how far apart the means of the groups are
    groups, values = (one, other) if kinds[other.name] == "number" else (other, one)
    values = codes(values, order)
    means = values.groupby(groups).transform("mean")
    spread = ((values - values.mean()) ** 2).sum()
    return np.sqrt(((means - values.mean()) ** 2).sum() / spread)


def cramers_v(one, other):  # with Bergsma's correction
    counts = pd.crosstab(one, other)
    m = counts.to_numpy().sum()
    rows, columns = counts.shape
    phi2 = stats.chi2_contingency(counts, correction=False).statistic / m
    phi2 = max(0, phi2 - (rows - 1) * (columns - 1) / (m - 1))
    sides = [side - (side - 1) ** 2 / (m - 1) for side in (rows, columns)]
    return np.sqrt(phi2 / (min(sides) - 1))


def measured(x, y, measure, order="alphabet"):
    known = chile[x].notna() & chile[y].notna()
    one, other = chile.loc[known, x], chile.loc[known, y]
    match measure:
        case "Pearson's r" | "Spearman's ρ" | "Kendall's τ":
            method = measure.split("'")[0].lower()
            return codes(one, order).corr(codes(other, order), method=method)
        case "correlation ratio η":
            return correlation_ratio(one, other, order)
        case "Cramér's V":
            return cramers_v(one, other)


value = measured(x, y, measure)
print(measure, value)

# The numbers that the step names
rows, n = len(chile), int((chile[x].notna() & chile[y].notna()).sum())
value_by_alphabet, value_by_frequency = value, measured(x, y, measure, "frequency")
eta = measured(x, y, "correlation ratio η")

# What fits what: one column of a kind on the left, the other of a kind on the right
number, words = {"number"}, {"words", "two words", "ordered words"}
ranked = {"number", "two words", "ordered words"}
sides = {
    "Pearson's r": ({"number", "two words"}, {"number", "two words"}),
    "Spearman's ρ": (ranked, ranked),
    "Kendall's τ": (ranked, ranked),
    "correlation ratio η": (number, words),
    "Cramér's V": (words, words),
}


def fits_both(name, x, y):
    left, right = sides[name]
    return (kinds[x] in left and kinds[y] in right) or (kinds[x] in right and kinds[y] in left)


kind_x, kind_y = kinds[x], kinds[y]
fits_all = [name for name in sides if fits_both(name, x, y)]
fits, fitting = measure in fits_all, " or ".join(fits_all)
coefficients = ("Pearson's r", "Spearman's ρ", "Kendall's τ")
coded = measure in coefficients and "words" in (kind_x, kind_y)
with_words = [
    pair
    for pair in combinations(kinds, 2)
    if fits_both(measure, *pair) and {kinds[name] for name in pair} != number
]
highest = max((measured(*pair, measure) for pair in with_words), key=abs)

# Chi-square grows with the rows, V does not: every person counted twice
votes = pd.crosstab(chile["region"], chile["vote"])
chi_square = stats.chi2_contingency(votes, correction=False).statistic
chi_square_twice = stats.chi2_contingency(2 * votes, correction=False).statistic
v = stats.contingency.association(votes, method="cramer", correction=False)
