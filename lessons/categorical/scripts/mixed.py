"""A map of a mixed table: each cell by the measure that its two columns allow."""

from io import StringIO

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.optimize import brentq
from scipy.stats import chi2_contingency, ncf, ncx2

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


def cramers_v(x, y):
    """Without what chance gives (Bergsma's correction)."""
    counts = pd.crosstab(x, y)
    n, (r, k) = counts.to_numpy().sum(), counts.shape
    phi2 = chi2_contingency(counts, correction=False).statistic / n
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
number = None
words = None
numbers, unordered = ["age", "income", "population", "statusquo"], ["region", "sex"]


def strongest(candidates):
    found = {name: measured(table, target, name)[1] for name in candidates if name in names}
    return max(found, key=found.get)


def noncentralities(share_below, largest):
    """With which a statistic has 97.5 % below it, and 2.5 %; found by their roots."""

    def excess(root, share):
        return np.nan_to_num(share_below(root**2)) - share

    return np.array(
        [
            brentq(excess, 0, largest, (share,), xtol=1e-13) ** 2 if excess(0, share) > 0 else 0.0
            for share in (0.975, 0.025)
        ]
    )


def interval(x, y):
    """Of V and of η; that of r by Fisher's z is in scipy.stats.pearsonr."""
    pair = table[[x, y]].dropna()
    x, y, n = pair[x], pair[y], len(pair)
    if kind(y) == "words":
        counts = pd.crosstab(x, y)
        chi2 = chi2_contingency(counts, correction=False)
        ends = noncentralities(lambda nc: ncx2.cdf(chi2.statistic, chi2.dof, nc), np.sqrt(n))
        return np.sqrt(ends / n / (min(counts.shape) - 1))
    between, within = x.nunique() - 1, n - x.nunique()
    eta2 = eta(x, y) ** 2
    f = eta2 / between / ((1 - eta2) / within)
    ends = noncentralities(lambda nc: ncf.cdf(f, between, within, nc), 2 * np.sqrt(n))
    return np.sqrt(ends / (ends + n))


def guessed_right(table, target):
    """From one column: the most frequent value of the target for each word or quarter."""
    table = table.dropna()
    shares = {"nothing": table[target].value_counts(normalize=True).max()}
    for name in table.columns.drop(target):
        parts = table[name]
        if name in numbers:
            parts = pd.qcut(parts, 4, duplicates="drop")
        shares[name] = pd.crosstab(parts, table[target]).max(axis=1).sum() / len(table)
    return pd.Series(shares)


best_number, best_words = strongest(numbers), strongest(unordered)
best_number_value = measured(table, target, best_number)[1]
best_words_value = measured(table, target, best_words)[1]
best_number_low, best_number_high = interval(target, best_number)
best_words_low, best_words_high = interval(target, best_words)
sex_age = measured(table, "sex", "age")[1]
sex_age_low, sex_age_high = interval("sex", "age")
guesses = guessed_right(table, target)
best_number_guess, best_words_guess = guesses[best_number], guesses[best_words]
target_guess = guesses["nothing"]
people_used = len(table)
absent = next((name for name in (number, words) if name and name not in names), "")
number_value = measured(table, target, number)[1] if number in names else 0.0
words_value = measured(table, target, words)[1] if words in names else 0.0
number_high = interval(target, number)[1] if number in names else 0.0
words_high = interval(target, words)[1] if words in names else 0.0

rows, complete_rows, no_vote = len(chile), len(chile.dropna()), int(chile["vote"].isna().sum())
of_chile = guessed_right(chile, "vote")
guess_nothing, guess_education, guess_income, guess_statusquo, guess_region = of_chile[
    ["nothing", "education", "income", "statusquo", "region"]
]
guesses_best, guess_next = of_chile.drop("nothing").idxmax(), of_chile.nlargest(2).iloc[1]

# A level NA, for North America, read as usual and read as it is written
file = "continent\nEurope\nNA\nAsia\nNA\n"
american_lost = int(pd.read_csv(StringIO(file))["continent"].isna().sum())
literal = pd.read_csv(StringIO(file), keep_default_na=False)["continent"]
american = int((literal == "NA").sum())
