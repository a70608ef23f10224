"""How large r must be for a star, by the number of people who were asked."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import statsmodels.formula.api as smf
from scipy import stats

people = "everybody"
seed = 0

vocab = pd.read_csv("vocab.csv")[["year", "education", "vocabulary"]]
asked = vocab if people == "everybody" else vocab.sample(int(people), random_state=seed)
alpha, tiny = 0.05, 0.02


def smallest_r_with_a_star(n):
    t = stats.t.isf(alpha / 2, n - 2)
    return t / np.sqrt(n - 2 + t**2)


n = len(asked)
r, p = stats.pearsonr(asked["year"], asked["vocabulary"])
rows = np.arange(3, 100_001)
needed = rows[smallest_r_with_a_star(rows) <= tiny][0]
print(f"{n} people: r = {r:.4f}, p = {p:.4f}; r = {tiny} needs {needed} rows")

plt.semilogx(rows, smallest_r_with_a_star(rows))
plt.axhline(tiny, linestyle=":")
plt.xlabel("rows")
plt.ylabel("smallest |r| with a star")

# The numbers that the step names
answer = None
is_starred = bool(p < alpha)
at_most = int(1.05 * needed)
answer_critical = smallest_r_with_a_star(answer or n)
highway_rows = 39
highway_critical = smallest_r_with_a_star(highway_rows)

all_people, words = len(vocab), vocab["vocabulary"].max()
first_year, last_year = vocab["year"].min(), vocab["year"].max()
all_r, all_p = stats.pearsonr(vocab["year"], vocab["vocabulary"])
all_not_p, all_r_percent, all_percent = 100 * (1 - all_p), 100 * all_r, 100 * all_r**2
all_critical = smallest_r_with_a_star(all_people)

# What else there is to say: years as groups, education held, whole surveys drawn
years = vocab["year"].nunique()
words_by_year = vocab.groupby("year")["vocabulary"].transform("mean")
eta2_percent = 100 * words_by_year.var() / vocab["vocabulary"].var()
rest = {name: smf.ols(f"{name} ~ education", vocab).fit().resid for name in ("year", "vocabulary")}
held_r = rest["year"].corr(rest["vocabulary"])
schooling_r = vocab["year"].corr(vocab["education"])
surveys = smf.ols("vocabulary ~ year", vocab).fit(
    cov_type="cluster", cov_kwds={"groups": vocab["year"]}, use_t=True
)
surveys_p = surveys.pvalues["year"]
