"""A shop on the web, by day and hour: when people come, when they order, which share does."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import stats
from statsmodels.stats.multitest import multipletests

weeks = "12"
table = "visits"
marked = "nothing"
seed = 75

days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
hours = np.arange(24)
usual, level = 0.04, 0.05


def draw(weeks):
    """Visits and orders; people buy more often on Tuesdays from six to eight, as we know."""
    rng = np.random.default_rng(seed)
    evening = 200 * np.exp(-0.5 * ((hours - 20) / 2.5) ** 2)
    noon = 120 * np.exp(-0.5 * ((hours - 12.5) / 2) ** 2)
    of_day = np.array([1, 1, 1.05, 1, 0.9, 0.6, 0.55])
    visits = rng.poisson(of_day[:, None] * (60 + evening + noon) * weeks)
    chance = np.full((7, 24), 0.04)
    chance[1, 6:9] = 0.12
    return visits, rng.binomial(visits, chance)


def marked_cells(visits, orders):
    """Where people order more often than usual: by each p alone, and by BH."""
    p = stats.binom.sf(orders - 1, visits, usual)
    by_bh = multipletests(p.ravel(), method="fdr_bh")[1].reshape(p.shape) < level
    return p < level, by_bh


visits, orders = draw(int(weeks))
raw, by_bh = marked_cells(visits, orders)
chosen = {"nothing": np.zeros_like(raw), "p below 5 %": raw, "BH at 5 %": by_bh}[marked]
shown = {"visits": visits, "orders": orders, "rate": orders / visits}[table]

frame = pd.DataFrame(shown, index=days, columns=hours)
marks = np.where(chosen, "★", "")
if table == "rate":
    sns.heatmap(frame, center=usual, vmin=0, cmap="RdBu_r", annot=marks, fmt="")
else:
    sns.heatmap(frame, vmin=0, cmap="viridis", annot=marks, fmt="")

# The numbers that the step names
is_lifted = np.zeros((7, 24), dtype=bool)
is_lifted[1, 6:9] = True
hours_a_week, lifted = is_lifted.size, int(is_lifted.sum())


def peak(table):
    day, hour = np.unravel_index(table.argmax(), table.shape)
    return days[day], int(hour)


weeks_of_data = int(weeks)
marked_hours, found = int(chosen.sum()), int((chosen & is_lifted).sum())
false = marked_hours - found
day, hour = peak(shown)
least_visits = int(visits.min())
lifted_stand_out = bool(shown[is_lifted].min() > shown[~is_lifted].max())
print(f"{marked_hours} of {hours_a_week} hours are marked, {found} of them truly better")

visits, orders = draw(12)
visits_day, visits_hour = peak(visits)
orders_day, orders_hour = peak(orders)
rate_day, rate_hour = peak(orders / visits)
rate = orders / visits
visits_most, rate_most = int(visits.max()), rate.max()
best, busiest = (np.unravel_index(table.argmax(), table.shape) for table in (rate, visits))
visits_at_best, rate_at_busiest = int(visits[best]), rate[busiest]
away_at_best, away_at_busiest = (int((visits - orders)[cell]) for cell in (best, busiest))
orders_by_visits = np.corrcoef(orders.ravel(), visits.ravel())[0, 1]
orders_by_rate = np.corrcoef(orders.ravel(), rate.ravel())[0, 1]
by_visits = rate[~is_lifted][visits[~is_lifted].argsort(kind="stable")]
quarter = len(by_visits) // 4
spread_empty, spread_full = by_visits[:quarter].std(), by_visits[-quarter:].std()
raw, by_bh = marked_cells(visits, orders)
raw_marked, bh_marked = int(raw.sum()), int(by_bh.sum())
raw_false, by_chance = int((raw & ~is_lifted).sum()), level * (hours_a_week - lifted)

visits, orders = draw(1)
one_week_visits_least = int(visits.min())
one_week_least, one_week_most = (orders / visits).min(), (orders / visits).max()
one_week_found = int((marked_cells(visits, orders)[1] & is_lifted).sum())
