"""A map of a mixed table: each cell by the measure that its two columns allow."""

from io import StringIO

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.stats import chi2_contingency

data = "chile"
people = "each pair's own"

chile, titanic = pd.read_csv("chile.csv"), pd.read_csv("titanic.csv")
table, target = (chile, "vote") if data == "chile" else (titanic, "survived")
if people == "complete only":
    table = table.dropna()

orders = {"education": ["P", "S", "PS"], "passengerClass": ["1st", "2nd", "3rd"]}


def kind(column):
    if column.name in orders:
        return "order"
    return "number" if pd.api.types.is_numeric_dtype(column) else "words"


def ranks(column):
    if column.name in orders:
        column = column.map({word: code for code, word in enumerate(orders[column.name])})
    return column.rank()


def eta(words, values):
    return np.sqrt(values.groupby(words).transform("mean").var() / values.var())


def cramers_v(x, y, corrected=True):
    counts = pd.crosstab(x, y)
    n, (r, k) = counts.to_numpy().sum(), counts.shape
    phi2 = chi2_contingency(counts, correction=False).statistic / n
    if corrected:  # Bergsma: take off what chance gives
        phi2 = max(0, phi2 - (r - 1) * (k - 1) / (n - 1))
        r, k = (side - (side - 1) ** 2 / (n - 1) for side in (r, k))
    return np.sqrt(phi2 / min(r - 1, k - 1))


def measured(table, x, y):
    """The name and the value of the measure that fits."""
    pair = table[[x, y]].dropna()
    # Words before an order before numbers
    x, y = sorted((pair[x], pair[y]), key=kind, reverse=True)
    match kind(x), kind(y):
        case "words", "words":
            return "V", cramers_v(x, y)
        case "words", "order":
            return "η of ranks", eta(x, ranks(y))
        case "words", "number":
            return "η", eta(x, y)
        case "number", "number":
            return "r", x.corr(y)
        case _:
            return "ρ", ranks(x).corr(ranks(y))


names = list(table)
values = pd.DataFrame(np.nan, names, names)
labels = pd.DataFrame("", names, names)
for number, row in enumerate(names):
    for column in names[:number]:
        measure, values.loc[row, column] = measured(table, row, column)
        labels.loc[row, column] = f"{measure} {values.loc[row, column]:.2f}"

sns.heatmap(values, annot=labels, fmt="", vmin=-1, vmax=1, cmap="RdBu_r")

# The numbers that the step names
partner = None
rows, complete_rows, no_vote = len(chile), len(chile.dropna()), int(chile["vote"].isna().sum())
others = [name for name in names if name != target]
found = pd.DataFrame(
    [measured(table, target, name) for name in others], others, ["measure", "value"]
)
best = found["value"].abs().idxmax()
best_measure, best_value = found.loc[best]
best_share, n = best_value**2, len(table[[target, best]].dropna())
partner_measure, partner_value = found.loc[partner] if partner in others else ("none", 0.0)

survey = chile.dropna() if people == "complete only" else chile
statusquo_eta, income_eta = (measured(survey, "vote", name)[1] for name in ("statusquo", "income"))
statusquo_eta2 = statusquo_eta**2
complete_eta2 = measured(chile.dropna(), "vote", "statusquo")[1] ** 2
education_v, sex_v, region_v = (
    cramers_v(survey[name], survey["vote"], corrected=False)
    for name in ("education", "sex", "region")
)
titanic_sex, titanic_class = (
    cramers_v(titanic["survived"], titanic[name], corrected=False)
    for name in ("sex", "passengerClass")
)

# A level NA, for North America, read as usual and read as it is written
file = "continent\nEurope\nNA\nAsia\nNA\n"
american_lost = int(pd.read_csv(StringIO(file))["continent"].isna().sum())
literal = pd.read_csv(StringIO(file), keep_default_na=False)["continent"]
american = int((literal == "NA").sum())
