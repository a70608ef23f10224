"""The carbon dioxide over Hawaii beside the American economy, compared over a quarter or a year."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import stats

change = "levels"
beside = "realgdp"

co2 = pd.read_csv("co2.csv", index_col="month", parse_dates=True)["co2"]
co2 = co2.groupby(co2.index.to_period("Q")).mean()
macro = pd.read_csv("us_macro.csv")
macro.index = pd.PeriodIndex.from_fields(year=macro["year"], quarter=macro["quarter"], freq="Q")
both = macro.join(co2, how="inner").dropna(subset="co2")[["co2", beside]]

changes = {
    "levels": lambda table: table,
    "quarter on quarter": lambda table: table.diff().dropna(),
    "year on year": lambda table: table.diff(4).dropna(),
    "year on year, every fourth": lambda table: table.diff(4).dropna().iloc[::4],
}


def echo(z):
    """How much of its last value a series keeps."""
    z = (z - z.mean()).to_numpy()
    return (z[1:] * z[:-1]).sum() / (z**2).sum()


def tested(pair):
    """r and p, the rows that these are worth, and p with so many."""
    x, y = pair["co2"], pair[beside]
    r, p = stats.pearsonr(x, y)
    product = echo(x) * echo(y)
    worth = len(pair) * (1 - product) / (1 + product)
    if worth <= 2:
        return r, p, worth, np.nan
    t = r * np.sqrt((worth - 2) / (1 - r**2))
    return r, p, worth, 2 * stats.t.sf(abs(t), worth - 2)


pair = changes[change](both)
r, p, worth, honest = tested(pair)
print(f"r = {r:.3f}, p = {p:.2g} from {len(pair)} rows that are worth {worth:.1f}")

sns.scatterplot(pair, x="co2", y=beside)

# The numbers that the step names
answer = None
quarters, level, n = len(both), 5.0, len(pair)
co2_echo, other_echo = echo(pair["co2"]), echo(pair[beside])
levels_r, *_ = tested(both)
quarter_r, quarter_p, *_ = tested(changes["quarter on quarter"](both))
yearly = changes["year on year"](both)
year_r, year_p, year_worth, year_honest = tested(yearly)
year_echo = echo(yearly["co2"])
