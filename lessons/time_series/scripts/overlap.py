"""The carbon dioxide over Hawaii beside the American economy, compared over a quarter or a year."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import signal, stats
from statsmodels.tsa.stattools import acf

change = "levels"
first = "1"
beside = "realgdp"
line = "left in"

co2 = pd.read_csv("co2.csv", index_col="month", parse_dates=True)["co2"]
co2 = co2.groupby(co2.index.to_period("Q")).mean()
macro = pd.read_csv("us_macro.csv")
macro.index = pd.PeriodIndex.from_fields(year=macro["year"], quarter=macro["quarter"], freq="Q")
both = macro.join(co2, how="inner").dropna(subset="co2")[["co2", beside]]

changes = {
    "levels": both,
    "quarter on quarter": both.diff().dropna(),
    "year on year": both.diff(4).dropna(),
    "year on year, every fourth": both.diff(4).dropna().iloc[int(first) - 1 :: 4],
}


def straightened(pair):
    """Both without their line, if that is to be taken out."""
    return pair if line == "left in" else pair.apply(signal.detrend)


def worth_of(x, y, lags=8):
    """How many independent rows these are worth, by their echoes."""
    n, lag = len(x), np.arange(1, lags + 1)
    return n / (1 + 2 * ((1 - lag / n) * acf(x, nlags=lags)[1:] * acf(y, nlags=lags)[1:]).sum())


pair = straightened(changes[change])
r, p = stats.pearsonr(pair["co2"], pair[beside])
n = len(pair)
print(f"r = {r:.3f}, p = {p:.2g} from {n} rows")

sns.scatterplot(pair, x="co2", y=beside)

# The numbers that the step names
answer = None
level = 5.0
quarters, year_n, fourth_n = len(both), len(changes["year on year"]), 42
overlapping = straightened(changes["year on year"]).to_numpy().T
worth = worth_of(*overlapping)
overlapping_r = stats.pearsonr(*overlapping).statistic


def p_with(rows):
    t = abs(overlapping_r) * np.sqrt((rows - 2) / (1 - overlapping_r**2))
    return 2 * stats.t.sf(t, rows - 2)


honest = p_with(worth)
series_p = p_with(worth_of(*overlapping, lags=year_n - 1))
tested = {name: stats.pearsonr(*table.to_numpy().T) for name, table in changes.items()}
levels_r = tested["levels"].statistic
quarter_r, quarter_p = tested["quarter on quarter"]
year_r, year_p = tested["year on year"]
yearly = changes["year on year"].to_numpy()
fourths = [stats.pearsonr(*yearly[start::4].T) for start in range(4)]
fourth_low, fourth_high = (pick(each.statistic for each in fourths) for pick in (min, max))
fourth_p_low, fourth_p_high = (pick(each.pvalue for each in fourths) for pick in (min, max))
co2_drift, year_drift = (stats.linregress(range(year_n), column).rvalue for column in yearly.T)
quarterly = changes["quarter on quarter"]["co2"]
means = quarterly.groupby(quarterly.index.quarter).transform("mean")
season_share = 100 * (1 - (quarterly - means).var() / quarterly.var())
calm = both.diff().dropna()
calm -= calm.groupby(calm.index.quarter).transform("mean")
quarter_calm_r = calm.corr().loc["co2", beside]
in_logarithms = both.assign(**{beside: np.log(both[beside])}).diff(4).dropna()
year_log_r = in_logarithms.corr().loc["co2", beside]
year_log_drift = stats.linregress(range(year_n), in_logarithms[beside]).rvalue
