"""Airline passengers beside the carbon dioxide of later years."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import signal, stats

year = 1970
change = "nothing"

passengers = pd.read_csv("air_passengers.csv")["passengers"].to_numpy(dtype=float)
months = len(passengers)
co2 = pd.read_csv("co2.csv", index_col="month", parse_dates=True)["co2"].interpolate()
air = co2[str(year) :].iloc[:months].to_numpy()

changes = {
    "nothing": lambda x: x,
    "difference": np.diff,
    "detrend": signal.detrend,
    "year on year": lambda x: x[12:] - x[:-12],
    "both differences": lambda x: np.diff(x[12:] - x[:-12]),
}
changed = changes[change]
r, p = stats.pearsonr(changed(passengers), changed(air))
print(f"{change}: r = {r:.3f}, p = {p:.2g}")

sns.scatterplot(x=changed(passengers), y=changed(air))

# The numbers that the step names
last_year = year + months // 12 - 1
flown_from, flown_to = 1949, 1960
levels_r, levels_p = stats.pearsonr(passengers, air)
weak, level = 0.2, 5.0
