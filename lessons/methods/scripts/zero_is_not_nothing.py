"""Six measures of dependence for a pair of columns, and r of its halves."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.special import digamma
from scipy.stats import chatterjeexi
from sklearn.feature_selection import mutual_info_regression
from statsmodels.stats.dist_dependence_measures import distance_correlation

pair = "parabola"
part = "upper half"
seed = 8

rng = np.random.default_rng(seed)
match pair:
    case "flavanoids, colour":
        wine = pd.read_csv("wine.csv")
        x, y = wine["flavanoids"], wine["color_intensity"]
    case "longitude, depth":
        quakes = pd.read_csv("quakes.csv")
        x, y = quakes["long"], quakes["depth"]
    case "latitude, depth":
        quakes = pd.read_csv("quakes.csv")
        x, y = quakes["lat"], quakes["depth"]
    case "month, temperature":
        nottingham = pd.read_csv("nottingham.csv", parse_dates=["month"])
        x, y = nottingham["month"].dt.month, nottingham["temperature"]
    case "parabola":
        x = pd.Series(rng.uniform(-1, 1, 300))
        y = x**2 + 0.05 * rng.normal(size=300)
    case "circle":
        angle = rng.uniform(0, 2 * np.pi, 300)
        x = pd.Series(np.cos(angle) + 0.05 * rng.normal(size=300))
        y = pd.Series(np.sin(angle) + 0.05 * rng.normal(size=300))
    case "noise":
        x = pd.Series(rng.normal(size=300))
        y = pd.Series(rng.normal(size=300))

lower = x <= x.median()
here = {"everything": x == x, "lower half": lower, "upper half": ~lower}[part]

r = x.corr(y)
rho = x.corr(y, method="spearman")
tau = x.corr(y, method="kendall")
distance = distance_correlation(x.to_numpy(float), y.to_numpy(float))
is_month = pair == "month, temperature"  # twelve months are twelve groups
nats = mutual_info_regression(x.to_frame(), y, discrete_features=is_month, random_state=0)[0]
in_any_order = np.random.default_rng(0).permutation(len(x))  # of equal values, too


def xi_of(y, x):
    order = in_any_order[np.argsort(x.to_numpy()[in_any_order], kind="stable")]
    return chatterjeexi(np.arange(len(x)), y.to_numpy()[order]).statistic


xi, xi_back = xi_of(y, x), xi_of(x, y)  # y from x, x from y
r_here = x[here].corr(y[here])
print(r, rho, tau, distance, nats, xi, xi_back, r_here)

sns.scatterplot(x=x[here], y=y[here])

# The numbers that the step names
because = None
n, is_measured = len(x), pair not in ("parabola", "circle", "noise")
r_lower, r_upper = x[lower].corr(y[lower]), x[~lower].corr(y[~lower])
almost_zero, a_lot, visible = 0.1, 0.4, 0.3


def distances(values):
    values = np.asarray(values, dtype=float)
    return np.abs(values[:, None] - values)


def rounded(values):  # to a fine grid, so that equal distances are equal to the last bit
    return np.rint(values * 2.0**42) / 2.0**42


def mutual_information(x, y, neighbours=3, groups=False):
    """In nats, by the nearest neighbours of each point: Kraskov and others (2004).

    Groups have no distances: within one all is near, between two nothing (Ross 2014).
    scikit-learn's mutual_info_regression does the same with other noise against ties.
    """
    noise = 1e-10 * np.random.default_rng(0).standard_normal((len(x), 2))
    x_apart, y_apart = (
        distances(rounded((values - np.mean(values)) / np.std(values) + noise[:, side]))
        for side, values in enumerate((np.asarray(x), np.asarray(y)))
    )
    if groups:
        x_apart = np.where(distances(x) == 0, 0, np.inf)
    apart = np.maximum(x_apart, y_apart)
    radius = np.sort(apart, axis=1)[:, [neighbours]]  # place 0 is the point itself
    x_near, y_near = ((d < radius).sum(axis=1) for d in (x_apart, y_apart))
    nats = (
        digamma(len(apart)) + digamma(neighbours) - digamma(x_near).mean() - digamma(y_near).mean()
    )
    return max(nats, 0.0)


mi = mutual_information(x, y, groups=is_month)
mi_as_r = np.sqrt(1 - np.exp(-2 * mi))  # |r| of a normal cloud with as much
if is_month:
    means = y.groupby(x).transform("mean")  # of the month that each value belongs to
    eta_squared = means.var() / y.var()
