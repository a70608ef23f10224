"""Words that have an order of their own: ranks of professors, schools in Chile."""

from itertools import permutations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns

rank = "AssocProf < AsstProf < Prof"
education = "P < PS < S"
method = "Pearson"

salaries, chile = pd.read_csv("salaries.csv"), pd.read_csv("chile.csv")


def r_of(words, values, chain, method="Pearson"):
    """r, or rho, of the words' places in a chain."""
    codes = words.map({word: code for code, word in enumerate(chain.split(" < "))})
    return codes.corr(values, method=method.lower())


_, (left, right) = plt.subplots(ncols=2, figsize=(12, 5))
for axis, table, words, measured, chain in [
    (left, salaries, "rank", "salary", rank),
    (right, chile, "education", "income", education),
]:
    sns.boxplot(table, x=words, y=measured, order=chain.split(" < "), ax=axis)
    axis.set_title(f"{method}: {r_of(table[words], table[measured], chain, method):.3f}")

# The numbers that the step names
why = None
respondents = len(chile[["education", "income"]].dropna())


def eta_of(words, values):
    """What the best codes would reach; of the people who have both."""
    values = values[words.notna()].dropna()
    return (values.groupby(words).transform("mean").var() / values.var()) ** 0.5


ranks, salary, ladder = salaries["rank"], salaries["salary"], "AsstProf < AssocProf < Prof"
rank_r, rank_rho = (r_of(ranks, salary, rank, name) for name in ("Pearson", "Spearman"))
rank_right = r_of(ranks, salary, ladder)
rank_alphabet = r_of(ranks, salary, " < ".join(sorted(ranks.unique())))
rank_eta = eta_of(ranks, salary)
rank_is_right = rank == ladder
rank_is_reversed = rank.split(" < ") == ladder.split(" < ")[::-1]

schools, income, ladder = chile["education"], chile["income"], "P < S < PS"
education_r, education_rho = (
    r_of(schools, income, education, name) for name in ("Pearson", "Spearman")
)
education_right = r_of(schools, income, ladder)
education_alphabet = r_of(schools, income, " < ".join(sorted(schools.dropna().unique())))
education_eta = eta_of(schools, income)
education_is_right = education == ladder
education_is_reversed = education.split(" < ") == ladder.split(" < ")[::-1]

# Incomes dealt anew: |r| in the known order, and in the best of the six
asked = chile[["education", "income"]].dropna()
deals = np.random.default_rng(0).permuted(np.tile(asked["income"], (500, 1)), axis=1)
orders = [
    asked["education"].map({word: code for code, word in enumerate(order)})
    for order in permutations(["P", "S", "PS"])
]
found = np.abs(np.corrcoef(deals, orders)[: len(deals), len(deals) :])
education_best = max(
    r_of(schools, income, " < ".join(order)) for order in permutations(["P", "S", "PS"])
)
rank_best = max(r_of(ranks, salary, " < ".join(order)) for order in permutations(ranks.unique()))
known_order, best_of_six = found[:, 0].mean(), found.max(axis=1).mean()
