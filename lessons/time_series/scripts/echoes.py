"""What a series says twice: its autocorrelation, plain and partial."""

import numpy as np
import pandas as pd
from scipy import signal
from statsmodels.tsa.stattools import acf, pacf

series = "ours A"
kind = "plain"
reach = 20

# Made of their own past, from these seeds: so much of the last value, of the one before, ...
ours = {"ours A": (3, [0.7]), "ours B": (12, [0.5, 0, 0.4]), "ours C": (14, [1.1, -0.5])}
match series:
    case "noise":
        x = np.random.default_rng(0).normal(size=300)
    case "lynx, log":
        x = np.log(pd.read_csv("lynx.csv")["trapped"])
    case "Nottingham":
        x = pd.read_csv("nottingham.csv")["temperature"]
    case _:
        seed, past = ours[series]
        noise = np.random.default_rng(seed).normal(size=500)
        x = signal.lfilter([1], [1, *np.negative(past)], noise)[200:]

found = pd.DataFrame(
    {
        "plain": acf(x, nlags=reach)[1:],
        "partial": pacf(x, nlags=reach, method="ldbiased")[1:],
    },
    index=range(1, reach + 1),
)
band = 1.959963984540054 / np.sqrt(len(x))
print(found[kind][found[kind].abs() > band].round(2))

found[kind].plot.bar()

# The numbers that the step names
answer = None
rows, confidence, by_chance = len(x), 95, 0.05 * reach
outside_echo, outside_direct = (int(outside) for outside in (found.abs() > band).sum())
first_echo, first_direct = found.loc[1]
largest_direct = int(found["partial"].abs().idxmax())
made_from = len(ours["ours B"][1])
