"""What groups explain of a number: by codes for their words, and without any."""

import pandas as pd
import seaborn as sns

groups = "sex"
codes = "alphabet"

chicks_fed, professors = pd.read_csv("chickwts.csv"), pd.read_csv("salaries.csv")
table, measured = (chicks_fed, "weight") if groups == "feed" else (professors, "salary")


def by_alphabet(words):
    return words.map({word: code for code, word in enumerate(sorted(words.unique()))})


def by_frequency(words):
    counts = words.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return words.map({word: code for code, word in enumerate(counts.index)})


def eta_squared(words, values):
    """The variance of the groups' means, as a share of all variance."""
    return values.groupby(words).transform("mean").var() / values.var()


words, values = table[groups], table[measured]
eta2 = eta_squared(words, values)
match codes:
    case "alphabet":
        explained = by_alphabet(words).corr(values) ** 2
    case "frequency":
        explained = by_frequency(words).corr(values) ** 2
    case "group means":
        explained = values.groupby(words).transform("mean").corr(values) ** 2
    case "no codes: η²":
        explained = eta2
print(f"{groups}: explained {explained:.3f}, by groups {eta2:.3f}")

sns.boxplot(table, x=groups, y=measured)

# The numbers that the step names
half, chicks, levels = 0.5, len(chicks_fed), words.nunique()
feed_r = by_alphabet(chicks_fed["feed"]).corr(chicks_fed["weight"])
feed_r2 = feed_r**2
feed_eta2 = eta_squared(chicks_fed["feed"], chicks_fed["weight"])
feed_chance = 5 / (chicks - 1)
rank_eta2, discipline_eta2, sex_eta2 = (
    eta_squared(professors[name], professors["salary"]) for name in ("rank", "discipline", "sex")
)
